package dsa.analysis.association;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The rank correlations of two columns in which each model stands as often as it was drawn. Models
 * are sorted once; a resample then takes O(n log n) steps without sorting (Kendall's discordant
 * pairs by sums over a Fenwick tree, Spearman's ranks by counting).
 */
final class ResampledRanks {

  /** Models by ascending x, then y. */
  private final int[] order;

  /** Of each model in that order: its place among the distinct values of x, and of y. */
  private final int[] xRank;

  private final int[] yRank;
  private final int xRanks;
  private final int yRanks;

  private ResampledRanks(int[] order, int[] xRank, int[] yRank) {
    this.order = order;
    this.xRank = xRank;
    this.yRank = yRank;
    this.xRanks = 1 + xRank[order.length - 1];
    this.yRanks = 1 + IntStream.of(yRank).max().orElseThrow();
  }

  /**
   * Of two columns of the same models.
   *
   * @param x finite, at least one
   * @param y finite, as many
   */
  static ResampledRanks of(double[] x, double[] y) {
    int[] xs = ranks(x);
    int[] ys = ranks(y);
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingInt(i -> xs[i]).thenComparingInt(i -> ys[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new ResampledRanks(
        order,
        IntStream.of(order).map(i -> xs[i]).toArray(),
        IntStream.of(order).map(i -> ys[i]).toArray());
  }

  /** Places among the distinct values, from 0. */
  private static int[] ranks(double[] values) {
    int[] byValue =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i] + 0.0)) // makes -0.0 equal to 0.0
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[values.length];
    for (int i = 1; i < byValue.length; i++) {
      int step = values[byValue[i]] > values[byValue[i - 1]] ? 1 : 0;
      ranks[byValue[i]] = ranks[byValue[i - 1]] + step;
    }
    return ranks;
  }

  /**
   * Kendall's τ_b as {@link RankCorrelation#kendallTauB} has it.
   *
   * @param counts how often each model was drawn, two or more in all
   */
  OptionalDouble kendallTauB(int[] counts) {
    long drawn = 0;
    long tiedX = 0;
    long tiedBoth = 0;
    long discordant = 0;
    long[] ofY = new long[yRanks];
    int[] tree = new int[yRanks + 1];
    for (int start = 0; start < order.length; ) {
      int end = start;
      long same = 0;
      while (end < order.length && xRank[end] == xRank[start]) {
        int count = counts[order[end]];
        if (count > 0) {
          discordant += count * (drawn - upTo(tree, yRank[end]));
        }
        same += count;
        end++;
      }
      for (int i = start; i < end; ) {
        long equal = 0;
        int y = yRank[i];
        for (; i < end && yRank[i] == y; i++) {
          equal += counts[order[i]];
        }
        tiedBoth += pairs(equal);
        ofY[y] += equal;
        add(tree, y, (int) equal);
      }
      tiedX += pairs(same);
      drawn += same;
      start = end;
    }
    long tiedY = 0;
    for (long equal : ofY) {
      tiedY += pairs(equal);
    }
    long pairs = pairs(drawn);
    if (tiedX == pairs || tiedY == pairs) {
      return OptionalDouble.empty();
    }
    long concordant = pairs - (tiedX + tiedY - tiedBoth) - discordant;
    double scale = Math.sqrt((double) (pairs - tiedX)) * Math.sqrt((double) (pairs - tiedY));
    return OptionalDouble.of((concordant - discordant) / scale);
  }

  /** How many drawn models have a y of this rank or a lower one. */
  private static long upTo(int[] tree, int rank) {
    long sum = 0;
    for (int i = rank + 1; i > 0; i -= i & -i) {
      sum += tree[i];
    }
    return sum;
  }

  private static void add(int[] tree, int rank, int count) {
    for (int i = rank + 1; count > 0 && i < tree.length; i += i & -i) {
      tree[i] += count;
    }
  }

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }

  /**
   * Spearman's ρ as {@link RankCorrelation#spearman} has it.
   *
   * @param counts how often each model was drawn, two or more in all
   */
  OptionalDouble spearman(int[] counts) {
    long[] ofX = new long[xRanks];
    long[] ofY = new long[yRanks];
    long drawn = 0;
    for (int i = 0; i < order.length; i++) {
      int count = counts[order[i]];
      ofX[xRank[i]] += count;
      ofY[yRank[i]] += count;
      drawn += count;
    }
    double[] x = centredRanks(ofX, drawn);
    double[] y = centredRanks(ofY, drawn);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < order.length; i++) {
      int count = counts[order[i]];
      double a = x[xRank[i]];
      double b = y[yRank[i]];
      xx += count * a * a;
      yy += count * b * b;
      xy += count * a * b;
    }
    return xx == 0 || yy == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy)))));
  }

  /** The mean rank of each distinct value minus that of all. */
  private static double[] centredRanks(long[] counts, long drawn) {
    double[] ranks = new double[counts.length];
    long below = 0;
    for (int r = 0; r < counts.length; r++) {
      ranks[r] = below + (counts[r] + 1) / 2.0 - (drawn + 1) / 2.0;
      below += counts[r];
    }
    return ranks;
  }
}
