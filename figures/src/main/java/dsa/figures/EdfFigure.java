package dsa.figures;

import dsa.analysis.edf.Edf;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.run.Metric;
import dsa.figures.table.Decimals;
import java.util.List;
import java.util.Optional;

/**
 * Error distribution functions: cumulative probability against error, as in figures 3, 6 and 9 of
 * Radosavovic et al., ICCV 2019.
 */
public final class EdfFigure {

  /** How much of every distribution the default range shows at least. */
  private static final double SHOWN = 0.95;

  /** The share of models that must lie below a gap for it to end the axis. */
  private static final double MOST_DIVERGED = 0.5;

  /** The narrowest gap that ends the axis, in units of the metric. */
  private static final double GAP = 20;

  private EdfFigure() {}

  /**
   * The EDF as a line whose legend note reads {@code n|min|mean}, the number of models and two
   * errors to one decimal.
   */
  public static StepLine line(String name, Edf edf) {
    return StepLine.of(name, edf.values(), edf.cumulative())
        .noted(
            edf.size() + "|" + Decimals.fixed(edf.min(), 1) + "|" + Decimals.fixed(edf.mean(), 1));
  }

  /**
   * The figure, from the smallest error to where every line has reached 0.95, without the models
   * that a wide gap sets apart: those are said in the legend. A band belongs to the line of its
   * name.
   *
   * @param given the measure held fixed, which the x axis names: {@code error (%) | params}
   * @param series lines made by {@link #line} and bands, at least one line
   */
  public static Figure of(Optional<ComplexityMeasure> given, List<? extends Series> series) {
    return of(Metric.TEST_ERROR, given, series);
  }

  /** The same of another metric, which the x axis names instead of the error. */
  public static Figure of(
      Metric metric, Optional<ComplexityMeasure> given, List<? extends Series> series) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series one : series) {
      if (one instanceof StepLine line) {
        double[] x = line.x();
        double[] y = line.y();
        int last = lastShown(x, y);
        low = Math.min(low, x[0]);
        high = Math.max(high, x[last]);
      }
    }
    if (low > high) {
      throw new IllegalArgumentException("no models: an EDF figure needs at least one EDF");
    }
    Axis x = Axis.covering(label(metric, given), Scale.LINEAR, low, high);
    double end = x.high();
    return new Figure(
        "",
        x,
        Axis.linear("cumulative prob.", 0, 1),
        series.stream()
            .map(one -> one instanceof StepLine line ? marked(line, end) : one)
            .toList());
  }

  /**
   * The step at which 0.95 is reached, or an earlier one if all models above it are set apart by a
   * gap wider than all that lies below, as diverged models are at the error of guessing.
   */
  private static int lastShown(double[] x, double[] y) {
    int last = 0;
    while (last < x.length - 1 && y[last] < SHOWN) {
      double width = x[last] - x[0];
      if (y[last] >= MOST_DIVERGED && width > 0 && x[last + 1] - x[last] > Math.max(width, GAP)) {
        return last;
      }
      last++;
    }
    return last;
  }

  /** The line, saying how much of it lies beyond the axis where that is more than usual. */
  private static StepLine marked(StepLine line, double end) {
    double[] x = line.x();
    double[] y = line.y();
    double shown = 0;
    for (int i = 0; i < x.length && x[i] <= end; i++) {
      shown = y[i];
    }
    if (shown >= SHOWN) {
      return line;
    }
    String beyond = Decimals.fixed(100 * (1 - shown), 0) + " % above " + Decimals.fixed(end, 1);
    return line.noted(line.note().map(note -> note + "; ").orElse("") + beyond);
  }

  /** Such as {@code error (%)}. */
  static String withUnit(Metric metric) {
    return metric.axis() + " (" + metric.unit() + ")";
  }

  /** Such as {@code error (%)}, or {@code error (%) | params} where params are held fixed. */
  static String label(Metric metric, Optional<ComplexityMeasure> given) {
    return withUnit(metric) + given.map(measure -> " | " + measure.label()).orElse("");
  }
}
