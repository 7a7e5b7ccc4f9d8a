package dsa.analysis.inference;

import dsa.analysis.weighting.NormalizedPopulation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The part of an area difference by bins that complexity inside the bins explains: what is left of
 * it on average when labels are permuted within narrow strata inside the bins, so that at equal
 * complexity the populations do not differ. Exact: the expectation over all such permutations.
 *
 * @param areaDifference that complexity inside the bins explains; A minus B
 * @param refined the area difference by the same bins with strata inside them
 */
public record Composition(double areaDifference, Interval refined) {

  /**
   * The composition of the area difference of {@code a} and {@code b}, in the unit of the
   * difference: positive if A would look better without being so.
   *
   * @param a weighted by bins
   * @param b weighted by the same bins
   * @param strataA the stratum of each model of A, nested in the bins; −1 for a model without a
   *     counterpart, which keeps its label
   * @param strataB of each model of B
   * @param epsilon where areas end, percent
   */
  static double expected(
      NormalizedPopulation a,
      NormalizedPopulation b,
      int[] strataA,
      int[] strataB,
      double epsilon) {
    int strata =
        1
            + Math.max(
                Arrays.stream(strataA).max().orElse(0), Arrays.stream(strataB).max().orElse(0));
    double[] gain = new double[strata];
    double[] models = new double[strata];
    double[] weight = new double[strata];
    double kept =
        tally(a, strataA, 1, epsilon, gain, models, weight)
            - tally(b, strataB, -1, epsilon, gain, models, weight);
    for (int s = 0; s < strata; s++) {
      kept += models[s] == 0 ? 0 : weight[s] * gain[s] / models[s];
    }
    return kept;
  }

  /**
   * The same from the populations in strata inside the bins.
   *
   * @param refinedA the models of A with strata for bins
   * @param refinedB the models of B with strata for bins
   */
  public static double expected(
      NormalizedPopulation a,
      NormalizedPopulation b,
      NormalizedPopulation refinedA,
      NormalizedPopulation refinedB,
      double epsilon) {
    return expected(a, b, strata(a, refinedA), strata(b, refinedB), epsilon);
  }

  private static int[] strata(NormalizedPopulation all, NormalizedPopulation refined) {
    Map<Integer, Integer> stratum = new HashMap<>();
    int[] source = refined.sourceIndices();
    int[] bins = refined.bins();
    for (int i = 0; i < source.length; i++) {
      stratum.put(source[i], bins[i]);
    }
    return Arrays.stream(all.sourceIndices()).map(i -> stratum.getOrDefault(i, -1)).toArray();
  }

  /** Adds a population to the sums of strata; returns what models without a stratum contribute. */
  private static double tally(
      NormalizedPopulation population,
      int[] stratum,
      int sign,
      double epsilon,
      double[] gain,
      double[] models,
      double[] weight) {
    double[] errors = population.errors();
    double[] weights = population.weights();
    double kept = 0;
    for (int i = 0; i < errors.length; i++) {
      double own = 1 - Math.min(1, errors[i] / epsilon);
      int s = stratum[i];
      if (s < 0) {
        kept += weights[i] * own;
      } else {
        gain[s] += own;
        models[s]++;
        weight[s] += sign * weights[i];
      }
    }
    return kept;
  }
}
