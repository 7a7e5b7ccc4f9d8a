package dsa.analysis.inference;

import dsa.analysis.edf.Edf;
import java.util.Arrays;

/** Two EDFs side by side at every error where either of them steps, ascending. */
final class MergedEdfs {

  final double[] at;
  final double[] a;
  final double[] b;

  private MergedEdfs(double[] at, double[] a, double[] b) {
    this.at = at;
    this.a = a;
    this.b = b;
  }

  static MergedEdfs of(Edf first, Edf second) {
    double[] x = first.values();
    double[] y = second.values();
    double[] fx = first.cumulative();
    double[] fy = second.cumulative();
    double[] at = new double[x.length + y.length];
    double[] a = new double[at.length];
    double[] b = new double[at.length];
    int size = 0;
    for (int i = 0, j = 0; i < x.length || j < y.length; size++) {
      // Both advance over an equal error before anything is compared, or ties inflate D.
      double error = j == y.length || (i < x.length && x[i] <= y[j]) ? x[i] : y[j];
      if (i < x.length && x[i] == error) {
        i++;
      }
      if (j < y.length && y[j] == error) {
        j++;
      }
      at[size] = error;
      a[size] = i == 0 ? 0 : fx[i - 1];
      b[size] = j == 0 ? 0 : fy[j - 1];
    }
    return new MergedEdfs(Arrays.copyOf(at, size), Arrays.copyOf(a, size), Arrays.copyOf(b, size));
  }

  int size() {
    return at.length;
  }

  /** F_A − F_B from this error up to the next. */
  double difference(int i) {
    return a[i] - b[i];
  }

  /** The distance to the next error; 0 after the last. */
  double gap(int i) {
    return i + 1 < at.length ? at[i + 1] - at[i] : 0;
  }
}
