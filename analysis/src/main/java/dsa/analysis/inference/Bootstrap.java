package dsa.analysis.inference;

import dsa.analysis.inference.BootstrapResult.ComplexityGroup;
import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.BootstrapResult.PairOf;
import dsa.analysis.inference.BootstrapResult.PopulationEstimates;
import dsa.analysis.inference.Resampler.Overlap;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Intervals and bands for all populations of a comparison at once. Each resample draws as many
 * models as a population has, with replacement and within that population, then counts its bins and
 * sets its weights 1/(K m_b) anew over the K bins that hold a model: weights are random too, and
 * intervals that kept them fixed would be too narrow. In {@link Strata} all populations are counted
 * before any weight is set, so that the shares of strata stay the same in all of them. Ends are
 * percentiles (Efron and Tibshirani, <i>An Introduction to the Bootstrap</i>, 1993; Hyndman and
 * Fan's type 7).
 *
 * <p>Bands are made of the first ten thousand resamples, of fewer where more than sixty populations
 * would take too much memory, and numbers and their intervals of all.
 *
 * <p>The unit is the model, that is the architecture: average reruns first. A model is drawn by 32
 * bits times the number of models n, so that probabilities differ by a share of at most n/2³².
 */
public final class Bootstrap {

  private static final int DEFAULT_RESAMPLES = 2000;
  private static final double DEFAULT_LEVEL = 0.95;

  /** Resamples that share scratch space: more than most machines have cores. */
  private static final int CHUNKS = 128;

  /**
   * Effective models below an error and above it, in both populations, for which a simultaneous
   * band of their difference is claimed there.
   */
  private static final double FEWEST_BEYOND = 10;

  /** Resamples that bands are made of: more would not move them and take 4 kB each. */
  private static final int MOST_OF_BANDS = 10_000;

  /** Resamples that bands are made of however many populations there are. */
  private static final int FEWEST_OF_BANDS = 500;

  /** Doubles in which the EDFs of all populations are kept for bands: half a gigabyte. */
  private static final long MOST_BAND_VALUES = 1 << 26;

  /** Grid points taken at a time; eight doubles share a cache line. */
  private static final int BLOCK = 8;

  private final int resamples;
  private final double level;
  private final boolean brief;
  private final DoubleConsumer progress;

  private Bootstrap(int resamples, double level, boolean brief, DoubleConsumer progress) {
    this.resamples = resamples;
    this.level = level;
    this.brief = brief;
    this.progress = progress;
  }

  /** 2000 resamples, level 0.95. */
  public static Bootstrap withDefaults() {
    return new Bootstrap(DEFAULT_RESAMPLES, DEFAULT_LEVEL, false, share -> {});
  }

  /** Draws {@code count} resamples, at least 2. */
  public Bootstrap resamples(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("resamples=" + count + " < 2");
    }
    return new Bootstrap(count, level, brief, progress);
  }

  /** Makes intervals of this level, in (0, 1). */
  public Bootstrap level(double newLevel) {
    if (!(newLevel > 0 && newLevel < 1)) {
      throw new IllegalArgumentException("level=" + newLevel + " outside (0, 1)");
    }
    return new Bootstrap(resamples, newLevel, brief, progress);
  }

  /** Tells {@code watcher}, from several threads, the share of the resamples that are done. */
  public Bootstrap watchedBy(DoubleConsumer watcher) {
    return new Bootstrap(resamples, level, brief, watcher);
  }

  /**
   * Leaves out what takes longest of many pairs: how each differs within strata, {@link
   * PairEstimates#probabilityABetterAtEqualComplexity} and {@link PairEstimates#byComplexity}.
   */
  public Bootstrap inBrief() {
    return new Bootstrap(resamples, level, true, progress);
  }

  /**
   * Resamples the populations and evaluates every resample, and every pair of them.
   *
   * @param populations at least one, normalized together
   * @param seed the address of the resamples; the result does not depend on the thread count
   */
  public BootstrapResult run(
      List<NormalizedPopulation> populations, Evaluation evaluation, SeedPath seed) {
    return run(populations, PairOf.all(populations.size()), evaluation, seed);
  }

  /**
   * The same of some pairs.
   *
   * @param of the pairs; what is found of a pair does not depend on the others
   */
  public BootstrapResult run(
      List<NormalizedPopulation> populations,
      List<PairOf> of,
      Evaluation evaluation,
      SeedPath seed) {
    if (populations.isEmpty()) {
      throw new IllegalArgumentException("no population to resample");
    }
    List<Resampler> resamplers = new ArrayList<>();
    for (NormalizedPopulation population : populations) {
      resamplers.add(new Resampler(population, evaluation));
    }
    List<Pair> pairs = new ArrayList<>();
    for (PairOf pair : of) {
      pairs.add(
          new Pair(
              pair.a(), pair.b(), new Overlap(resamplers.get(pair.a()), resamplers.get(pair.b()))));
    }
    // Slot 0 holds the populations as they are, slot r > 0 the r-th resample.
    List<Estimates> drawn = new ArrayList<>();
    int banded = banded(resamplers.size(), evaluation.grid().size());
    for (Resampler resampler : resamplers) {
      drawn.add(new Estimates(resampler, resamples + 1, banded));
    }
    Optional<Strata> strata = populations.get(0).strata();
    if (!populations.stream().allMatch(p -> p.strata().equals(strata))) {
      throw new IllegalArgumentException(
          "populations in different strata are not resampled together");
    }
    double[][] better = new double[pairs.size()][resamples + 1];
    List<StratumDifferences> within = new ArrayList<>();
    boolean detailed = strata.isPresent() && !brief;
    if (detailed) {
      double[] shares = new double[strata.get().count()];
      int bins =
          strata
              .get()
              .shares(resamplers.stream().map(Resampler::inBin).toArray(int[][]::new), shares);
      for (Pair pair : pairs) {
        within.add(
            new StratumDifferences(
                resamplers.get(pair.a),
                resamplers.get(pair.b),
                shares,
                bins,
                evaluation.epsilon(),
                resamples + 1));
      }
    }
    int chunks = Math.min(CHUNKS, resamples);
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              List<Resampler.Scratch> scratch =
                  resamplers.stream().map(Resampler::scratch).toList();
              int end = (int) ((long) (resamples + 1) * (chunk + 1) / chunks);
              double[] shares = new double[strata.map(Strata::count).orElse(0)];
              for (int r = (int) ((long) (resamples + 1) * chunk / chunks); r < end; r++) {
                if (strata.isPresent()) {
                  int bins = drawTogether(scratch, strata.get(), shares, seed, r);
                  for (int p = 0; p < resamplers.size(); p++) {
                    scratch.get(p).evaluateTogether(shares, bins, drawn.get(p), r);
                  }
                  for (int k = 0; k < within.size(); k++) {
                    Pair pair = pairs.get(k);
                    within
                        .get(k)
                        .evaluate(scratch.get(pair.a), scratch.get(pair.b), shares, bins, r);
                  }
                } else {
                  for (int p = 0; p < resamplers.size(); p++) {
                    draw(scratch.get(p), seed.child(p), r);
                    scratch.get(p).evaluateAlone(drawn.get(p), r);
                  }
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
              band(banded, evaluation.grid(), block -> columns(e.edf, block), 0, g -> true),
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
      double effectiveA = populations.get(pairs.get(k).a).effectiveSampleSize();
      double effectiveB = populations.get(pairs.get(k).b).effectiveSampleSize();
      IntPredicate covered =
          strata.isEmpty()
              ? g -> true
              : g ->
                  Math.min(tail(a.edf[0][g]) * effectiveA, tail(b.edf[0][g]) * effectiveB)
                      >= FEWEST_BEYOND;
      compared.add(
          new PairEstimates(
              pairs.get(k).a,
              pairs.get(k).b,
              band(
                  banded,
                  evaluation.grid(),
                  block -> minus(columns(a.edf, block), columns(b.edf, block)),
                  -1,
                  covered),
              interval(minus(a.area, b.area)),
              interval(minus(a.mean, b.mean)),
              Arrays.stream(minus(a.quantiles, b.quantiles)).map(this::interval).toList(),
              interval(better[k]),
              detailed ? Optional.of(interval(within.get(k).probabilityABetter)) : Optional.empty(),
              detailed ? groups(within.get(k)) : List.of()));
    }
    return new BootstrapResult(resamples, level, evaluation, estimates, compared);
  }

  /** How many resamples bands are made of. */
  private int banded(int populations, int gridPoints) {
    long fitting = MOST_BAND_VALUES / Math.max(1, (long) populations * gridPoints);
    return (int) Math.min(resamples, Math.max(FEWEST_OF_BANDS, Math.min(MOST_OF_BANDS, fitting)));
  }

  private static void draw(Resampler.Scratch scratch, SeedPath seed, int r) {
    if (r == 0) {
      scratch.takeEveryModelOnce();
    } else {
      scratch.draw(seed.child(r).generator());
    }
  }

  /**
   * Draws from every population until some stratum is occupied by all; writes the strata's shares,
   * returns the number of bins that share the weight.
   */
  private static int drawTogether(
      List<Resampler.Scratch> scratch, Strata strata, double[] shares, SeedPath seed, int r) {
    int[][] counts = new int[scratch.size()][];
    for (int attempt = 0; ; attempt++) {
      for (int p = 0; p < counts.length; p++) {
        SeedPath address = seed.child(p);
        draw(scratch.get(p), attempt == 0 ? address : address.child("again").child(attempt), r);
        counts[p] = scratch.get(p).counts();
      }
      int bins = strata.shares(counts, shares);
      if (bins > 0) {
        return bins;
      }
    }
  }

  private static double tail(double share) {
    return Math.min(share, 1 - share);
  }

  private List<ComplexityGroup> groups(StratumDifferences within) {
    List<ComplexityGroup> groups = new ArrayList<>();
    for (int g = 0; g < within.areaDifference.length; g++) {
      double[] slots = within.areaDifference[g];
      double[] present =
          IntStream.range(0, slots.length)
              .filter(r -> r == 0 || !Double.isNaN(slots[r]))
              .mapToDouble(r -> slots[r])
              .toArray();
      groups.add(
          new ComplexityGroup(
              within.firstStratum(g), within.lastStratum(g), within.share(g), interval(present)));
    }
    return groups;
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

    Estimates(Resampler resampler, int slots, int banded) {
      edf = new double[banded + 1][resampler.gridPoints()];
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
   * @param banded resamples that it is made of
   * @param columns the slots of each grid point, for {@link #BLOCK} grid points at a time
   * @param least the smallest possible value; the largest is 1
   * @param covered the grid points that the simultaneous band is about; at others it claims nothing
   */
  private EdfBand band(
      int banded,
      List<Double> grid,
      IntFunction<double[][]> columns,
      double least,
      IntPredicate covered) {
    int points = grid.size();
    double[] center = new double[points];
    double[][] pointwise = new double[points][];
    double[] deviation = new double[points];
    double[][] largestOf = new double[(points + BLOCK - 1) / BLOCK][banded];
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
                if (deviation[g] > 0 && covered.test(g)) {
                  raise(largestOf[block], slots[i], 1 / deviation[g]);
                }
              }
            });
    double[] largest = new double[banded];
    for (double[] ofBlock : largestOf) {
      for (int r = 0; r < banded; r++) {
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
      boolean claimed = covered.test(g);
      allLow.add(claimed ? Math.max(least, center[g] - factor * deviation[g]) : least);
      allHigh.add(claimed ? Math.min(1, center[g] + factor * deviation[g]) : 1.0);
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
  private static double standardDeviation(double[] slots) {
    int resamples = slots.length - 1;
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
