package dsa.figures;

import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.RandomSearchReport;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Random-search efficiency: the best error expected of m models against m, as in figures 6 and 10
 * of the ICCV 2019 paper.
 */
public final class RandomSearchFigure {

  private RandomSearchFigure() {}

  /**
   * The figure, with budgets on a logarithmic axis.
   *
   * @param given the measure held fixed, which the y axis names: {@code error (%) | params}
   * @param series {@link Line}s over budgets of at least 1 and {@link Band}s of the same names
   */
  public static Figure of(Optional<ComplexityMeasure> given, List<? extends Series> series) {
    return of(Metric.TEST_ERROR, given, series);
  }

  /** The same of another metric, which the y axis names instead of the error. */
  public static Figure of(
      Metric metric, Optional<ComplexityMeasure> given, List<? extends Series> series) {
    return LogCurves.of("experiment size", EdfFigure.label(metric, given), false, series);
  }

  /** The expected best errors of a report, with bands that hold the result of one search. */
  public static Figure of(RandomSearchReport report) {
    List<Series> series = new ArrayList<>();
    double[] budgets = report.budgets().stream().mapToDouble(Long::doubleValue).toArray();
    for (RandomSearchReport.PopulationSearch population : report.populations()) {
      String name = population.models().name();
      List<RandomSearchCurve.Point> points = population.points();
      series.add(
          Line.of(
              name,
              budgets,
              points.stream().mapToDouble(RandomSearchCurve.Point::expectedBest).toArray()));
      series.add(
          Band.linear(
              name,
              budgets,
              points.stream().mapToDouble(RandomSearchCurve.Point::low).toArray(),
              points.stream().mapToDouble(RandomSearchCurve.Point::high).toArray()));
    }
    return of(report.normalization().given(), series);
  }
}
