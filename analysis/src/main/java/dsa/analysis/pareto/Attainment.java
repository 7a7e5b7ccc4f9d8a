package dsa.analysis.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What the best of m networks drawn from a population reaches at or below a cost, exactly. The best
 * error at most e is reached with probability {@code 1 - (1 - p(c, e))^m}, p being the share of
 * networks of at most cost c and error e. This is the limit of drawing samples of size m again and
 * again; with one m for all, populations of different sizes are compared fairly.
 *
 * <p>Grunert da Fonseca, Fonseca and Hall, <i>Inferential Performance Assessment of Stochastic
 * Optimisers and the Attainment Function</i>, EMO 2001.
 */
public final class Attainment {

  private final double[] costs; // ascending
  private final double[] errors; // of the same models
  private final int size;

  private Attainment(double[] costs, double[] errors, int size) {
    this.costs = costs;
    this.errors = errors;
    this.size = size;
  }

  /**
   * The attainment of samples of a population.
   *
   * @param costs one for each model, finite
   * @param errors one for each model, finite
   * @param size m, models of a sample, at least 1
   */
  public static Attainment of(double[] costs, double[] errors, int size) {
    if (costs.length != errors.length || costs.length == 0 || size < 1) {
      throw new IllegalArgumentException(
          costs.length + " costs, " + errors.length + " errors, samples of " + size);
    }
    int[] order =
        IntStream.range(0, costs.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> costs[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Attainment(
        IntStream.of(order).mapToDouble(i -> costs[i]).toArray(),
        IntStream.of(order).mapToDouble(i -> errors[i]).toArray(),
        size);
  }

  /**
   * The error that the best within a cost stays at or below with probability {@code p}; empty if a
   * sample holds nothing so cheap, or nothing so good, with a greater probability than 1 - p.
   *
   * @param p in (0, 1)
   */
  public OptionalDouble quantile(double cost, double p) {
    int within = count(cost);
    double[] sorted = Arrays.copyOf(errors, within);
    Arrays.sort(sorted);
    // the smallest k with 1 - (1 - k/n)^m >= p
    double share = 1 - Math.pow(1 - p, 1.0 / size);
    int k = (int) Math.max(1, Math.ceil(share * errors.length * (1 - 1e-12)));
    return k > within ? OptionalDouble.empty() : OptionalDouble.of(sorted[k - 1]);
  }

  /** How many models cost at most so much. */
  private int count(double cost) {
    int low = 0;
    int high = costs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (costs[middle] <= cost) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
