package dsa.analysis.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the resamples say about every population and every pair.
 *
 * @param resamples how many were drawn
 * @param level of all intervals and bands, in (0, 1)
 * @param evaluation what was asked for
 * @param populations in the order they were given
 * @param pairs of them, by default all: (0, 1), (0, 2), …, (1, 2), …
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

  /**
   * Two of the populations.
   *
   * @param a index of the first
   * @param b index of the second, above a
   */
  public record PairOf(int a, int b) {

    /** (0, 1), (0, 2), …, (1, 2), … of {@code populations}. */
    public static List<PairOf> all(int populations) {
      List<PairOf> pairs = new ArrayList<>();
      for (int a = 0; a < populations; a++) {
        for (int b = a + 1; b < populations; b++) {
          pairs.add(new PairOf(a, b));
        }
      }
      return pairs;
    }

    /** Those with {@code reference}, by the index of the other. */
    public static List<PairOf> with(int reference, int populations) {
      List<PairOf> pairs = new ArrayList<>();
      for (int other = 0; other < populations; other++) {
        if (other != reference) {
          pairs.add(new PairOf(Math.min(reference, other), Math.max(reference, other)));
        }
      }
      return pairs;
    }
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
   * @param difference F_A − F_B with its bands, within [−1, 1]. In strata, the simultaneous band is
   *     [−1, 1] where fewer than ten effective models of a population lie on either side: there it
   *     would miss too often
   * @param areaDifference positive if A is better
   * @param meanDifference of the errors, percentage points; negative if A is better
   * @param quantileDifferences in the order of the evaluation, percentage points; negative if A is
   *     better
   * @param probabilityABetter as in {@link EffectSizes}
   * @param probabilityABetterAtEqualComplexity the same among models of one stratum, Σ ω_s P_s over
   *     the strata: not diluted by differences of complexity. Empty without strata or where {@link
   *     Bootstrap#inBrief} leaves it out
   * @param byComplexity the area difference in groups of adjacent strata of about equal weight,
   *     ascending; empty likewise
   */
  public record PairEstimates(
      int a,
      int b,
      EdfBand difference,
      Interval areaDifference,
      Interval meanDifference,
      List<Interval> quantileDifferences,
      Interval probabilityABetter,
      Optional<Interval> probabilityABetterAtEqualComplexity,
      List<ComplexityGroup> byComplexity) {

    /** Copies the lists. */
    public PairEstimates {
      quantileDifferences = List.copyOf(quantileDifferences);
      byComplexity = List.copyOf(byComplexity);
    }
  }

  /**
   * How a pair differs in one part of the range of complexity.
   *
   * @param firstStratum of the group
   * @param lastStratum of the group, not below the first
   * @param share of the whole weight
   * @param areaDifference positive if A is better there
   */
  public record ComplexityGroup(
      int firstStratum, int lastStratum, double share, Interval areaDifference) {}
}
