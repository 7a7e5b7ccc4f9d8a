package dsa.analysis.weighting;

import dsa.analysis.edf.Edf;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How well the weights of populations equalize complexity, and where the weight lies.
 *
 * @param logDifference the largest difference of the populations' weighted mean ln complexities, 0
 *     if nothing is left; of two populations A minus B
 * @param low the complexity below which 5 % of the weight of all lies, raw counts
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

  /** The balance of populations that were normalized together, at least two. */
  public static ComplexityBalance of(List<NormalizedPopulation> populations) {
    double[] costs = all(populations, NormalizedPopulation::complexities);
    double[] means = populations.stream().mapToDouble(ComplexityBalance::meanLog).toArray();
    Edf together = Edf.of(costs, all(populations, NormalizedPopulation::weights));
    return new ComplexityBalance(
        means.length == 2
            ? means[0] - means[1]
            : Arrays.stream(means).max().orElseThrow() - Arrays.stream(means).min().orElseThrow(),
        together.quantile(0.05),
        together.quantile(0.25),
        together.quantile(0.5),
        together.quantile(0.75),
        together.quantile(0.95));
  }

  private static double meanLog(NormalizedPopulation population) {
    double[] costs = population.complexities();
    double[] weights = population.weights();
    double sum = 0;
    double total = 0;
    for (int i = 0; i < costs.length; i++) {
      sum += weights[i] * Math.log(Math.max(1, costs[i])); // complexities are counts
      total += weights[i];
    }
    return sum / total;
  }

  private static double[] all(
      List<NormalizedPopulation> populations, Function<NormalizedPopulation, double[]> values) {
    return populations.stream().flatMapToDouble(p -> Arrays.stream(values.apply(p))).toArray();
  }
}
