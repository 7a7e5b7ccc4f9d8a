package dsa.figures.render;

import dsa.figures.Figure;
import dsa.figures.Points;
import dsa.figures.Series;
import java.util.Arrays;
import java.util.Optional;

/** Where a legend goes: a corner of the plot in which it hides nothing. */
enum Corner {
  TOP_RIGHT(true, true),
  BOTTOM_RIGHT(true, false),
  TOP_LEFT(false, true),
  BOTTOM_LEFT(false, false);

  private static final double LEAST_WIDTH = 0.5;
  private static final double LINE = 0.075;
  private static final int PARTS = 20;

  private final boolean right;
  private final boolean top;

  Corner(boolean right, boolean top) {
    this.right = right;
    this.top = top;
  }

  /**
   * The first free corner in the order of the constants; empty if a legend of so many {@code lines}
   * and such {@code width}, as a share of the plot, would lie on a curve or a point in every
   * corner.
   */
  static Optional<Corner> free(Figure figure, int lines, double width) {
    double height = 0.04 + LINE * lines;
    return Arrays.stream(values())
        .filter(corner -> corner.isFree(figure, Math.max(LEAST_WIDTH, width), height))
        .findFirst();
  }

  private boolean isFree(Figure figure, double width, double height) {
    for (Series series : figure.series()) {
      Outline outline = Outline.of(figure, series);
      boolean joined = !(series instanceof Points);
      if (ink(outline, joined, width, height) > 0) {
        return false;
      }
    }
    return true;
  }

  /** How many of the outline's points, and of points between them, the legend would hide. */
  private int ink(Outline outline, boolean joined, double width, double height) {
    double[] x = outline.x();
    double[] y = outline.y();
    int ink = 0;
    for (int i = 0; i < x.length; i++) {
      for (int part = joined && i > 0 ? 1 - PARTS : 0; part <= 0; part++) {
        double back = -(double) part / PARTS; // 0 at this point, towards 1 at the one before
        double px = back == 0 ? x[i] : x[i] + back * (x[i - 1] - x[i]);
        double py = back == 0 ? y[i] : y[i] + back * (y[i - 1] - y[i]);
        if (hides(px, py, width, height)) {
          ink++;
        }
      }
    }
    return ink;
  }

  private boolean hides(double x, double y, double width, double height) {
    boolean inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
    return inside && (right ? x > 1 - width : x < width) && (top ? y > 1 - height : y < height);
  }
}
