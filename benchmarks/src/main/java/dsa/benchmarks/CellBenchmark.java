package dsa.benchmarks;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import dsa.core.random.SeedPath;
import dsa.sampler.DesignSpace;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * How fast networks of cells are drawn, priced and recognized, on one thread. {@code network} is
 * one candidate with its own seed address, its exact cost and the canonical forms of both cells;
 * {@code distinct} is one candidate drawn such that all networks are equally likely.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CellBenchmark {

  /** The space drawn from. */
  @Param({"nasnet", "darts"})
  public String name;

  private DesignSpace space;
  private DesignSpace.Chooser networks;
  private SeedPath address;
  private int[] choice;
  private long candidate;

  /** Reads the space. */
  @Setup
  public void read() throws IOException {
    space = Spaces.find(name);
    networks = space.overNetworks();
    address = SeedPath.root(1).child("draw");
    choice = new int[space.choiceLength()];
  }

  /** One candidate: address, choice, exact cost, canonical form. */
  @Benchmark
  public ArchitectureSpec network(Blackhole hole) {
    space.choose(address.child(candidate++).generator(), choice);
    hole.consume(space.complexity(choice));
    return space.decode(choice).canonical();
  }

  /** One candidate: address, choice with every network equally likely, exact cost. */
  @Benchmark
  public Complexity distinct() {
    networks.choose(address.child(candidate++).generator(), choice);
    return space.complexity(choice);
  }
}
