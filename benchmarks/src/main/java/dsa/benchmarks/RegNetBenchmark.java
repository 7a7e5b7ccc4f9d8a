package dsa.benchmarks;

import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.random.SeedPath;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.DesignSpace;
import dsa.sampler.Drawn;
import dsa.sampler.PopulationSampler;
import dsa.sampler.spaces.Spaces;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast RegNets are drawn under a window of one percent about 400 million multiply-adds. {@code
 * candidate} is one valid RegNet with its own seed address, its exact cost and the window's
 * verdict, on one thread; {@code kept} is one network inside the window, decoded, on all cores.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RegNetBenchmark {

  private static final int KEPT = 2000;
  private static final ComplexityCap WINDOW =
      new ComplexityCap(
          ComplexityCap.Combination.ALL,
          List.of(
              new ComplexityLimit(
                  ComplexityMeasure.FLOPS, FlopsConvention.MACS, 396_000_000, 404_000_000)));

  /** The space drawn from. */
  @Param({"regnetx-imagenet", "regnety-imagenet"})
  public String name;

  private DesignSpace space;
  private SeedPath address;
  private int[] choice;
  private long candidate;

  /** Reads the space and finds its extreme costs, which the sampler asks for. */
  @Setup
  public void read() throws IOException {
    space = Spaces.find(name);
    space.least();
    address = SeedPath.root(1).child("draw");
    choice = new int[space.choiceLength()];
  }

  /** One candidate: address, valid choice, exact cost, verdict. */
  @Benchmark
  public boolean candidate() {
    space.choose(address.child(candidate++).generator(), choice);
    Complexity cost = space.complexity(choice);
    return WINDOW.admits(cost);
  }

  /** Networks inside the window. */
  @Benchmark
  @OperationsPerInvocation(KEPT)
  public Drawn kept() {
    return PopulationSampler.withDefaults()
        .draw(space, WINDOW, KEPT, false, SeedPath.root(candidate++));
  }
}
