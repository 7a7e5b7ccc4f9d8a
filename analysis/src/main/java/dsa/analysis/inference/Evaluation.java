package dsa.analysis.inference;

import dsa.analysis.edf.Edf;
import dsa.analysis.weighting.NormalizedPopulation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bootstrap evaluates in every resample. The smallest error cannot be asked for, nor the 0 %
 * quantile: the bootstrap is inconsistent for extremes (Bickel and Freedman, Annals of Statistics,
 * 1981). The expected best of m models can.
 *
 * @param grid the errors at which EDFs are evaluated, ascending, percent; the same for every
 *     population
 * @param epsilon where areas end, above 0, percent
 * @param quantiles probabilities in (0, 1)
 * @param budgets models per random search, at least 1, strictly ascending
 */
public record Evaluation(
    List<Double> grid, double epsilon, List<Double> quantiles, List<Integer> budgets) {

  /** How far up a grid reaches: the worst half percent of a population stretches no band. */
  private static final double GRID_END = 0.995;

  /** Copies the lists and checks the ranges. */
  public Evaluation {
    grid = List.copyOf(grid);
    quantiles = List.copyOf(quantiles);
    budgets = List.copyOf(budgets);
    for (int i = 1; i < grid.size(); i++) {
      if (!(grid.get(i) > grid.get(i - 1))) {
        throw new IllegalArgumentException(
            "grid[" + i + "]=" + grid.get(i) + " is not above " + grid.get(i - 1));
      }
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("area up to epsilon=" + epsilon + ", not above 0");
    }
    for (double p : quantiles) {
      if (!(p > 0 && p < 1)) {
        throw new IllegalArgumentException(
            "quantile at p=" + p + " outside (0, 1): extremes have no bootstrap interval");
      }
    }
    int before = 0;
    for (int budget : budgets) {
      if (budget <= before) {
        throw new IllegalArgumentException("budget " + budget + " does not exceed " + before);
      }
      before = budget;
    }
  }

  /**
   * Equally spaced errors from the smallest of all populations to the largest of their 99.5 %
   * quantiles.
   *
   * @param points how many, at least 2
   */
  public static List<Double> gridOver(List<NormalizedPopulation> populations, int points) {
    if (points < 2) {
      throw new IllegalArgumentException("points=" + points + " < 2");
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (NormalizedPopulation population : populations) {
      Edf edf = population.edf();
      low = Math.min(low, edf.min());
      high = Math.max(high, edf.quantile(GRID_END));
    }
    if (!(low < high)) {
      return List.of(low);
    }
    List<Double> grid = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      grid.add(i == points - 1 ? high : low + i * (high - low) / (points - 1));
    }
    return grid;
  }
}
