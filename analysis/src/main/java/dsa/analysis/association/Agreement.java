package dsa.analysis.association;

import dsa.analysis.inference.Interval;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * @param models how many networks are compared
 * @param kendallTauB in [-1, 1]; absent if there are fewer than two networks or a column is
 *     constant
 * @param spearman in [-1, 1]; absent likewise
 */
public record Agreement(int models, Optional<Interval> kendallTauB, Optional<Interval> spearman) {

  /**
   * Compares two columns.
   *
   * @param a one error a network, finite
   * @param b errors of the same networks
   * @param resamples at least 2
   * @param level of the intervals, in (0, 1)
   * @param seed the address of the resamples; the result does not depend on the thread count
   */
  public static Agreement of(double[] a, double[] b, int resamples, double level, SeedPath seed) {
    if (resamples < 2 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "resamples=" + resamples + " below 2 or level=" + level + " outside (0, 1)");
    }
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " errors and " + b.length + " errors");
    }
    int n = a.length;
    if (n < 2) {
      return new Agreement(n, Optional.empty(), Optional.empty());
    }
    RankCorrelation whole = RankCorrelation.of(a, b);
    double[] tau = new double[resamples];
    double[] rho = new double[resamples];
    IntStream.range(0, resamples)
        .parallel()
        .forEach(
            r -> {
              RandomStream random = seed.child(r).generator();
              double[] x = new double[n];
              double[] y = new double[n];
              for (int i = 0; i < n; i++) {
                int drawn = random.nextInt(n);
                x[i] = a[drawn];
                y[i] = b[drawn];
              }
              RankCorrelation resample = RankCorrelation.of(x, y);
              tau[r] = resample.kendallTauB().orElse(Double.NaN);
              rho[r] = resample.spearman().orElse(Double.NaN);
            });
    return new Agreement(
        n, interval(whole.kendallTauB(), tau, level), interval(whole.spearman(), rho, level));
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
