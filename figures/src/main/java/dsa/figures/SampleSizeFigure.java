package dsa.figures;

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
}
