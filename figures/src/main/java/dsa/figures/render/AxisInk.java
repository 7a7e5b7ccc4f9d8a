package dsa.figures.render;

import dsa.figures.Axis;
import dsa.figures.Scale;
import java.util.function.Function;

/**
 * An axis in the chart library's terms: always linear, magnified to a length of at least 100 so
 * that its absolute tolerances do not matter, and a trifle longer than the figure's axis at both
 * ends, by unequal lengths (see {@link ChartInk}).
 */
final class AxisInk {

  private static final double BEFORE = 0.0060; // shares of the axis
  private static final double AFTER = 0.0061;

  private final Axis axis;
  private final double start;
  private final double length;
  private final double magnification;

  AxisInk(Axis axis) {
    this.axis = axis;
    this.start = axis.scale().position(axis.low());
    this.length = axis.scale().position(axis.high()) - start;
    this.magnification = Math.pow(10, Math.ceil(2 - Math.log10(length)));
  }

  double low() {
    return coordinate(-BEFORE);
  }

  double high() {
    return coordinate(1 + AFTER);
  }

  /** The chart's coordinate of a fraction of the axis. */
  double coordinate(double fraction) {
    return (start + fraction * length) * magnification;
  }

  double[] coordinates(double[] fractions) {
    double[] coordinates = new double[fractions.length];
    for (int i = 0; i < fractions.length; i++) {
      coordinates[i] = coordinate(fractions[i]);
    }
    return coordinates;
  }

  /** The least distance between ticks, in points: on logarithmic axes, that of one power. */
  int tickSpacing(int points, int axisPoints) {
    return axis.scale() == Scale.LINEAR
        ? points
        : Math.max(points, (int) Math.ceil(axisPoints / length));
  }

  /**
   * Tick labels by coordinate; none between the powers of a logarithmic axis. Two kinds of none,
   * for the library draws no ticks at all if both ends of an axis have the same label.
   */
  Function<Double, String> labels() {
    return coordinate -> {
      double position = coordinate / magnification;
      if (axis.scale() == Scale.LINEAR) {
        return Axis.tickLabel(position);
      }
      double power = Math.rint(position);
      if (Math.abs(position - power) < 1e-6
          && power > start - 0.1
          && power < start + length + 0.1) {
        return Axis.tickLabel(axis.scale().value(power));
      }
      return position < start + length / 2 ? "" : " ";
    };
  }
}
