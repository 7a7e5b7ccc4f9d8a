package dsa.analysis.edf;

import java.util.Arrays;

/**
 * Interpolated quantiles of equally weighted numbers: Hyndman and Fan's type 7, numpy's {@code
 * linear}, at position {@code p (n - 1)} of the ascending values.
 *
 * <p>Published tables that came from numpy (quartiles, the percentile ranges of pycls) use these.
 * {@link Edf#quantile} inverts the step function instead, always returns an observed error, and is
 * what weighted populations use; the two differ by up to one gap between neighbors.
 *
 * <p>Hyndman and Fan, <i>Sample Quantiles in Statistical Packages</i>, American Statistician 1996.
 */
public final class Quantiles {

  private final double[] sorted;

  private Quantiles(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * The quantile function of {@code values}.
   *
   * @param values at least one, finite; neither sorted nor kept
   */
  public static Quantiles of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      throw new IllegalArgumentException("quantiles of no values");
    }
    if (!(sorted[0] > Double.NEGATIVE_INFINITY)
        || !(sorted[sorted.length - 1] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("quantiles need finite numbers");
    }
    return new Quantiles(sorted);
  }

  /**
   * The value at {@code p}, interpolated between neighbors.
   *
   * @param p in [0, 1]; 0 gives the smallest value, 1 the largest
   */
  public double at(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile at p=" + p + " outside [0, 1]");
    }
    double position = p * (sorted.length - 1);
    int lower = (int) position;
    int upper = Math.min(lower + 1, sorted.length - 1);
    return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
  }

  /** The middle value, or the mean of the two in the middle. */
  public double median() {
    return at(0.5);
  }
}
