package dsa.analysis.weighting;

import dsa.analysis.edf.Edf;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How well the weights of two populations equalize complexity, and where the weight lies.
 *
 * @param logDifference the weighted mean ln complexity of A minus that of B; 0 if nothing is left
 * @param low the complexity below which 5 % of the weight of both lies, raw counts
 * @param lowerQuartile 25 %
 * @param median 50 %
 * @param upperQuartile 75 %
 * @param high 95 %
 */
public record ComplexityBalance(
    double logDifference,
    double low,
    double lowerQuartile,
    double median,
    double upperQuartile,
    double high) {

  /**
   * The balance of two populations that were normalized together.
   *
   * @throws IllegalArgumentException if nothing is held fixed, so that complexities are unknown
   */
  public static ComplexityBalance of(NormalizedPopulation a, NormalizedPopulation b) {
    double[] costs = concat(a.complexities(), b.complexities());
    if (!Arrays.stream(costs).allMatch(c -> c > 0)) {
      throw new IllegalArgumentException("complexities that are not above 0 have no logarithm");
    }
    Edf both = Edf.of(costs, concat(a.weights(), b.weights()));
    return new ComplexityBalance(
        meanLog(a) - meanLog(b),
        both.quantile(0.05),
        both.quantile(0.25),
        both.quantile(0.5),
        both.quantile(0.75),
        both.quantile(0.95));
  }

  private static double meanLog(NormalizedPopulation population) {
    double[] costs = population.complexities();
    double[] weights = population.weights();
    double sum = 0;
    double total = 0;
    for (int i = 0; i < costs.length; i++) {
      sum += weights[i] * Math.log(costs[i]);
      total += weights[i];
    }
    return sum / total;
  }

  private static double[] concat(double[] a, double[] b) {
    return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }
}
