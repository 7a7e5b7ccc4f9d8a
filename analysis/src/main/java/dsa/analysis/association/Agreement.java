package dsa.analysis.association;

import dsa.analysis.inference.Interval;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * How far two trainings of the same networks order them alike: rank correlations with bootstrap
 * intervals. A resample draws as many networks as there are, with replacement, each with both its
 * errors; a coefficient's interval goes from the (1 - level) / 2 to the (1 + level) / 2 quantile of
 * its values over the resamples (percentile method: Efron and Tibshirani, <i>An Introduction to the
 * Bootstrap</i>, 1993, chapter 13; Hyndman and Fan's type 7). A network drawn twice is tied with
 * itself in both columns, which τ_b leaves out. Resamples in which a column is constant have no
 * coefficient and are left out.
 *
 * <p>Costs alone order networks, as larger ones tend to be better. So beside the agreement stand
 * that of costs with the second column, which is to be exceeded, and the agreement over the pairs
 * of networks that cost about the same, which costs cannot explain. Resamples keep each network in
 * its stratum of costs.
 *
 * @param models how many networks are compared
 * @param kendallTauB in [-1, 1]; absent if there are fewer than two networks or a column is
 *     constant
 * @param spearman in [-1, 1]; absent likewise
 * @param givenCost τ_b over pairs of about equal cost, and the baseline; absent if costs are not
 *     known or there are fewer than two networks
 */
public record Agreement(
    int models,
    Optional<Interval> kendallTauB,
    Optional<Interval> spearman,
    Optional<GivenCost> givenCost) {

  /** With fewer networks than this an interval leaves most of the uncertainty out. */
  public static final int FEWEST_MODELS = 10;

  /**
   * What is left of the agreement where costs are held fixed, and what costs alone give.
   *
   * @param strata narrow strata of costs that hold a pair of networks or more
   * @param pairs of networks in one stratum
   * @param kendallTauB over these pairs, pooled; absent if a column ties all of them
   * @param baseline τ_b of −cost with the second column, "more is better"; absent if a column is
   *     constant
   */
  public record GivenCost(
      int strata, long pairs, Optional<Interval> kendallTauB, Optional<Interval> baseline) {}

  /**
   * Compares two columns of networks of unknown costs.
   *
   * @param a one error a network, finite
   * @param b errors of the same networks
   * @param resamples at least 2
   * @param level of the intervals, in (0, 1)
   * @param seed the address of the resamples; the result does not depend on the thread count
   */
  public static Agreement of(double[] a, double[] b, int resamples, double level, SeedPath seed) {
    return of(a, b, Optional.empty(), resamples, level, seed);
  }

  /**
   * Compares two columns.
   *
   * @param a one error a network, finite
   * @param b errors of the same networks, the reference
   * @param costs of the same networks, finite, if known
   * @param resamples at least 2
   * @param level of the intervals, in (0, 1)
   * @param seed the address of the resamples; the result does not depend on the thread count
   */
  public static Agreement of(
      double[] a,
      double[] b,
      Optional<double[]> costs,
      int resamples,
      double level,
      SeedPath seed) {
    return of(a, b, costs, resamples, level, seed, share -> {});
  }

  /**
   * The same, telling {@code progress}, from several threads, the share of the resamples that are
   * done.
   */
  public static Agreement of(
      double[] a,
      double[] b,
      Optional<double[]> costs,
      int resamples,
      double level,
      SeedPath seed,
      DoubleConsumer progress) {
    if (resamples < 2 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "resamples=" + resamples + " below 2 or level=" + level + " outside (0, 1)");
    }
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " errors and " + b.length + " errors");
    }
    int n = a.length;
    if (n < 2) {
      return new Agreement(n, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<CostStrata> strata = costs.map(CostStrata::of);
    Optional<double[]> negated =
        costs.map(counts -> Arrays.stream(counts).map(count -> -count).toArray());
    ResampledRanks ranks = ResampledRanks.of(a, b);
    Optional<ResampledRanks> costRanks = negated.map(counts -> ResampledRanks.of(counts, b));
    AtomicInteger done = new AtomicInteger();
    RankCorrelation whole = RankCorrelation.of(a, b);
    double[] tau = new double[resamples];
    double[] rho = new double[resamples];
    double[] within = new double[resamples];
    double[] baseline = new double[resamples];
    IntStream.range(0, resamples)
        .parallel()
        .forEach(
            r -> {
              RandomStream random = seed.child(r).generator();
              int[] drawn = new int[n];
              int[] counts = new int[n];
              for (int i = 0; i < n; i++) {
                drawn[i] = random.nextInt(n);
                counts[drawn[i]]++;
              }
              tau[r] = ranks.kendallTauB(counts).orElse(Double.NaN);
              rho[r] = ranks.spearman(counts).orElse(Double.NaN);
              if (strata.isPresent()) {
                within[r] =
                    strata
                        .get()
                        .drawn(drawn)
                        .kendallTauB(at(a, drawn), at(b, drawn))
                        .orElse(Double.NaN);
                baseline[r] = costRanks.orElseThrow().kendallTauB(counts).orElse(Double.NaN);
              }
              progress.accept((double) done.incrementAndGet() / resamples);
            });
    return new Agreement(
        n,
        interval(whole.kendallTauB(), tau, level),
        interval(whole.spearman(), rho, level),
        strata.map(
            those ->
                new GivenCost(
                    those.size(),
                    those.pairs(),
                    interval(those.kendallTauB(a, b), within, level),
                    interval(
                        RankCorrelation.of(negated.orElseThrow(), b).kendallTauB(),
                        baseline,
                        level))));
  }

  private static double[] at(double[] column, int[] places) {
    double[] values = new double[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = column[places[i]];
    }
    return values;
  }

  private static Optional<Interval> interval(OptionalDouble value, double[] drawn, double level) {
    double[] defined = Arrays.stream(drawn).filter(x -> !Double.isNaN(x)).toArray();
    if (value.isEmpty() || defined.length == 0) {
      return Optional.empty();
    }
    double tail = (1 - level) / 2;
    double[] ends =
        Quantile.withDefaults()
            .with(Quantile.EstimationMethod.HF7)
            .evaluate(defined, tail, 1 - tail);
    return Optional.of(new Interval(value.getAsDouble(), ends[0], ends[1]));
  }
}
