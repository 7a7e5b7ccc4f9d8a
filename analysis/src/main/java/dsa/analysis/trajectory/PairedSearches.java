package dsa.analysis.trajectory;

import dsa.analysis.inference.Interval;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Two strategies at one budget. The i-th searches of both have one seed: they begin with the same
 * draws and are told the same of the same network, so that they are compared in pairs.
 *
 * @param difference mean of A minus mean of B, with a bootstrap interval over pairs; negative if A
 *     finds the smaller errors
 * @param probabilityABetter that a search of A ends with the smaller error than one of B, ties
 *     half: Vargha and Delaney's A₁₂, over all pairs of searches
 * @param pValue of Wilcoxon's signed-rank test over the pairs, two-sided; 1 if no pair differs
 */
public record PairedSearches(Interval difference, double probabilityABetter, double pValue) {

  /**
   * Compares the values of repeats.
   *
   * @param a finite
   * @param b finite, as many, in the same order of seeds
   * @param resamples at least 2
   * @param level of the interval, in (0, 1)
   */
  public static PairedSearches of(
      double[] a, double[] b, int resamples, double level, SeedPath seed) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(a.length + " searches and " + b.length + ": no pairs");
    }
    int n = a.length;
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) {
      differences[i] = a[i] - b[i];
    }
    double[] means =
        IntStream.range(0, resamples)
            .parallel()
            .mapToDouble(
                r -> {
                  RandomStream random = seed.child(r).generator();
                  double sum = 0;
                  for (int i = 0; i < n; i++) {
                    sum += differences[random.nextInt(n)];
                  }
                  return sum / n;
                })
            .toArray();
    boolean differ = Arrays.stream(differences).anyMatch(d -> d != 0);
    return new PairedSearches(
        Trajectories.interval(Trajectories.mean(differences), means, level),
        probabilityBelow(a, b),
        differ ? WilcoxonSignedRankTest.withDefaults().test(differences).getPValue() : 1);
  }

  /** P(a &lt; b) + P(a = b) / 2, in O(n log n). */
  static double probabilityBelow(double[] a, double[] b) {
    double[] sorted = b.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (double value : a) {
      int below = firstNotBelow(sorted, value);
      int notAbove = below;
      while (notAbove < sorted.length && sorted[notAbove] == value) {
        notAbove++;
      }
      sum += (sorted.length - notAbove) + (notAbove - below) / 2.0;
    }
    return sum / a.length / b.length;
  }

  private static int firstNotBelow(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
