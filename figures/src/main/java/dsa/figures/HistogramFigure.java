package dsa.figures;

import dsa.analysis.weighting.Bins;
import dsa.core.complexity.ComplexityMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Complexity distributions of populations, as in figure 5 of the ICCV 2019 paper. */
public final class HistogramFigure {

  /** The most bars of one population, as in the paper's notebooks. */
  public static final int BARS = 36;

  private static final int FEWEST_BARS = 5;

  private HistogramFigure() {}

  /**
   * The figure: equal bins from the smallest to the largest complexity of all populations: for the
   * smallest population of n models 2 n^(1/3) of them (the Rice rule), 5 to {@value #BARS}.
   *
   * @param clouds at least one
   * @param measure what the complexities count
   */
  public static Figure of(List<ModelCloud> clouds, ComplexityMeasure measure) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (ModelCloud cloud : clouds) {
      smallest = Math.min(smallest, Arrays.stream(cloud.complexities(measure)).min().orElseThrow());
      largest = Math.max(largest, Arrays.stream(cloud.complexities(measure)).max().orElseThrow());
    }
    if (clouds.isEmpty()) {
      throw new IllegalArgumentException("no models: a histogram figure needs a population");
    }
    Axis covering = Axis.covering("", Scale.LINEAR, smallest, largest);
    return of(clouds, measure, covering.low(), covering.high());
  }

  /**
   * The figure over {@code low} to {@code high}, in the measure's unit; models outside are not
   * shown.
   */
  public static Figure of(
      List<ModelCloud> clouds, ComplexityMeasure measure, double low, double high) {
    int fewest = clouds.stream().mapToInt(ModelCloud::size).min().orElse(1);
    int bars = (int) Math.ceil(2 * Math.cbrt(fewest));
    Bins bins = new Bins(low, high, Math.max(FEWEST_BARS, Math.min(BARS, bars)));
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
