package dsa.analysis.association;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How far two columns order the models alike. Of all {@code n (n-1) / 2} pairs of models, those
 * that both columns order the same way are concordant, those ordered in opposite ways discordant,
 * and those that either column ties are neither.
 *
 * <p>Kendall, <i>Rank Correlation Methods</i>, 1970; pairs are counted in O(n log n) after Knight,
 * JASA 1966. The coefficients of a constant column do not exist and are absent, not zero.
 */
public final class RankCorrelation {

  private final double[] x;
  private final double[] y;
  private final long pairs;
  private final long tiedX;
  private final long tiedY;
  private final long tied;
  private final long discordant;

  private RankCorrelation(
      double[] x, double[] y, long pairs, long tiedX, long tiedY, long tied, long discordant) {
    this.x = x;
    this.y = y;
    this.pairs = pairs;
    this.tiedX = tiedX;
    this.tiedY = tiedY;
    this.tied = tied;
    this.discordant = discordant;
  }

  /**
   * Compares two columns.
   *
   * @param x finite, at least two; neither sorted nor kept
   * @param y finite, as many
   */
  public static RankCorrelation of(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "columns of "
              + x.length
              + " and "
              + y.length
              + " values: not two columns of the same two or more models");
    }
    return ofChecked(finite(x), finite(y));
  }

  private static double[] finite(double[] column) {
    double[] copy = new double[column.length];
    for (int i = 0; i < copy.length; i++) {
      if (!Double.isFinite(column[i])) {
        throw new IllegalArgumentException("value " + i + " is " + column[i]);
      }
      copy[i] = column[i] + 0.0; // makes -0.0 equal to 0.0 in every order
    }
    return copy;
  }

  private static RankCorrelation ofChecked(double[] x, double[] y) {
    int n = x.length;
    int[] byX =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> x[i]).thenComparingDouble(i -> y[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sortedX = new double[n];
    double[] inOrder = new double[n];
    for (int i = 0; i < n; i++) {
      sortedX[i] = x[byX[i]];
      inOrder[i] = y[byX[i]];
    }
    long tiedX = 0;
    long tiedBoth = 0;
    for (int start = 0; start < n; ) {
      int end = start + 1;
      while (end < n && sortedX[end] == sortedX[start]) {
        end++;
      }
      tiedX += pairs(end - start);
      tiedBoth += tiedPairs(Arrays.copyOfRange(inOrder, start, end));
      start = end;
    }
    long discordant = sortCountingInversions(inOrder);
    long tiedY = tiedPairs(inOrder);
    return new RankCorrelation(x, y, pairs(n), tiedX, tiedY, tiedX + tiedY - tiedBoth, discordant);
  }

  /** Pairs that both columns order the same way. */
  public long concordant() {
    return pairs - tied - discordant;
  }

  /** Pairs that the columns order in opposite ways. */
  public long discordant() {
    return discordant;
  }

  /** Pairs that at least one column ties. */
  public long tied() {
    return tied;
  }

  /** Pairs that x does not tie. */
  long untiedX() {
    return pairs - tiedX;
  }

  /** Pairs that y does not tie. */
  long untiedY() {
    return pairs - tiedY;
  }

  /** Kendall's τ_a in [-1, 1]: concordant minus discordant over all pairs. */
  public double kendallTauA() {
    return (double) (concordant() - discordant) / pairs;
  }

  /**
   * Kendall's τ_b in [-1, 1]: concordant minus discordant over the geometric mean of the pairs each
   * column does not tie; absent if a column is constant.
   */
  public OptionalDouble kendallTauB() {
    if (tiedX == pairs || tiedY == pairs) {
      return OptionalDouble.empty();
    }
    double scale = Math.sqrt((double) (pairs - tiedX)) * Math.sqrt((double) (pairs - tiedY));
    return OptionalDouble.of((concordant() - discordant) / scale);
  }

  /**
   * Spearman's ρ in [-1, 1]: the linear correlation of ranks, equal values sharing their mean rank;
   * absent if a column is constant.
   */
  public OptionalDouble spearman() {
    return tiedX == pairs || tiedY == pairs
        ? OptionalDouble.empty()
        : OptionalDouble.of(new SpearmansCorrelation().correlation(x, y));
  }

  /**
   * The linear correlation of {@code log x} with {@code y}, for an x that spans orders of
   * magnitude; absent if a column is constant.
   *
   * @throws IllegalArgumentException if an x is not above 0
   */
  public OptionalDouble pearsonOfLog() {
    double[] logs = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      if (!(x[i] > 0)) {
        throw new IllegalArgumentException("value " + i + " is " + x[i] + ", which has no log");
      }
      logs[i] = Math.log(x[i]);
    }
    return tiedX == pairs || tiedY == pairs
        ? OptionalDouble.empty()
        : OptionalDouble.of(new PearsonsCorrelation().correlation(logs, y));
  }

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }

  private static long tiedPairs(double[] sorted) {
    long tied = 0;
    int run = 1;
    for (int i = 1; i <= sorted.length; i++) {
      if (i < sorted.length && sorted[i] == sorted[i - 1]) {
        run++;
      } else {
        tied += pairs(run);
        run = 1;
      }
    }
    return tied;
  }

  /** Merge sort that counts pairs standing in strictly the wrong order. */
  private static long sortCountingInversions(double[] values) {
    long inversions = 0;
    double[] from = values;
    double[] to = new double[values.length];
    for (int width = 1; width < values.length; width *= 2) {
      for (int left = 0; left < values.length; left += 2 * width) {
        int middle = Math.min(left + width, values.length);
        int end = Math.min(left + 2 * width, values.length);
        int i = left;
        int j = middle;
        for (int k = left; k < end; k++) {
          if (j == end || (i < middle && from[i] <= from[j])) {
            to[k] = from[i++];
          } else {
            to[k] = from[j++];
            inversions += middle - i;
          }
        }
      }
      double[] swap = from;
      from = to;
      to = swap;
    }
    System.arraycopy(from, 0, values, 0, values.length);
    return inversions;
  }
}
