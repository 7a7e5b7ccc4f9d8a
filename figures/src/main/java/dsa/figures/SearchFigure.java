package dsa.figures;

import dsa.core.complexity.ComplexityMeasure;
import java.util.List;
import java.util.Optional;

/**
 * Random-search efficiency: the best error expected of m models against m, as in figures 6 and 10
 * of the ICCV 2019 paper.
 */
public final class SearchFigure {

  private SearchFigure() {}

  /**
   * The figure, with budgets on a logarithmic axis.
   *
   * @param given the measure held fixed, which the y axis names: {@code error | params}
   * @param series {@link Line}s over budgets of at least 1 and {@link Band}s of the same names
   */
  public static Figure of(Optional<ComplexityMeasure> given, List<? extends Series> series) {
    return LogCurves.of("experiment size", EdfFigure.errorLabel(given), false, series);
  }
}
