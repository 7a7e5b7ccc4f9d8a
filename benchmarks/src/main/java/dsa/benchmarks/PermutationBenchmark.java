package dsa.benchmarks;

import dsa.analysis.inference.PermutationWithinBins;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.util.List;
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
 * 2000 permutations within ten bins: p-values of the weighted distance and of the area difference.
 * Peer: {@code peers/inference_numpy.py}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PermutationBenchmark {

  /** Models in each population. */
  @Param("25000")
  public int models;

  /** Of the errors: 2 as CIFAR has them, with many ties; 6 with hardly any. */
  @Param({"2", "6"})
  public int decimals;

  private List<NormalizedPopulation> populations;

  /** Makes the populations. */
  @Setup
  public void simulate() {
    populations = NormalizedPair.of(models, decimals);
  }

  /** The measured work. */
  @Benchmark
  public PermutationWithinBins.Result permutations() {
    return PermutationWithinBins.withDefaults()
        .permutations(2000)
        .compare(populations.get(0), populations.get(1), 20, SeedPath.root(1));
  }
}
