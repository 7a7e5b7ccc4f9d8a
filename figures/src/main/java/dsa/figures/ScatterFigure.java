package dsa.figures;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Error against complexity, one point for each model, as in figure 4 of the ICCV 2019 paper. */
public final class ScatterFigure {

  /** The most points shown of one population, as in the paper's notebooks. */
  public static final int MOST_POINTS = 6000;

  /** The share of every population that the default range shows at least. */
  private static final double SHOWN = 0.995;

  /** Errors of this many times what that share stays below do not stretch the range. */
  private static final double OUTLYING = 1.5;

  private ScatterFigure() {}

  /**
   * The figure. Of a population with more than {@link #MOST_POINTS} models that many are drawn
   * without replacement. Errors range up to the largest, or, if that is 1.5 times what 99.5 percent
   * of every population stay below, only up to there, so that one diverged model does not flatten
   * the others. The legend gives how many of how many are shown, if not all.
   *
   * @param clouds at least one
   * @param measure what the complexities count
   * @param seed where the draw happens, at a child for each population's name
   */
  public static Figure of(List<ModelCloud> clouds, ComplexityMeasure measure, SeedPath seed) {
    return of(Metric.TEST_ERROR, clouds, measure, seed);
  }

  /** The same of another metric, which the y axis names instead of the error. */
  public static Figure of(
      Metric metric, List<ModelCloud> clouds, ComplexityMeasure measure, SeedPath seed) {
    if (clouds.isEmpty()) {
      throw new IllegalArgumentException("no models: a scatter figure needs a population");
    }
    List<Series> series = new ArrayList<>();
    double[] x = {};
    Axis y = errors(metric, clouds.stream().map(ModelCloud::errors).toList());
    for (ModelCloud cloud : clouds) {
      double[] complexities = cloud.complexities(measure);
      double[] errors = cloud.errors();
      int[] drawn = subsample(cloud.size(), seed.child(cloud.name()).generator());
      Points points =
          Points.of(
              cloud.name(),
              Arrays.stream(drawn).mapToDouble(i -> complexities[i]).toArray(),
              Arrays.stream(drawn).mapToDouble(i -> errors[i]).toArray());
      long shown = Arrays.stream(drawn).filter(i -> errors[i] <= y.high()).count();
      series.add(
          shown < cloud.size() ? points.noted(shown + " of " + cloud.size() + " shown") : points);
      x = join(x, complexities);
    }
    return new Figure(
        "", Axis.covering(ModelCloud.label(measure), Scale.LINEAR, x).padded(), y, series);
  }

  /**
   * An axis for the errors of models, one array for each population: up to the largest, or, if that
   * is 1.5 times what 99.5 percent of every population stay below, only up to there.
   */
  static Axis errors(Metric metric, List<double[]> populations) {
    double lowest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double usual = Double.NEGATIVE_INFINITY;
    for (double[] errors : populations) {
      double[] sorted = errors.clone();
      Arrays.sort(sorted);
      lowest = Math.min(lowest, sorted[0]);
      largest = Math.max(largest, sorted[sorted.length - 1]);
      usual = Math.max(usual, sorted[(int) Math.ceil(SHOWN * sorted.length) - 1]);
    }
    double top = largest > OUTLYING * usual ? usual : largest;
    return Axis.covering(EdfFigure.withUnit(metric), Scale.LINEAR, lowest, top).padded();
  }

  /** At most {@link #MOST_POINTS} of the indices below {@code size}, ascending. */
  private static int[] subsample(int size, RandomStream random) {
    int[] indices = IntStream.range(0, size).toArray();
    int count = Math.min(size, MOST_POINTS);
    for (int i = 0; i < count && count < size; i++) {
      int other = i + random.nextInt(size - i);
      int held = indices[i];
      indices[i] = indices[other];
      indices[other] = held;
    }
    int[] chosen = Arrays.copyOf(indices, count);
    Arrays.sort(chosen);
    return chosen;
  }

  private static double[] join(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
