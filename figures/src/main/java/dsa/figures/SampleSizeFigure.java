package dsa.figures;

import dsa.analysis.planning.SampleSizeStudy;
import dsa.analysis.report.SampleSizeReport;
import java.util.List;

/**
 * How far samples of n models lie from the population they are drawn from: the Kolmogorov-Smirnov
 * distance D against n, as in figure 7 of the ICCV 2019 paper.
 */
public final class SampleSizeFigure {

  private SampleSizeFigure() {}

  /**
   * The figure, with sample sizes on a logarithmic axis.
   *
   * @param series {@link Line}s over sizes of at least 1 and {@link Band}s of the same names
   */
  public static Figure of(List<? extends Series> series) {
    return LogCurves.of("sample size", "KS statistic (D)", true, series);
  }

  /** The mean D of a report against n. */
  public static Figure of(SampleSizeReport report) {
    return of(
        List.of(
            Line.of(
                report.models().name(),
                report.distances().stream().mapToDouble(SampleSizeStudy.Point::size).toArray(),
                report.distances().stream()
                    .mapToDouble(SampleSizeStudy.Point::meanDistance)
                    .toArray())));
  }
}
