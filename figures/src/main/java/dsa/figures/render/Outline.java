package dsa.figures.render;

import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Histogram;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Series;
import dsa.figures.StepLine;
import java.util.Arrays;

/**
 * A series as the polyline to be drawn, in fractions of the axes: 0 to 1 is inside. What lies
 * outside in x is cut where that changes nothing inside.
 */
final class Outline {

  /** Steps closer than this share of the x axis are drawn as one: a third of a point. */
  private static final double CELL = 1 / 1000.0;

  private double[] x = new double[64];
  private double[] y = new double[64];
  private int size;

  private Outline() {}

  static Outline of(Figure figure, Series series) {
    Outline outline = new Outline();
    Axis h = figure.x();
    Axis v = figure.y();
    if (series instanceof StepLine steps) {
      outline.steps(h, v, steps.x(), steps.y());
    } else if (series instanceof Line line) {
      outline.vertices(h, v, line.x(), line.y());
    } else if (series instanceof Points points) {
      outline.pointsInside(h, v, points.x(), points.y());
    } else if (series instanceof Histogram bars) {
      outline.bars(h, v, bars);
    } else if (series instanceof Band band) {
      outline.band(h, v, band);
    } else {
      throw new AssertionError(series.kind());
    }
    return outline;
  }

  /** Abscissas of the polyline. */
  double[] x() {
    return Arrays.copyOf(x, size);
  }

  /** Ordinates of the polyline. */
  double[] y() {
    return Arrays.copyOf(y, size);
  }

  int size() {
    return size;
  }

  private void add(double px, double py) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = px;
    y[size++] = py;
  }

  /** All steps of one cell become one riser at the first of them. */
  private void steps(Axis h, Axis v, double[] xs, double[] ys) {
    double height = v.fraction(v.low());
    boolean started = false;
    for (int i = 0; i < xs.length; ) {
      double at = h.fraction(xs[i]);
      if (at > 1) {
        break;
      }
      double end = Math.max(at, 0) + CELL;
      int last = i;
      while (last + 1 < xs.length && h.fraction(xs[last + 1]) < end) {
        last++;
      }
      double next = v.fraction(ys[last]);
      if (!started) {
        height = at >= 0 ? v.fraction(Math.max(0, v.low())) : next;
        started = true;
      }
      add(Math.max(at, 0), height);
      add(Math.max(at, 0), next);
      height = next;
      i = last + 1;
    }
    if (started && h.fraction(xs[xs.length - 1]) > 1) {
      add(1, height);
    }
  }

  private void vertices(Axis h, Axis v, double[] xs, double[] ys) {
    for (int i = 0; i < xs.length; i++) {
      add(h.fraction(xs[i]), v.fraction(ys[i]));
    }
  }

  private void pointsInside(Axis h, Axis v, double[] xs, double[] ys) {
    for (int i = 0; i < xs.length; i++) {
      double px = h.fraction(xs[i]);
      double py = v.fraction(ys[i]);
      if (px >= 0 && px <= 1 && py >= 0 && py <= 1) {
        add(px, py);
      }
    }
  }

  private void bars(Axis h, Axis v, Histogram bars) {
    double[] low = bars.low();
    double[] high = bars.high();
    double[] count = bars.count();
    double floor = v.fraction(Math.max(0, v.low()));
    add(h.fraction(low[0]), floor);
    for (int i = 0; i < low.length; i++) {
      add(h.fraction(low[i]), v.fraction(count[i]));
      add(h.fraction(high[i]), v.fraction(count[i]));
    }
    add(h.fraction(high[high.length - 1]), floor);
  }

  private void band(Axis h, Axis v, Band band) {
    double[] xs = band.x();
    edge(h, v, xs, band.low(), band.stepwise());
    int turn = size;
    edge(h, v, xs, band.high(), band.stepwise());
    for (int i = turn, j = size - 1; i < j; i++, j--) {
      double px = x[i];
      double py = y[i];
      x[i] = x[j];
      y[i] = y[j];
      x[j] = px;
      y[j] = py;
    }
  }

  private void edge(Axis h, Axis v, double[] xs, double[] ys, boolean stepwise) {
    double from = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < xs.length; i++) {
      double px = h.fraction(xs[i]);
      boolean inner = i > 0 && i < xs.length - 1;
      if (inner && px < from + CELL) {
        continue;
      }
      if (stepwise && i > 0) {
        add(px, y[size - 1]);
      }
      add(px, v.fraction(ys[i]));
      from = px;
    }
  }
}
