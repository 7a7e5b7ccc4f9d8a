package dsa.figures;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Curves and their bands over an axis of doublings. */
final class LogCurves {

  private static final double MARGIN = 0.04; // share of the height left free above and below

  private LogCurves() {}

  static Figure of(String xLabel, String yLabel, boolean fromZero, List<? extends Series> series) {
    DoubleStream x = DoubleStream.empty();
    DoubleStream y = fromZero ? DoubleStream.of(0) : DoubleStream.empty();
    for (Series one : series) {
      if (one instanceof Line line) {
        x = DoubleStream.concat(x, Arrays.stream(line.x()));
        y = DoubleStream.concat(y, Arrays.stream(line.y()));
      } else if (one instanceof Band band) {
        x = DoubleStream.concat(x, Arrays.stream(band.x()));
        y = DoubleStream.concat(y, Arrays.stream(band.low()));
        y = DoubleStream.concat(y, Arrays.stream(band.high()));
      } else {
        throw new IllegalArgumentException(
            "a figure of curves takes lines and bands, not " + one.kind() + " " + one.name());
      }
    }
    if (series.isEmpty()) {
      throw new IllegalArgumentException("no models: a figure of curves needs a line");
    }
    Axis shown = Axis.covering(xLabel, Scale.LOG2, x.toArray());
    Axis height = Axis.covering(yLabel, Scale.LINEAR, y.toArray());
    double margin = (height.high() - height.low()) * MARGIN;
    return new Figure(
        "",
        shown.range(shown.low() / Math.sqrt(2), shown.high() * Math.sqrt(2)),
        height.range(height.low() - margin, height.high() + margin),
        List.copyOf(series));
  }
}
