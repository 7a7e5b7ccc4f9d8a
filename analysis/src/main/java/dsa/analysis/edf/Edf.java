package dsa.analysis.edf;

import java.util.Arrays;

/**
 * An empirical distribution function F(e) = P(error ≤ e) over weighted errors: a right-continuous
 * step function. The paper writes the strict {@code <}; that is {@link #below}, the left limit
 * (decision 0002). All suprema are the same under both.
 *
 * <p>Radosavovic et al., ICCV 2019, arXiv 1905.13214, equations 1, 4 and 5.
 */
public final class Edf {

  /** Sums of unequal weights are not exact: F reaches p where it is at most this much below. */
  public static final double ROUNDING = 1e-12;

  private final double[] values; // distinct, ascending
  private final double[] cumulative; // F at each value; the last is exactly 1
  private final double rounding; // of F; 0 where F counts models of equal weight
  private final double mean;
  private final double effectiveSampleSize;
  private final int size;

  private Edf(
      double[] values,
      double[] cumulative,
      double rounding,
      double mean,
      double effectiveSampleSize,
      int size) {
    this.values = values;
    this.cumulative = cumulative;
    this.rounding = rounding;
    this.mean = mean;
    this.effectiveSampleSize = effectiveSampleSize;
    this.size = size;
  }

  /**
   * The EDF of equally weighted errors; F takes the exact values k/n.
   *
   * @param errors at least one, finite; neither sorted nor kept
   */
  public static Edf of(double[] errors) {
    double[] sorted = errors.clone();
    Arrays.sort(sorted);
    check(sorted);
    int n = sorted.length;
    double[] values = new double[n];
    double[] cumulative = new double[n];
    int distinct = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += sorted[i];
      if (i + 1 == n || sorted[i + 1] != sorted[i]) {
        values[distinct] = sorted[i];
        cumulative[distinct++] = (double) (i + 1) / n;
      }
    }
    return new Edf(
        Arrays.copyOf(values, distinct), Arrays.copyOf(cumulative, distinct), 0, sum / n, n, n);
  }

  /**
   * The EDF of weighted errors. Only the ratios of the weights matter: with equal ones it is the
   * EDF without weights, exactly.
   *
   * @param errors at least one, finite; neither sorted nor kept
   * @param weights one for each error, at least 0, not all 0
   */
  public static Edf of(double[] errors, double[] weights) {
    if (errors.length != weights.length) {
      throw new IllegalArgumentException(
          "%s errors but %s weights".formatted(errors.length, weights.length));
    }
    int n = errors.length;
    if (n > 0
        && weights[0] > 0
        && weights[0] < Double.POSITIVE_INFINITY
        && Arrays.stream(weights).allMatch(w -> w == weights[0])) {
      return of(errors);
    }
    double[] sorted = errors.clone();
    Arrays.sort(sorted);
    check(sorted);
    int distinct = 1;
    for (int i = 1; i < n; i++) {
      if (sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    double[] values = Arrays.copyOf(sorted, distinct);
    double[] mass = new double[distinct];
    double total = 0;
    double squares = 0;
    double weightedSum = 0;
    for (int i = 0; i < n; i++) {
      double w = weights[i];
      if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("weights[%s] is %s".formatted(i, w));
      }
      mass[Arrays.binarySearch(values, errors[i])] += w;
      total += w;
      squares += w * w;
      weightedSum += w * errors[i];
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException("all weights are zero");
    }
    double running = 0;
    for (int i = 0; i < distinct; i++) {
      running += mass[i];
      mass[i] = Math.min(1, running / total);
    }
    mass[distinct - 1] = 1;
    return new Edf(values, mass, ROUNDING, weightedSum / total, total * total / squares, n);
  }

  private static void check(double[] sorted) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("an EDF needs at least one error");
    }
    if (!(sorted[0] > Double.NEGATIVE_INFINITY)
        || !(sorted[sorted.length - 1] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("errors must be finite numbers");
    }
  }

  /** F(e): the weight of errors at or below {@code error}. */
  public double at(double error) {
    int found = Arrays.binarySearch(values, error);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? 0 : cumulative[last];
  }

  /** F(e−): the weight of errors strictly below {@code error}, the paper's definition. */
  public double below(double error) {
    int found = Arrays.binarySearch(values, error);
    int last = found >= 0 ? found - 1 : -found - 2;
    return last < 0 ? 0 : cumulative[last];
  }

  /**
   * The smallest error whose F reaches {@code p}, up to rounding of unequal weights: the inverse of
   * the step function (Hyndman and Fan's type 1 when all weights are equal).
   *
   * @param p in [0, 1]; 0 gives the smallest error
   */
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile at p=" + p + " outside [0, 1]");
    }
    double least = p - rounding;
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] >= least && cumulative[middle] > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return values[low];
  }

  /**
   * The area under the EDF from 0 to {@code epsilon} as a share of the most it could be: {@code 1 −
   * Σ w_i min(1, e_i/ε)}, exact for a step function. Equation 5 of the paper.
   *
   * @param epsilon above 0, in the unit of the errors
   */
  public double area(double epsilon) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("area up to epsilon=" + epsilon + ", not above 0");
    }
    double loss = 0;
    double before = 0;
    for (int i = 0; i < values.length; i++) {
      loss += (cumulative[i] - before) * Math.min(1, values[i] / epsilon);
      before = cumulative[i];
    }
    return 1 - loss;
  }

  /** The weighted mean error. */
  public double mean() {
    return mean;
  }

  /** The smallest error. */
  public double min() {
    return values[0];
  }

  /** The largest error. */
  public double max() {
    return values[values.length - 1];
  }

  /** Kish's (Σw)²/Σw²; the number of errors if all weights are equal. */
  public double effectiveSampleSize() {
    return effectiveSampleSize;
  }

  /** How many errors, ties counted. */
  public int size() {
    return size;
  }

  /** The distinct errors, ascending: where F steps. */
  public double[] values() {
    return values.clone();
  }

  /** F at each of {@link #values}. */
  public double[] cumulative() {
    return cumulative.clone();
  }
}
