package dsa.figures.render;

import java.awt.Color;
import java.util.List;

/**
 * What a figure is drawn on. Lengths are in units of the drawing, x to the right, y downwards; a
 * canvas decides how large a unit is in print.
 */
interface Canvas {

  /** Where a text stands beside its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * How a line is drawn.
   *
   * @param dash lengths drawn and left out in turn; empty for a solid line
   */
  record Pen(Color color, double width, List<Float> dash) {}

  /** Fills a polygon. */
  void fill(double[] x, double[] y, Color color);

  /** Fills a circle. */
  void disc(double x, double y, double radius, Color color);

  /** Draws a polyline. */
  void stroke(double[] x, double[] y, Pen pen);

  /** Writes black text whose baseline begins, is centred or ends at a point. */
  void text(String text, double x, double y, double size, Anchor anchor);

  /** The same from the bottom upwards, turned by a right angle, centred. */
  void upright(String text, double x, double y, double size);

  /** Draws what {@code inside} draws, within a rectangle alone. */
  void clipped(double x, double y, double width, double height, Runnable inside);
}
