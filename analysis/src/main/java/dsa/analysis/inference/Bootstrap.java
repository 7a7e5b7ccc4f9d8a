package dsa.analysis.inference;

import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.BootstrapResult.PopulationEstimates;
import dsa.analysis.inference.Resampler.Overlap;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final int resamples;
  private final double level;

  private Bootstrap(int resamples, double level) {
    this.resamples = resamples;
    this.level = level;
  }

  /** 2000 resamples, level 0.95. */
  public static Bootstrap withDefaults() {
    return new Bootstrap(DEFAULT_RESAMPLES, DEFAULT_LEVEL);
  }

  /** Draws {@code count} resamples, at least 2. */
  public Bootstrap resamples(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("resamples=" + count + " < 2");
    }
    return new Bootstrap(count, level);
  }

  /** Makes intervals of this level, in (0, 1). */
  public Bootstrap level(double newLevel) {
    if (!(newLevel > 0 && newLevel < 1)) {
      throw new IllegalArgumentException("level=" + newLevel + " outside (0, 1)");
    }
    return new Bootstrap(resamples, newLevel);
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
            });

    List<PopulationEstimates> estimates = new ArrayList<>();
    for (Estimates e : drawn) {
      estimates.add(
          new PopulationEstimates(
              band(evaluation.grid(), transposed(e.edf), 0),
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
              band(evaluation.grid(), transposed(minus(a.edf, b.edf)), -1),
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
   * The band around slot 0 of {@code rows} (rows: grid points, columns: slots).
   *
   * @param least the smallest possible value; the largest is 1
   */
  private EdfBand band(List<Double> grid, double[][] rows, double least) {
    double[][] pointwise = new double[rows.length][];
    double[] deviation = new double[rows.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            g -> {
              pointwise[g] = ends(rows[g]);
              deviation[g] = standardDeviation(rows[g]);
            });
    double[] largest = new double[resamples];
    for (int g = 0; g < rows.length; g++) {
      if (deviation[g] > 0) {
        raise(largest, rows[g], 1 / deviation[g]);
      }
    }
    double factor =
        Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).evaluate(largest, level);
    List<Double> value = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    List<Double> allLow = new ArrayList<>();
    List<Double> allHigh = new ArrayList<>();
    for (int g = 0; g < rows.length; g++) {
      value.add(rows[g][0]);
      low.add(pointwise[g][0]);
      high.add(pointwise[g][1]);
      allLow.add(Math.max(least, rows[g][0] - factor * deviation[g]));
      allHigh.add(Math.min(1, rows[g][0] + factor * deviation[g]));
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

  /** Eight columns at a time, because that many doubles share a cache line. */
  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    IntStream.rangeClosed(0, columns.length / 8)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(columns.length, 8 * block + 8);
              for (int r = 0; r < rows.length; r++) {
                for (int c = 8 * block; c < end; c++) {
                  columns[c][r] = rows[r][c];
                }
              }
            });
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
