package dsa.benchmarks;

import dsa.core.complexity.Complexity;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Drawn;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.spaces.Spaces;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast networks are drawn and counted. {@code draw} is one candidate with its own seed address
 * and its exact cost, on one thread; {@code population} is 10,000 kept networks of the published
 * rule, decoded, without repeats; {@code count} prices every network of a space.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DrawBenchmark {

  /** The space drawn from. */
  @Param({"resnet", "resnext-a", "resnext-b"})
  public String name;

  private DesignSpace space;
  private SeedPath address;
  private int[] choice;
  private long candidate;

  /** Reads the space. */
  @Setup
  public void read() throws IOException {
    space = Spaces.find(name);
    address = SeedPath.root(1).child("draw");
    choice = new int[space.choiceLength()];
  }

  /** One candidate: address, choice, exact cost. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public Complexity draw() {
    space.choose(address.child(candidate++).generator(), choice);
    return space.complexity(choice);
  }

  /** Ten thousand distinct networks under the published rule. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Drawn population() {
    return PopulationSampler.withDefaults()
        .draw(space, ComplexityCap.NDS, 10_000, Repeats.DROPPED, SeedPath.root(1));
  }

  /** Every network of the space against the published rule, on all cores. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public long count() {
    return space.census().orElseThrow().encodings(ComplexityCap.NDS).orElseThrow();
  }
}
