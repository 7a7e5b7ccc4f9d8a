package dsa.benchmarks;

import dsa.analysis.inference.Bootstrap;
import dsa.analysis.inference.BootstrapResult;
import dsa.analysis.inference.Evaluation;
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
 * 2000 resamples of two populations: EDF bands on 200 errors, areas, means, their differences and
 * P(A better). Peer: {@code peers/inference_numpy.py}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BootstrapBenchmark {

  /** Models in each population. */
  @Param("25000")
  public int models;

  /** Of the errors: 2 as CIFAR has them, with many ties; 6 with hardly any. */
  @Param({"2", "6"})
  public int decimals;

  private List<NormalizedPopulation> populations;
  private Evaluation bands;

  /** Makes the populations. */
  @Setup
  public void simulate() {
    populations = NormalizedPair.of(models, decimals);
    bands = new Evaluation(Evaluation.gridOver(populations, 200), 20, List.of(), List.of());
  }

  /** The measured work. */
  @Benchmark
  public BootstrapResult bands() {
    return Bootstrap.withDefaults().resamples(2000).run(populations, bands, SeedPath.root(1));
  }
}
