package dsa.analysis.inference;

import java.util.List;

/**
 * What the resamples say about every population and every pair.
 *
 * @param resamples how many were drawn
 * @param level of all intervals and bands, in (0, 1)
 * @param evaluation what was asked for
 * @param populations in the order they were given
 * @param pairs (0, 1), (0, 2), …, (1, 2), … of them
 */
public record BootstrapResult(
    int resamples,
    double level,
    Evaluation evaluation,
    List<PopulationEstimates> populations,
    List<PairEstimates> pairs) {

  /** Copies the lists. */
  public BootstrapResult {
    populations = List.copyOf(populations);
    pairs = List.copyOf(pairs);
  }

  /** The estimates of the {@code index}-th population. */
  public PopulationEstimates population(int index) {
    return populations.get(index);
  }

  /** The estimates of population {@code a} against population {@code b}, where a &lt; b. */
  public PairEstimates pair(int a, int b) {
    return pairs.stream()
        .filter(pair -> pair.a() == a && pair.b() == b)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no pair (" + a + ", " + b + ") with a < b"));
  }

  /**
   * Estimates for one population.
   *
   * @param edf the normalized EDF with its bands, within [0, 1]
   * @param area under the EDF up to epsilon
   * @param mean error, percent
   * @param quantiles in the order of the evaluation, percent
   * @param expectedBest of m models drawn with replacement, in the order of the budgets, percent
   * @param resamplesWithEmptyBin resamples in which some complexity bin held no model; the others
   *     then shared its weight. Many of them mean: fewer bins
   */
  public record PopulationEstimates(
      EdfBand edf,
      Interval area,
      Interval mean,
      List<Interval> quantiles,
      List<Interval> expectedBest,
      int resamplesWithEmptyBin) {

    /** Copies the lists. */
    public PopulationEstimates {
      quantiles = List.copyOf(quantiles);
      expectedBest = List.copyOf(expectedBest);
    }
  }

  /**
   * Estimates for a pair; every difference is A minus B.
   *
   * @param a index of the first population
   * @param b index of the second
   * @param difference F_A − F_B with its bands, within [−1, 1]
   * @param areaDifference positive if A is better
   * @param quantileDifferences in the order of the evaluation, percentage points; negative if A is
   *     better
   * @param probabilityABetter as in {@link EffectSizes}
   */
  public record PairEstimates(
      int a,
      int b,
      EdfBand difference,
      Interval areaDifference,
      List<Interval> quantileDifferences,
      Interval probabilityABetter) {

    /** Copies the list. */
    public PairEstimates {
      quantileDifferences = List.copyOf(quantileDifferences);
    }
  }
}
