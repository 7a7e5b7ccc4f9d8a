package dsa.figures.html;

import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Histogram;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Scale;
import dsa.figures.Series;
import dsa.figures.StepLine;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What can be read off a figure, as a table: its curves and bands at the grid that they share, or
 * at {@value #ROWS} places along the axis, and the bars of histograms. The figure's CSV file has
 * every step.
 */
final class FigureNumbers {

  /** How many places curves of many steps are read at. */
  static final int ROWS = 25;

  private FigureNumbers() {}

  /** The table; empty if the figure has neither curves nor bars. */
  static Optional<Table> of(Figure figure) {
    List<Series> shown =
        figure.series().stream().filter(series -> !(series instanceof Points)).toList();
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number(axis(figure), 4));
    for (Series series : shown) {
      columns.add(Column.number(series.name() + (series instanceof Band ? ", from" : ""), 4));
      if (series instanceof Band) {
        columns.add(Column.number(series.name() + ", to", 4));
      }
    }
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (double x : places(figure, shown)) {
      List<Object> row = new ArrayList<>();
      row.add(x);
      for (Series series : shown) {
        if (series instanceof Band band) {
          row.add(at(band.x(), band.low(), x, band.stepwise()));
          row.add(at(band.x(), band.high(), x, band.stepwise()));
        } else if (series instanceof StepLine steps) {
          Optional<Double> y = at(steps.x(), steps.y(), x, true);
          row.add(y.isPresent() ? y : Optional.of(0.0)); // an EDF is 0 before its first step
        } else if (series instanceof Line line) {
          row.add(at(line.x(), line.y(), x, false));
        } else if (series instanceof Histogram bars) {
          int bar = Arrays.binarySearch(bars.low(), x);
          row.add(bar >= 0 ? Optional.of(bars.count()[bar]) : Optional.empty());
        }
      }
      table.row(row.toArray());
    }
    return Optional.of(table.build());
  }

  private static String axis(Figure figure) {
    boolean bars = figure.series().stream().anyMatch(series -> series instanceof Histogram);
    return bars ? figure.x().label() + ", from" : figure.x().label();
  }

  /** The grid of the curves if it is short, else places of equal distance on the axis. */
  private static List<Double> places(Figure figure, List<Series> shown) {
    TreeSet<Double> grid = new TreeSet<>();
    for (Series series : shown) {
      double[] x =
          series instanceof Histogram bars
              ? bars.low()
              : series instanceof Line line
                  ? line.x()
                  : series instanceof StepLine steps ? steps.x() : new double[0];
      Arrays.stream(x).forEach(grid::add);
    }
    boolean bars = shown.get(0) instanceof Histogram;
    if (!grid.isEmpty() && (bars || grid.size() <= ROWS)) {
      return List.copyOf(grid);
    }
    List<Double> places = new ArrayList<>();
    double low = figure.x().low();
    double high = figure.x().high();
    for (int i = 0; i < ROWS; i++) {
      double share = i / (ROWS - 1.0);
      places.add(
          figure.x().scale() == Scale.LINEAR
              ? low + share * (high - low)
              : low * Math.pow(high / low, share));
    }
    return places;
  }

  private static Optional<Double> at(double[] grid, double[] y, double x, boolean stepwise) {
    int found = Arrays.binarySearch(grid, x);
    int before = found >= 0 ? found : -found - 2;
    if (before < 0 || (before == grid.length - 1 && found < 0 && !stepwise)) {
      return Optional.empty();
    }
    if (stepwise || found >= 0) {
      return Optional.of(y[before]);
    }
    double share = (x - grid[before]) / (grid[before + 1] - grid[before]);
    return Optional.of(y[before] + share * (y[before + 1] - y[before]));
  }
}
