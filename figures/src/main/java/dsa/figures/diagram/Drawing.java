package dsa.figures.diagram;

import java.util.List;

/**
 * Boxes, curves and words at their places: a picture as data, in points (72nds of an inch), y
 * downwards.
 *
 * @param width of the page
 * @param height of the page
 * @param marks in the order they are drawn
 */
public record Drawing(double width, double height, List<Mark> marks) {

  /** Copies the marks. */
  public Drawing {
    marks = List.copyOf(marks);
  }

  /** Something drawn. */
  public sealed interface Mark {}

  /**
   * A filled rectangle with a thin edge.
   *
   * @param x left edge
   * @param y upper edge
   * @param width to the right
   * @param height downwards
   * @param round radius of the corners
   * @param rgb colour of the inside, 0xRRGGBB
   */
  public record Box(double x, double y, double width, double height, double round, int rgb)
      implements Mark {}

  /**
   * An arrow along a smooth curve downwards, vertical at every point.
   *
   * @param points at least two, each lower than the one before
   */
  public record Curve(List<Point> points) implements Mark {

    /** Copies the points. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * Words in one line, centred on x.
   *
   * @param x middle
   * @param y base line
   * @param size of the letters, points
   * @param text what is written
   */
  public record Words(double x, double y, double size, String text) implements Mark {}

  /**
   * A place.
   *
   * @param x to the right
   * @param y downwards
   */
  public record Point(double x, double y) {}
}
