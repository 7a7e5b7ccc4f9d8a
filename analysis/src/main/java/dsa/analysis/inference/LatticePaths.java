package dsa.analysis.inference;

import dsa.analysis.inference.KolmogorovSmirnov.Alternative;

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
   * Takes O(nm) time, one diagonal i + j after the other.
   */
  static double touching(int n, int m, long least, Alternative alternative, boolean[] looked) {
    if (least <= 0) {
      return 1;
    }
    int total = n + m;
    double[] before = new double[n + 1];
    double[] now = new double[n + 1];
    for (int k = 1; k <= total; k++) {
      int low = Math.max(0, k - m);
      int high = Math.min(n, k);
      double share = 1.0 / k;
      if (low == 0) {
        now[0] = before[0];
      }
      for (int i = Math.max(1, low); i <= high; i++) {
        now[i] = (i * before[i - 1] + (k - i) * before[i]) * share;
      }
      if (looked[k]) {
        // i·m − (k − i)·n = i·total − k·n
        long middle = (long) k * n;
        if (alternative != Alternative.B_LEADS) {
          for (int i = high; i >= low && (long) i * total - middle >= least; i--) {
            now[i] = 1;
          }
        }
        if (alternative != Alternative.A_LEADS) {
          for (int i = low; i <= high && middle - (long) i * total >= least; i++) {
            now[i] = 1;
          }
        }
      }
      double[] spare = before;
      before = now;
      now = spare;
    }
    return before[n];
  }
}
