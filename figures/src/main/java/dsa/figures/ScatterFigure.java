package dsa.figures;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Error against complexity, one point for each model, as in figure 4 of the ICCV 2019 paper. */
public final class ScatterFigure {

  /** The most points shown of one population, as in the paper's notebooks. */
  public static final int MOST_POINTS = 6000;

  private ScatterFigure() {}

  /**
   * The figure. Of a population with more than {@link #MOST_POINTS} models that many are drawn
   * without replacement, and the legend says so.
   *
   * @param clouds at least one
   * @param measure what the complexities count
   * @param seed where the draw happens, at a child for each population's name
   */
  public static Figure of(List<ModelCloud> clouds, ComplexityMeasure measure, SeedPath seed) {
    List<Series> series = new ArrayList<>();
    double[] x = {0};
    double[] y = {};
    for (ModelCloud cloud : clouds) {
      double[] complexities = cloud.complexities(measure);
      double[] errors = cloud.errors();
      int[] shown = subsample(cloud.size(), seed.child(cloud.name()).generator());
      Points points =
          Points.of(
              cloud.name(),
              Arrays.stream(shown).mapToDouble(i -> complexities[i]).toArray(),
              Arrays.stream(shown).mapToDouble(i -> errors[i]).toArray());
      series.add(
          shown.length < cloud.size()
              ? points.noted(shown.length + " of " + cloud.size())
              : points);
      x = join(x, complexities);
      y = join(y, errors);
    }
    if (series.isEmpty()) {
      throw new IllegalArgumentException("no models: a scatter figure needs a population");
    }
    return new Figure(
        "",
        Axis.covering(ModelCloud.label(measure), Scale.LINEAR, x),
        Axis.covering("error", Scale.LINEAR, y),
        series);
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
