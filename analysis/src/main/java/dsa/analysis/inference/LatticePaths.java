package dsa.analysis.inference;

import dsa.analysis.inference.KolmogorovSmirnov.Alternative;
import java.util.Arrays;

/**
 * The orderings of n and m labels as lattice paths from (0, 0) to (n, m), all equally likely. The
 * probability of touching a boundary is computed as such, not as one minus that of avoiding it, so
 * that small p-values keep their digits.
 */
final class LatticePaths {

  private LatticePaths() {}

  /**
   * The probability that i·m − j·n reaches {@code least} in the given direction at some point (i,
   * j) with {@code looked[i + j]}. A path through (i, j) comes from (i − 1, j) with probability
   * i/(i + j), so u(i, j) = i/(i + j) u(i − 1, j) + j/(i + j) u(i, j − 1), and 1 on the boundary.
   * Takes O(nm) time, one diagonal i + j after the other; on each, only the points between the
   * boundaries.
   */
  static double touching(int n, int m, long least, Alternative alternative, boolean[] looked) {
    if (least <= 0) {
      return 1;
    }
    int total = n + m;
    double[] place = new double[n + 1];
    Arrays.setAll(place, i -> i);
    double[] before = new double[n + 1];
    double[] now = new double[n + 1];
    int from = 0; // on the diagonal before, paths to all i below here have touched,
    int to = 0; // and to all above here
    for (int k = 1; k <= total; k++) {
      int low = Math.max(0, k - m);
      int high = Math.min(n, k);
      from = Math.max(from, low);
      to = Math.min(to + 1, high);
      advance(now, before, place, k, from, to);
      if (looked[k]) {
        // i·m − (k − i)·n = i·total − k·n
        long middle = (long) k * n;
        if (alternative != Alternative.B_LEADS) {
          to = (int) Math.min(to, Math.floorDiv(middle + least - 1, (long) total));
        }
        if (alternative != Alternative.A_LEADS) {
          from = (int) Math.max(from, Math.floorDiv(middle - least, (long) total) + 1);
        }
      }
      if (from > to) {
        return 1;
      }
      if (from > low) {
        now[from - 1] = 1;
      }
      if (to < high) {
        now[to + 1] = 1;
      }
      double[] spare = before;
      before = now;
      now = spare;
    }
    return before[n];
  }

  /** The points i = from, …, to of diagonal k. All in doubles, which processors take by fours. */
  private static void advance(
      double[] now, double[] before, double[] place, double k, int from, int to) {
    double share = 1 / k;
    if (from == 0) {
      now[0] = before[0];
    }
    for (int i = Math.max(1, from); i <= to; i++) {
      now[i] = (place[i] * before[i - 1] + (k - place[i]) * before[i]) * share;
    }
  }
}
