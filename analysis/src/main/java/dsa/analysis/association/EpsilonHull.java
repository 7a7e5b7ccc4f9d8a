package dsa.analysis.association;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The lower convex hull of error against cost, cut where the error stops falling, and what lies
 * close above it: the networks worth growing (microsoft/archai, {@code petridish}; Andrew's
 * monotone chain, 1979). Behind the cheapest of the best it goes on level, before the cheapest
 * there is none.
 */
public final class EpsilonHull {

  private final double[] costs;
  private final double[] errors;
  private final int[] vertices; // by ascending cost, strictly falling in error

  private EpsilonHull(double[] costs, double[] errors, int[] vertices) {
    this.costs = costs;
    this.errors = errors;
    this.vertices = vertices;
  }

  /**
   * The hull of the given models, in O(n log n).
   *
   * @param costs one for each model, finite
   * @param errors one for each model, finite
   */
  public static EpsilonHull of(double[] costs, double[] errors) {
    int[] order = ParetoFront.byCostThenError(costs, errors);
    for (int i : order) {
      if (Double.isInfinite(costs[i]) || Double.isInfinite(errors[i])) {
        throw new IllegalArgumentException(
            "model " + i + " is (" + costs[i] + ", " + errors[i] + ")");
      }
    }
    int[] chain = new int[order.length];
    int size = 0;
    for (int i : order) {
      if (size > 0 && errors[i] >= errors[chain[size - 1]]) {
        continue; // dearer and no better: the hull is level there
      }
      while (size > 1 && !turnsUp(costs, errors, chain[size - 2], chain[size - 1], i)) {
        size--;
      }
      chain[size++] = i;
    }
    return new EpsilonHull(costs.clone(), errors.clone(), Arrays.copyOf(chain, size));
  }

  /** Whether b lies strictly below the segment from a to c. */
  private static boolean turnsUp(double[] x, double[] y, int a, int b, int c) {
    return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]) > 0;
  }

  /** Where the corners of the hull stand in the columns, by ascending cost. */
  public int[] vertices() {
    return vertices.clone();
  }

  /** The error of the hull at a cost that is not below the cheapest model's. */
  public double at(double cost) {
    for (int v = 1; v < vertices.length; v++) {
      int a = vertices[v - 1];
      int b = vertices[v];
      if (cost < costs[b]) {
        double share = (cost - costs[a]) / (costs[b] - costs[a]);
        return errors[a] + share * (errors[b] - errors[a]);
      }
    }
    return errors[vertices[vertices.length - 1]];
  }

  /**
   * The models of at most {@code (1 + epsilon)} times the hull's error at their cost, in the order
   * of the columns. Those of the hull's corners are always among them.
   *
   * @param epsilon at least 0
   */
  public int[] within(double epsilon) {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon=" + epsilon + " < 0");
    }
    boolean[] corner = new boolean[costs.length];
    for (int vertex : vertices) {
      corner[vertex] = true;
    }
    return IntStream.range(0, costs.length)
        .filter(i -> corner[i] || errors[i] <= (1 + epsilon) * at(costs[i]))
        .toArray();
  }
}
