package dsa.analysis.report;

import java.util.Arrays;
import java.util.List;

/**
 * The quantiles of errors that a comparison reports, ascending: a list of them is in this order.
 */
public enum ErrorQuantile {
  /** The error that the best twentieth of the models stays at or below. */
  BEST_TWENTIETH(0.05),
  /** The lower quartile. */
  LOWER_QUARTILE(0.25),
  /** The median. */
  MEDIAN(0.5),
  /** The upper quartile. */
  UPPER_QUARTILE(0.75),
  /** The error that all but the worst twentieth stay at or below. */
  WORST_TWENTIETH(0.95);

  private final double probability;

  ErrorQuantile(double probability) {
    this.probability = probability;
  }

  /** The share of the weight at or below it, in (0, 1). */
  public double probability() {
    return probability;
  }

  /** This one of a list that holds one number for each quantile. */
  public <T> T of(List<T> quantiles) {
    return quantiles.get(List.of(values()).indexOf(this));
  }

  /** All probabilities. */
  static List<Double> probabilities() {
    return Arrays.stream(values()).map(ErrorQuantile::probability).toList();
  }
}
