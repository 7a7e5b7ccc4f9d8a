package dsa.figures;

import java.util.Optional;

/** Points joined by straight segments and marked, for curves computed at few places. */
public final class Line extends Series {

  private static final int MOST_MARKS = 40;

  private final boolean vertical;

  private Line(String name, Optional<String> note, double[] x, double[] y, boolean vertical) {
    super(name, note, x, y);
    this.vertical = vertical;
    if (!vertical) {
      checkAscending(x, true, "x");
    }
  }

  /** A line at one x, from one y to another. */
  public static Line vertical(String name, double x, double low, double high) {
    return new Line(name, Optional.empty(), new double[] {x, x}, new double[] {low, high}, true);
  }

  /**
   * A line with no note.
   *
   * @param x strictly ascending; copied
   * @param y one for each x; copied
   */
  public static Line of(String name, double[] x, double[] y) {
    return new Line(name, Optional.empty(), x, y, false);
  }

  /** The same line with numbers for the legend. */
  public Line noted(String text) {
    return new Line(name(), Optional.of(text), x(), y(), vertical);
  }

  /** The abscissas. */
  public double[] x() {
    return column(0);
  }

  /** The ordinates. */
  public double[] y() {
    return column(1);
  }

  /**
   * Whether its points are marked: not if it is vertical, or they are so many that it is a curve.
   */
  public boolean marked() {
    return !vertical && x().length <= MOST_MARKS;
  }

  @Override
  public String kind() {
    return "line";
  }
}
