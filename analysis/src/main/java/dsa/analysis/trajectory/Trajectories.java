package dsa.analysis.trajectory;

import dsa.analysis.inference.Interval;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What several searches of one kind had found at places of their budgets that were fixed in
 * advance. All searches count; none is left out, and there is no best of several.
 */
public final class Trajectories {

  private final double[][] values; // of each repeat, at each checkpoint

  private Trajectories(double[][] values) {
    this.values = values;
  }

  /**
   * The values of repeats at checkpoints.
   *
   * @param values of each repeat, finite, as many for all; copied
   */
  public static Trajectories of(double[][] values) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("no repeats, or no checkpoints");
    }
    double[][] copy = new double[values.length][];
    for (int r = 0; r < copy.length; r++) {
      copy[r] = values[r].clone();
      if (copy[r].length != values[0].length
          || !Arrays.stream(copy[r]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "repeat " + r + " has the values " + Arrays.toString(copy[r]));
      }
    }
    return new Trajectories(copy);
  }

  /**
   * What the repeats had found at one checkpoint.
   *
   * @param mean over the repeats, with a bootstrap percentile interval
   * @param lowerQuartile of the repeats (Hyndman and Fan's type 7), as the next two
   * @param median of the repeats
   * @param upperQuartile of the repeats
   */
  public record Point(Interval mean, double lowerQuartile, double median, double upperQuartile) {}

  /** How many searches. */
  public int repeats() {
    return values.length;
  }

  /** How many checkpoints. */
  public int checkpoints() {
    return values[0].length;
  }

  /** The values of all repeats at a checkpoint, in their order. */
  public double[] at(int checkpoint) {
    return Arrays.stream(values).mapToDouble(of -> of[checkpoint]).toArray();
  }

  /**
   * The points of all checkpoints. A resample draws whole searches, the same for all checkpoints.
   *
   * @param resamples at least 2
   * @param level of the intervals, in (0, 1)
   * @param seed address of the resamples; does not depend on the thread count
   */
  public List<Point> points(int resamples, double level, SeedPath seed) {
    int n = values.length;
    double[][] means = new double[checkpoints()][resamples];
    IntStream.range(0, resamples)
        .parallel()
        .forEach(
            b -> {
              RandomStream random = seed.child(b).generator();
              double[] sums = new double[checkpoints()];
              for (int i = 0; i < n; i++) {
                double[] drawn = values[random.nextInt(n)];
                for (int c = 0; c < sums.length; c++) {
                  sums[c] += drawn[c];
                }
              }
              for (int c = 0; c < sums.length; c++) {
                means[c][b] = sums[c] / n;
              }
            });
    List<Point> points = new ArrayList<>();
    for (int c = 0; c < checkpoints(); c++) {
      double[] column = at(c);
      double[] quartiles = quantiles(column, 0.25, 0.5, 0.75);
      points.add(
          new Point(
              interval(mean(column), means[c], level), quartiles[0], quartiles[1], quartiles[2]));
    }
    return points;
  }

  static double mean(double[] column) {
    double sum = 0;
    for (double value : column) {
      sum += value;
    }
    return sum / column.length;
  }

  static double[] quantiles(double[] column, double... probabilities) {
    return Quantile.withDefaults()
        .with(Quantile.EstimationMethod.HF7)
        .evaluate(column, probabilities);
  }

  static Interval interval(double value, double[] drawn, double level) {
    double tail = (1 - level) / 2;
    double[] ends = quantiles(drawn, tail, 1 - tail);
    return new Interval(value, ends[0], ends[1]);
  }
}
