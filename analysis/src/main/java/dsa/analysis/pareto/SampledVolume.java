package dsa.analysis.pareto;

import dsa.analysis.association.ParetoFront;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.stream.IntStream;

/** Hypervolumes of samples of one size, so that populations of different sizes are comparable. */
public final class SampledVolume {

  private SampledVolume() {}

  /**
   * The hypervolume of each of several samples, drawn with replacement, as a share of the rectangle
   * of the reference.
   *
   * @param size models of a sample, at least 1
   * @param samples how many, at least 1
   */
  public static double[] shares(
      double[] costs,
      double[] errors,
      int size,
      int samples,
      double referenceCost,
      double referenceError,
      SeedPath seed) {
    return IntStream.range(0, samples)
        .parallel()
        .mapToDouble(
            s -> {
              RandomStream random = seed.child(s).generator();
              double[] c = new double[size];
              double[] e = new double[size];
              for (int i = 0; i < size; i++) {
                int drawn = random.nextInt(costs.length);
                c[i] = costs[drawn];
                e[i] = errors[drawn];
              }
              return share(c, e, referenceCost, referenceError);
            })
        .toArray();
  }

  /** The hypervolume of models as a share of the rectangle of the reference. */
  public static double share(
      double[] costs, double[] errors, double referenceCost, double referenceError) {
    return ParetoFront.of(costs, errors).hypervolume(referenceCost, referenceError)
        / referenceCost
        / referenceError;
  }

  /** The share of b's front that some model of a's front is at least as good as, in both. */
  public static double coverage(
      double[] costsA, double[] errorsA, double[] costsB, double[] errorsB) {
    int[] a = ParetoFront.of(costsA, errorsA).indices();
    int[] b = ParetoFront.of(costsB, errorsB).indices();
    long covered =
        IntStream.of(b)
            .filter(
                j ->
                    IntStream.of(a)
                        .anyMatch(i -> costsA[i] <= costsB[j] && errorsA[i] <= errorsB[j]))
            .count();
    return (double) covered / b.length;
  }
}
