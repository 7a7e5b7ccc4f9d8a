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
   * The figure, from the smallest error to where every line has reached 0.95. A band belongs to the
   * line of its name.
   *
   * @param given the measure held fixed, which the x axis names: {@code error | params}
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
        int reached = 0;
        while (reached < x.length - 1 && y[reached] < SHOWN) {
          reached++;
        }
        low = Math.min(low, x[0]);
        high = Math.max(high, x[reached]);
      }
    }
    if (low > high) {
      throw new IllegalArgumentException("no models: an EDF figure needs at least one EDF");
    }
    Axis x = Axis.covering(label(metric, given), Scale.LINEAR, low, high);
    return new Figure("", x, Axis.linear("cumulative prob.", 0, 1), List.copyOf(series));
  }

  /** Such as {@code error}, or {@code error | params} where params are held fixed. */
  static String label(Metric metric, Optional<ComplexityMeasure> given) {
    return metric.axis() + given.map(measure -> " | " + measure.label()).orElse("");
  }
}
