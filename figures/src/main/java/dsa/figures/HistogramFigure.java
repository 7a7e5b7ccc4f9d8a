package dsa.figures;

import dsa.analysis.weighting.Bins;
import dsa.core.complexity.ComplexityMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Complexity distributions of populations, as in figure 5 of the ICCV 2019 paper. */
public final class HistogramFigure {

  /** Bars of one population, as in the paper's notebooks. */
  public static final int BARS = 36;

  private HistogramFigure() {}

  /**
   * The figure: {@value #BARS} equal bins from 0 to the largest complexity of all populations.
   *
   * @param clouds at least one
   * @param measure what the complexities count
   */
  public static Figure of(List<ModelCloud> clouds, ComplexityMeasure measure) {
    double largest = 0;
    for (ModelCloud cloud : clouds) {
      largest = Math.max(largest, Arrays.stream(cloud.complexities(measure)).max().orElseThrow());
    }
    return of(clouds, measure, 0, largest > 0 ? largest : 1);
  }

  /**
   * The figure over {@code low} to {@code high}, in the measure's unit; models outside are not
   * shown.
   */
  public static Figure of(
      List<ModelCloud> clouds, ComplexityMeasure measure, double low, double high) {
    Bins bins = new Bins(low, high, BARS);
    List<Series> series = new ArrayList<>();
    double tallest = 1;
    for (ModelCloud cloud : clouds) {
      Histogram histogram = Histogram.of(cloud.name(), cloud.complexities(measure), bins);
      series.add(histogram);
      tallest = Math.max(tallest, Arrays.stream(histogram.count()).max().orElseThrow());
    }
    if (series.isEmpty()) {
      throw new IllegalArgumentException("no models: a histogram figure needs a population");
    }
    return new Figure(
        "",
        Axis.linear(ModelCloud.label(measure), low, high),
        Axis.linear("number of models", 0, tallest * 1.05),
        series);
  }
}
