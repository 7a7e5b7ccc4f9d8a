package dsa.figures;

import java.util.Optional;

/** The area between two curves over the same grid, such as a confidence band. */
public final class Band extends Series {

  private final boolean stepwise;

  private Band(String name, boolean stepwise, double[] x, double[] low, double[] high) {
    super(name, Optional.empty(), x, low, high);
    checkAscending(x, true, "x");
    for (int i = 0; i < x.length; i++) {
      if (low[i] > high[i]) {
        throw new IllegalArgumentException(
            "band '" + name + "' at x=" + x[i] + " has low " + low[i] + " above high " + high[i]);
      }
    }
    this.stepwise = stepwise;
  }

  /**
   * A band whose edges are straight between grid points.
   *
   * @param x the grid, strictly ascending; copied
   * @param low the lower edge; copied
   * @param high the upper edge, nowhere below {@code low}; copied
   */
  public static Band linear(String name, double[] x, double[] low, double[] high) {
    return new Band(name, false, x, low, high);
  }

  /** A band whose edges keep their height from each grid point to the next; otherwise as linear. */
  public static Band stepwise(String name, double[] x, double[] low, double[] high) {
    return new Band(name, true, x, low, high);
  }

  /** Whether the edges keep their height between grid points. */
  public boolean stepwise() {
    return stepwise;
  }

  /** The grid. */
  public double[] x() {
    return column(0);
  }

  /** The lower edge. */
  public double[] low() {
    return column(1);
  }

  /** The upper edge. */
  public double[] high() {
    return column(2);
  }

  @Override
  public Band renamed(String newName) {
    return new Band(newName, stepwise, x(), low(), high());
  }

  @Override
  public String kind() {
    return stepwise ? "band-step" : "band";
  }
}
