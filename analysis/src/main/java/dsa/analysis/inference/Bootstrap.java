package dsa.analysis.inference;

import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.BootstrapResult.PopulationEstimates;
import dsa.analysis.inference.Resampler.Overlap;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Intervals and bands for all populations of a comparison at once. Each resample draws as many
 * models as a population has, with replacement and within that population, then counts its bins and
 * sets its weights 1/(K m_b) anew over the K bins that hold a model: weights are random too, and
 * intervals that kept them fixed would be too narrow. Ends are percentiles (Efron and Tibshirani,
 * <i>An Introduction to the Bootstrap</i>, 1993; Hyndman and Fan's type 7).
 *
 * <p>The unit is the model, that is the architecture: average reruns first. A model is drawn by 32
 * bits times the number of models n, so that probabilities differ by a share of at most n/2³².
 */
public final class Bootstrap {

  private static final int DEFAULT_RESAMPLES = 2000;
  private static final double DEFAULT_LEVEL = 0.95;

  /** Resamples that share scratch space; more than any machine has cores. */
  private static final int CHUNKS = 128;

  /** Grid points taken at a time; eight doubles share a cache line. */
  private static final int BLOCK = 8;

  private final int resamples;
  private final double level;
  private final DoubleConsumer progress;

  private Bootstrap(int resamples, double level, DoubleConsumer progress) {
    this.resamples = resamples;
    this.level = level;
    this.progress = progress;
  }

  /** 2000 resamples, level 0.95. */
  public static Bootstrap withDefaults() {
    return new Bootstrap(DEFAULT_RESAMPLES, DEFAULT_LEVEL, share -> {});
  }

  /** Draws {@code count} resamples, at least 2. */
  public Bootstrap resamples(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("resamples=" + count + " < 2");
    }
    return new Bootstrap(count, level, progress);
  }

  /** Makes intervals of this level, in (0, 1). */
  public Bootstrap level(double newLevel) {
    if (!(newLevel > 0 && newLevel < 1)) {
      throw new IllegalArgumentException("level=" + newLevel + " outside (0, 1)");
    }
    return new Bootstrap(resamples, newLevel, progress);
  }

  /** Tells {@code watcher}, from several threads, the share of the resamples that are done. */
  public Bootstrap watchedBy(DoubleConsumer watcher) {
    return new Bootstrap(resamples, level, watcher);
  }

  /**
   * Resamples the populations and evaluates every resample.
   *
   * @param populations at least one, normalized together
   * @param seed the address of the resamples; the result does not depend on the thread count
   */
  public BootstrapResult run(
      List<NormalizedPopulation> populations, Evaluation evaluation, SeedPath seed) {
    if (populations.isEmpty()) {
      throw new IllegalArgumentException("no population to resample");
    }
    List<Resampler> resamplers = new ArrayList<>();
    for (NormalizedPopulation population : populations) {
      resamplers.add(new Resampler(population, evaluation));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < resamplers.size(); a++) {
      for (int b = a + 1; b < resamplers.size(); b++) {
        pairs.add(new Pair(a, b, new Overlap(resamplers.get(a), resamplers.get(b))));
      }
    }
    // Slot 0 holds the populations as they are, slot r > 0 the r-th resample.
    List<Estimates> drawn = new ArrayList<>();
    for (Resampler resampler : resamplers) {
      drawn.add(new Estimates(resampler, resamples + 1));
    }
    double[][] better = new double[pairs.size()][resamples + 1];
    int chunks = Math.min(CHUNKS, resamples);
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              List<Resampler.Scratch> scratch =
                  resamplers.stream().map(Resampler::scratch).toList();
              int end = (int) ((long) (resamples + 1) * (chunk + 1) / chunks);
              for (int r = (int) ((long) (resamples + 1) * chunk / chunks); r < end; r++) {
                for (int p = 0; p < resamplers.size(); p++) {
                  if (r == 0) {
                    scratch.get(p).takeEveryModelOnce();
                  } else {
                    scratch.get(p).draw(seed.child(p).child(r).generator());
                  }
                  scratch.get(p).evaluate(drawn.get(p), r);
                }
                for (int k = 0; k < better.length; k++) {
                  Pair pair = pairs.get(k);
                  better[k][r] =
                      pair.overlap.probabilityABetter(scratch.get(pair.a), scratch.get(pair.b));
                }
              }
              progress.accept((double) done.incrementAndGet() / chunks);
            });

    List<PopulationEstimates> estimates = new ArrayList<>();
    for (Estimates e : drawn) {
      estimates.add(
          new PopulationEstimates(
              band(evaluation.grid(), block -> columns(e.edf, block), 0),
              interval(e.area),
              interval(e.mean),
              Arrays.stream(e.quantiles).map(this::interval).toList(),
              Arrays.stream(e.best).map(this::interval).toList(),
              (int) IntStream.rangeClosed(1, resamples).filter(r -> e.emptyBin[r]).count()));
    }
    List<PairEstimates> compared = new ArrayList<>();
    for (int k = 0; k < better.length; k++) {
      Estimates a = drawn.get(pairs.get(k).a);
      Estimates b = drawn.get(pairs.get(k).b);
      compared.add(
          new PairEstimates(
              pairs.get(k).a,
              pairs.get(k).b,
              band(
                  evaluation.grid(),
                  block -> minus(columns(a.edf, block), columns(b.edf, block)),
                  -1),
              interval(minus(a.area, b.area)),
              Arrays.stream(minus(a.quantiles, b.quantiles)).map(this::interval).toList(),
              interval(better[k])));
    }
    return new BootstrapResult(resamples, level, evaluation, estimates, compared);
  }

  private record Pair(int a, int b, Overlap overlap) {}

  /** One number of every resample, for all that is evaluated in one population. */
  static final class Estimates {

    /** Rows: slots, columns: grid points. */
    final double[][] edf;

    final double[] area;
    final double[] mean;
    final double[][] quantiles;
    final double[][] best;
    final boolean[] emptyBin;

    Estimates(Resampler resampler, int slots) {
      edf = new double[slots][resampler.gridPoints()];
      area = new double[slots];
      mean = new double[slots];
      quantiles = new double[resampler.quantiles()][slots];
      best = new double[resampler.budgets()][slots];
      emptyBin = new boolean[slots];
    }
  }

  private Interval interval(double[] slots) {
    double[] ends = ends(slots);
    return new Interval(slots[0], ends[0], ends[1]);
  }

  private double[] ends(double[] slots) {
    double tail = (1 - level) / 2;
    return Quantile.withDefaults()
        .with(Quantile.EstimationMethod.HF7)
        .withCopy(false)
        .evaluate(Arrays.copyOfRange(slots, 1, slots.length), tail, 1 - tail);
  }

  /**
   * The band around slot 0.
   *
   * @param columns the slots of each grid point, for {@link #BLOCK} grid points at a time
   * @param least the smallest possible value; the largest is 1
   */
  private EdfBand band(List<Double> grid, IntFunction<double[][]> columns, double least) {
    int points = grid.size();
    double[] center = new double[points];
    double[][] pointwise = new double[points][];
    double[] deviation = new double[points];
    double[][] largestOf = new double[(points + BLOCK - 1) / BLOCK][resamples];
    IntStream.range(0, largestOf.length)
        .parallel()
        .forEach(
            block -> {
              double[][] slots = columns.apply(block);
              for (int i = 0; i < slots.length; i++) {
                int g = block * BLOCK + i;
                center[g] = slots[i][0];
                pointwise[g] = ends(slots[i]);
                deviation[g] = standardDeviation(slots[i]);
                if (deviation[g] > 0) {
                  raise(largestOf[block], slots[i], 1 / deviation[g]);
                }
              }
            });
    double[] largest = new double[resamples];
    for (double[] ofBlock : largestOf) {
      for (int r = 0; r < resamples; r++) {
        largest[r] = Math.max(largest[r], ofBlock[r]);
      }
    }
    double factor =
        Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).evaluate(largest, level);
    List<Double> value = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    List<Double> allLow = new ArrayList<>();
    List<Double> allHigh = new ArrayList<>();
    for (int g = 0; g < points; g++) {
      value.add(center[g]);
      low.add(pointwise[g][0]);
      high.add(pointwise[g][1]);
      allLow.add(Math.max(least, center[g] - factor * deviation[g]));
      allHigh.add(Math.min(1, center[g] + factor * deviation[g]));
    }
    return new EdfBand(grid, value, low, high, allLow, allHigh);
  }

  /** Raises each resample's largest deviation to the one at a grid point where that is larger. */
  private static void raise(double[] largest, double[] slots, double scale) {
    double center = slots[0];
    for (int r = 0; r < largest.length; r++) {
      largest[r] = Math.max(largest[r], Math.abs(slots[r + 1] - center) * scale);
    }
  }

  /** The standard deviation over the resamples; 0 if they agree up to rounding. */
  private double standardDeviation(double[] slots) {
    double mean = 0;
    for (int r = 1; r <= resamples; r++) {
      mean += slots[r];
    }
    mean /= resamples;
    double squares = 0;
    for (int r = 1; r <= resamples; r++) {
      squares += (slots[r] - mean) * (slots[r] - mean);
    }
    double deviation = Math.sqrt(squares / (resamples - 1));
    return deviation > 1e-12 ? deviation : 0;
  }

  /** The {@code block}-th {@link #BLOCK} columns of a matrix. */
  private static double[][] columns(double[][] rows, int block) {
    int first = block * BLOCK;
    double[][] columns = new double[Math.min(BLOCK, rows[0].length - first)][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][r] = rows[r][first + c];
      }
    }
    return columns;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double[][] minus(double[][] a, double[][] b) {
    double[][] difference = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      difference[i] = minus(a[i], b[i]);
    }
    return difference;
  }
}
