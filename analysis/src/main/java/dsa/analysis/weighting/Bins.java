package dsa.analysis.weighting;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Equally wide complexity bins, shared by every population of a comparison. Edges are {@code low +
 * i (high - low) / count}; a bin holds its lower edge, the last one also its upper edge (numpy's
 * {@code histogram}).
 *
 * <p>Models are admitted by the strict filter {@code low < c < high}, as in the notebooks of the
 * NDS release, so no model ever lies on the outer edges (decision 0005).
 *
 * @param low lower end of the range, raw counts
 * @param high upper end, above {@code low}
 * @param count how many bins, 1 to 1,000,000
 */
public record Bins(double low, double high, int count) {

  private static final int MOST = 1_000_000;

  /** Rejects empty, reversed or infinite ranges, no bins, and more than a million. */
  public Bins {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "complexity range %s:%s is empty or not finite".formatted(low, high));
    }
    if (count < 1) {
      throw new IllegalArgumentException("bins=" + count + " < 1");
    }
    if (count > MOST) {
      throw new IllegalArgumentException("bins=" + count + " > " + MOST);
    }
  }

  /** The {@code count + 1} edges, ascending. */
  public double[] edges() {
    double step = (high - low) / count;
    double[] edges = new double[count + 1];
    for (int i = 0; i < count; i++) {
      edges[i] = low + i * step;
    }
    edges[count] = high;
    return edges;
  }

  /** Whether {@code complexity} passes the strict filter. */
  public boolean admits(double complexity) {
    return low < complexity && complexity < high;
  }

  /** The bin of {@code complexity}, from 0; empty outside the closed range. */
  public OptionalInt indexOf(double complexity) {
    if (!(complexity >= low && complexity <= high)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(indexOf(complexity, edges()));
  }

  /** The bin of a value inside the closed range, given this object's edges. */
  int indexOf(double complexity, double[] edges) {
    int found = Arrays.binarySearch(edges, complexity);
    int index = found >= 0 ? found : -found - 2;
    return Math.min(index, count - 1);
  }
}
