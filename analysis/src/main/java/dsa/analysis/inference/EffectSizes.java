package dsa.analysis.inference;

import dsa.analysis.edf.Edf;
import java.util.List;

/**
 * How much two spaces differ, each number in its own sense. With many models a difference too small
 * to matter is significant; these say whether it matters.
 *
 * @param probabilityABetter the probability that a model of A has the smaller error than one of B,
 *     ties counting half: Vargha and Delaney's A₁₂ (J. Educational and Behavioral Statistics,
 *     2000), for weighted models Σ w_i v_j ([a_i &lt; b_j] + ½[a_i = b_j])
 * @param cliffsDelta P(A's error is larger) − P(A's error is smaller) = 1 − 2 probabilityABetter,
 *     in [−1, 1]; negative if A is better
 * @param hodgesLehmannShift the weighted median of all differences a_i − b_j, percentage points;
 *     negative if A is better (Hodges and Lehmann, Annals of Mathematical Statistics, 1963)
 * @param wasserstein1 ∫|F_A − F_B|, percentage points, at least 0
 * @param energyDistance √(2 ∫(F_A − F_B)²), at least 0 (Székely and Rizzo, 2013; scipy's {@code
 *     energy_distance})
 * @param areaDifference area under the EDF of A minus that of B up to epsilon, in [−1, 1]; positive
 *     if A is better
 * @param quantileDifferences the quantile of A minus that of B for each probability asked for,
 *     percentage points; negative if A is better
 */
public record EffectSizes(
    double probabilityABetter,
    double cliffsDelta,
    double hodgesLehmannShift,
    double wasserstein1,
    double energyDistance,
    double areaDifference,
    List<Double> quantileDifferences) {

  /** Copies the list. */
  public EffectSizes {
    quantileDifferences = List.copyOf(quantileDifferences);
  }

  /**
   * The effect sizes of A against B.
   *
   * @param epsilon where the areas end, above 0, percent
   * @param probabilities of the quantiles to compare, each in [0, 1]
   */
  public static EffectSizes of(Edf a, Edf b, double epsilon, List<Double> probabilities) {
    MergedEdfs merged = MergedEdfs.of(a, b);
    double better = 0;
    double distance = 0;
    double squares = 0;
    double before = 0;
    double beforeB = 0;
    for (int i = 0; i < merged.size(); i++) {
      better += (merged.a[i] - before) * (1 - (beforeB + merged.b[i]) / 2);
      before = merged.a[i];
      beforeB = merged.b[i];
      distance += Math.abs(merged.difference(i)) * merged.gap(i);
      squares += merged.difference(i) * merged.difference(i) * merged.gap(i);
    }
    return new EffectSizes(
        better,
        1 - 2 * better,
        hodgesLehmannShift(a, b),
        distance,
        Math.sqrt(2 * squares),
        a.area(epsilon) - b.area(epsilon),
        probabilities.stream().map(p -> a.quantile(p) - b.quantile(p)).toList());
  }

  /**
   * The median is found by bisection over the doubles themselves: 64 steps of O(n + m), whatever
   * the weights. Where exactly half of the weight lies at or below it, it is the midpoint to the
   * next difference, as the median of an even number of differences is.
   */
  private static double hodgesLehmannShift(Edf a, Edf b) {
    PairwiseDifferences differences = new PairwiseDifferences(a, b);
    double low = differences.smallestReaching(0.5 - Edf.ROUNDING);
    double high = differences.smallestReaching(0.5 + Edf.ROUNDING);
    return low + (high - low) / 2;
  }

  /** The distribution of a_i − b_j, without writing the n·m differences out. */
  private static final class PairwiseDifferences {

    private final double[] x;
    private final double[] fx;
    private final double[] y;
    private final double[] fy;

    PairwiseDifferences(Edf a, Edf b) {
      x = a.values();
      fx = a.cumulative();
      y = b.values();
      fy = b.cumulative();
    }

    double smallestReaching(double mass) {
      long low = order(x[0] - y[y.length - 1]);
      long high = order(x[x.length - 1] - y[0]);
      while (low < high) {
        long middle = (low & high) + ((low ^ high) >> 1); // the mean without overflow
        if (atMost(number(middle)) >= mass) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return number(low);
    }

    private double atMost(double shift) {
      double sum = 0;
      double before = 0;
      int j = 0; // the first b with a_i − b_j at most shift, which only moves up
      for (int i = 0; i < x.length; i++) {
        while (j < y.length && x[i] - y[j] > shift) {
          j++;
        }
        sum += (fx[i] - before) * (1 - (j == 0 ? 0 : fy[j - 1]));
        before = fx[i];
      }
      return sum;
    }

    /** Numbers the doubles in ascending order. */
    private static long order(double value) {
      long bits = Double.doubleToLongBits(value + 0.0);
      return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static double number(long order) {
      return Double.longBitsToDouble(order >= 0 ? order : Long.MIN_VALUE - order);
    }
  }
}
