package dsa.analysis.planning;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.KolmogorovSmirnov;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How closely n models describe a space: the Kolmogorov-Smirnov distance D between samples of n
 * models and a large reference sample, against n.
 *
 * <p>Radosavovic et al., ICCV 2019, figure 7: reference of 2^14 models, 50 samples of every size
 * 2^0, 2^1, …, all drawn without replacement from the same population. Samples therefore share
 * models with the reference, and D falls below that of independent samples as n approaches its
 * size; if the reference is the whole population, D at full size is 0.
 */
public final class SampleSizeStudy {

  private static final double KOLMOGOROV_MEAN = Math.sqrt(Math.PI / 2) * Math.log(2); // 0.8687

  private SampleSizeStudy() {}

  /**
   * The distances at one sample size.
   *
   * @param size n, models in a sample
   * @param meanDistance mean D over the trials, in [0, 1]
   * @param standardDeviation of D over the trials, population kind
   * @param expectedDistance {@link SampleSizeStudy#expectedDistance} for independent samples
   */
  public record Point(
      int size, double meanDistance, double standardDeviation, double expectedDistance) {}

  /**
   * D against sample size for sizes 1, 2, 4, … up to the size of the reference.
   *
   * @param errors the population, at least one, finite
   * @param referenceSize models in the reference, drawn without replacement; at most all
   * @param trials samples of each size, at least 1
   * @param seed where the draws come from
   */
  public static List<Point> of(double[] errors, int referenceSize, int trials, SeedPath seed) {
    if (referenceSize < 1 || referenceSize > errors.length) {
      throw new IllegalArgumentException(
          "reference of " + referenceSize + " models from a population of " + errors.length);
    }
    if (trials < 1) {
      throw new IllegalArgumentException("trials=" + trials + " < 1");
    }
    Edf reference = Edf.of(draw(errors, referenceSize, seed.child("reference").generator()));
    List<Point> points = new ArrayList<>();
    for (int size = 1; size > 0 && size <= referenceSize; size *= 2) {
      SeedPath address = seed.child("sample").child(size);
      int n = size;
      double[] distances =
          IntStream.range(0, trials)
              .parallel()
              .mapToDouble(
                  t -> {
                    Edf sample = Edf.of(draw(errors, n, address.child(t).generator()));
                    return KolmogorovSmirnov.distances(reference, sample).distance();
                  })
              .toArray();
      double mean = 0;
      for (double d : distances) {
        mean += d / trials;
      }
      double variance = 0;
      for (double d : distances) {
        variance += (d - mean) * (d - mean) / trials;
      }
      points.add(new Point(size, mean, Math.sqrt(variance), expectedDistance(size, referenceSize)));
    }
    return points;
  }

  /**
   * The expected D of two independent samples of {@code n} and {@code m} models from one continuous
   * distribution: the mean of the Kolmogorov distribution with Stephens' correction, {@code 0.8687
   * / (s + 0.12 + 0.11/s)}, {@code s = √(nm/(n+m))}; 3/4 for one model against many.
   */
  public static double expectedDistance(int n, int m) {
    if (n < 1 || m < 1) {
      throw new IllegalArgumentException("samples of " + n + " and " + m + " models");
    }
    if (Math.min(n, m) == 1) {
      return 0.75; // E max(U, 1 - U), U uniform
    }
    double s = Math.sqrt((double) n * m / ((double) n + m));
    return KOLMOGOROV_MEAN / (s + 0.12 + 0.11 / s);
  }

  /** {@code count} of {@code values} without replacement: the first steps of a shuffle. */
  static double[] draw(double[] values, int count, RandomGenerator random) {
    double[] pool = values.clone();
    double[] drawn = new double[count];
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(pool.length - i);
      drawn[i] = pool[j];
      pool[j] = pool[i];
    }
    return drawn;
  }
}
