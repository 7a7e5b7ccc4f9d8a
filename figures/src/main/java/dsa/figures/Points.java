package dsa.figures;

import java.util.Optional;
import java.util.OptionalDouble;

/** A cloud of points that are not joined. */
public final class Points extends Series {

  private final OptionalDouble shade;

  private Points(String name, Optional<String> note, double[] x, double[] y, OptionalDouble shade) {
    super(name, note, x, y);
    this.shade = shade;
  }

  /**
   * Points with no note, in any order; the arrays are copied.
   *
   * @param y one for each x
   */
  public static Points of(String name, double[] x, double[] y) {
    return new Points(name, Optional.empty(), x, y, OptionalDouble.empty());
  }

  /** The same points with numbers for the legend. */
  public Points noted(String text) {
    return new Points(name(), Optional.of(text), x(), y(), shade);
  }

  /**
   * The same points in a colour that stands for a place in an order, of which each is darker than
   * the next, in grey too.
   *
   * @param newShade from 0, dark, to 1, light
   */
  public Points shaded(double newShade) {
    if (!(newShade >= 0 && newShade <= 1)) {
      throw new IllegalArgumentException("shade=" + newShade + " outside [0, 1]");
    }
    return new Points(name(), note(), x(), y(), OptionalDouble.of(newShade));
  }

  /** The place in an order that the colour stands for, if it stands for one. */
  public OptionalDouble shade() {
    return shade;
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
  public String kind() {
    return "points";
  }
}
