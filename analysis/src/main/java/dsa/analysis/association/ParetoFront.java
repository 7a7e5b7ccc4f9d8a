package dsa.analysis.association;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The models that no other model beats at both cost and error; less is better in both. A model is
 * beaten by one that is no worse in either and better in one, so models that agree in both stand on
 * the front together.
 */
public final class ParetoFront {

  private final double[] costs;
  private final double[] errors;
  private final int[] indices; // by ascending cost, so by descending error

  private ParetoFront(double[] costs, double[] errors, int[] indices) {
    this.costs = costs;
    this.errors = errors;
    this.indices = indices;
  }

  /** The models by ascending cost, those of one cost by ascending error; rejects NaN and none. */
  static int[] byCostThenError(double[] costs, double[] errors) {
    if (costs.length != errors.length || costs.length == 0) {
      throw new IllegalArgumentException(
          costs.length + " costs and " + errors.length + " errors: not one of each per model");
    }
    for (int i = 0; i < costs.length; i++) {
      if (Double.isNaN(costs[i]) || Double.isNaN(errors[i])) {
        throw new IllegalArgumentException(
            "model " + i + " is (" + costs[i] + ", " + errors[i] + ")");
      }
    }
    return IntStream.range(0, costs.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> costs[i]).thenComparingDouble(i -> errors[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The front of the given models, in O(n log n).
   *
   * @param costs one for each model, not NaN; any unit
   * @param errors one for each model, not NaN; any unit
   */
  public static ParetoFront of(double[] costs, double[] errors) {
    int[] byCost = byCostThenError(costs, errors);
    IntStream.Builder front = IntStream.builder();
    int last = -1;
    for (int i : byCost) {
      if (last < 0
          || errors[i] < errors[last]
          || (errors[i] == errors[last] && costs[i] == costs[last])) {
        front.add(i);
        last = i;
      }
    }
    return new ParetoFront(costs.clone(), errors.clone(), front.build().toArray());
  }

  /** Where the models of the front stand in the columns, by ascending cost. */
  public int[] indices() {
    return indices.clone();
  }

  /**
   * The area that the front dominates below a reference point, exactly: the share of all (cost,
   * error) worse than some model, times the rectangle. Models that do not beat the reference in
   * both add nothing.
   *
   * @param referenceCost in the unit of the costs
   * @param referenceError in the unit of the errors
   * @return in the product of the two units, at least 0
   */
  public double hypervolume(double referenceCost, double referenceError) {
    double volume = 0;
    double worst = referenceError;
    for (int i : indices) {
      if (costs[i] < referenceCost && errors[i] < worst) {
        volume += (referenceCost - costs[i]) * (worst - errors[i]);
        worst = errors[i];
      }
    }
    return volume;
  }
}
