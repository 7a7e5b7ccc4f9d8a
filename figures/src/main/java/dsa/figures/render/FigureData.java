package dsa.figures.render;

import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Histogram;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Series;
import dsa.figures.StepLine;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.util.Optional;

/** The numbers of a figure as one long table, the form that its CSV has. */
final class FigureData {

  private FigureData() {}

  static Table of(Figure figure) {
    Table.Builder table =
        Table.of(
            Column.count("series"),
            Column.text("kind"),
            Column.number("x", 6),
            Column.number("y", 6),
            Column.number("low", 6),
            Column.number("high", 6),
            Column.text("name"));
    for (int s = 0; s < figure.series().size(); s++) {
      rows(table, s + 1, figure.series().get(s));
    }
    return table.build();
  }

  private static void rows(Table.Builder table, int number, Series series) {
    Optional<Double> none = Optional.empty();
    if (series instanceof Band band) {
      double[] x = band.x();
      double[] low = band.low();
      double[] high = band.high();
      for (int i = 0; i < x.length; i++) {
        table.row(number, series.kind(), x[i], none, low[i], high[i], series.name());
      }
    } else if (series instanceof Histogram bars) {
      double[] low = bars.low();
      double[] high = bars.high();
      double[] count = bars.count();
      for (int i = 0; i < low.length; i++) {
        double middle = (low[i] + high[i]) / 2;
        table.row(number, series.kind(), middle, count[i], low[i], high[i], series.name());
      }
    } else {
      double[] x = abscissas(series);
      double[] y = ordinates(series);
      for (int i = 0; i < x.length; i++) {
        table.row(number, series.kind(), x[i], y[i], none, none, series.name());
      }
    }
  }

  private static double[] abscissas(Series series) {
    if (series instanceof StepLine steps) {
      return steps.x();
    } else if (series instanceof Line line) {
      return line.x();
    } else if (series instanceof Points points) {
      return points.x();
    }
    throw new AssertionError(series.kind());
  }

  private static double[] ordinates(Series series) {
    if (series instanceof StepLine steps) {
      return steps.y();
    } else if (series instanceof Line line) {
      return line.y();
    } else if (series instanceof Points points) {
      return points.y();
    }
    throw new AssertionError(series.kind());
  }
}
