package dsa.analysis.inference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted for being several. The family is what is handed in: all pairs of a comparison.
 */
public final class MultipleComparisons {

  private MultipleComparisons() {}

  /**
   * Holm's step-down p-values, in the order given: calling those at most α significant errs
   * anywhere in the family with probability at most α, whatever the dependence (Holm, Scandinavian
   * Journal of Statistics, 1979).
   *
   * @param pValues in [0, 1]; not changed
   */
  public static double[] holm(double[] pValues) {
    int[] order = ascending(pValues);
    int n = order.length;
    double[] adjusted = new double[n];
    double running = 0;
    for (int rank = 0; rank < n; rank++) {
      running = Math.max(running, Math.min(1, (n - rank) * pValues[order[rank]]));
      adjusted[order[rank]] = running;
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's step-up p-values, in the order given: among those at most q an
   * expected share of at most q is false, for independent or positively dependent tests (JRSS B,
   * 1995).
   *
   * @param pValues in [0, 1]; not changed
   */
  public static double[] benjaminiHochberg(double[] pValues) {
    int[] order = ascending(pValues);
    int n = order.length;
    double[] adjusted = new double[n];
    double running = 1;
    for (int rank = n - 1; rank >= 0; rank--) {
      running = Math.min(running, pValues[order[rank]] * n / (rank + 1));
      adjusted[order[rank]] = running;
    }
    return adjusted;
  }

  private static int[] ascending(double[] pValues) {
    if (!Arrays.stream(pValues).allMatch(p -> p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "p-values " + Arrays.toString(pValues) + " are not all in [0, 1]");
    }
    return IntStream.range(0, pValues.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> pValues[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
