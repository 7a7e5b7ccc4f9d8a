package dsa.figures;

import java.util.Optional;

/** A cloud of points that are not joined. */
public final class Points extends Series {

  private Points(String name, Optional<String> note, double[] x, double[] y) {
    super(name, note, x, y);
  }

  /**
   * Points with no note, in any order; the arrays are copied.
   *
   * @param y one for each x
   */
  public static Points of(String name, double[] x, double[] y) {
    return new Points(name, Optional.empty(), x, y);
  }

  /** The same points with numbers for the legend. */
  public Points noted(String text) {
    return new Points(name(), Optional.of(text), x(), y());
  }

  /** The abscissas. */
  public double[] x() {
    return column(0);
  }

  /** The ordinates. */
  public double[] y() {
    return column(1);
  }

  @Override
  public Points renamed(String newName) {
    return new Points(newName, note(), x(), y());
  }

  @Override
  public String kind() {
    return "points";
  }
}
