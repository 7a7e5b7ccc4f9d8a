package dsa.analysis.calibration;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Bootstrap;
import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.Dominance;
import dsa.analysis.inference.Evaluation;
import dsa.analysis.inference.PermutationWithinBins;
import dsa.analysis.inference.Verdict;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.List;
import java.util.Optional;

/**
 * One comparison of two populations, as far as it can be wrong about a difference that is known.
 * Epsilon is 20 %, all levels are 5 %.
 *
 * @param mean whether the interval of the difference of mean errors excludes 0
 * @param area whether that of the area difference does
 * @param distance whether the test of D rejects
 * @param joint whether the joint test of D and the area does
 * @param equal whether the interval of P(A better) at equal complexity excludes ½; that of P(A
 *     better) where there are no strata
 * @param tail whether the interval of the difference of 5 % quantiles excludes 0
 * @param verdict without a smallest difference that matters
 * @param coarsened whether strata had to be widened
 */
record Trial(
    boolean mean,
    boolean area,
    boolean distance,
    boolean joint,
    boolean equal,
    boolean tail,
    Verdict.Outcome verdict,
    boolean coarsened) {

  private static final double EPSILON = 20;

  /** How many resamples and permutations a simulated comparison has. */
  record Effort(int resamples, int permutations) {}

  static final Effort QUICK = new Effort(399, 199);

  /** Populations that cannot be compared, because they do not overlap: nothing is claimed. */
  private static Trial refused() {
    return new Trial(false, false, false, false, false, false, Verdict.Outcome.CANNOT_TELL, false);
  }

  boolean better() {
    return verdict == Verdict.Outcome.A_BETTER || verdict == Verdict.Outcome.B_BETTER;
  }

  static Trial of(
      Normalization normalization, List<Population> populations, Effort effort, SeedPath seed) {
    Normalization.Result normalized;
    try {
      normalized = normalization.of(populations);
    } catch (IllegalArgumentException e) {
      return refused();
    }
    List<NormalizedPopulation> models = normalized.populations();
    NormalizedPopulation a = models.get(0);
    NormalizedPopulation b = models.get(1);
    PairEstimates pair =
        Bootstrap.withDefaults()
            .resamples(effort.resamples)
            .run(
                models,
                new Evaluation(List.of(), EPSILON, List.of(0.05), List.of()),
                seed.child("bootstrap"))
            .pair(0, 1);
    PermutationWithinBins.Result test =
        PermutationWithinBins.withDefaults()
            .permutations(effort.permutations)
            .compare(a, b, EPSILON, seed.child("permutation"));
    boolean strata = normalized.strata().isPresent();
    Edf edfA = a.edf();
    Edf edfB = b.edf();
    Verdict verdict =
        Verdict.of(
            new Verdict.Evidence(
                "a",
                "b",
                Optional.of("params"),
                EPSILON,
                0.95,
                pair.areaDifference(),
                pair.probabilityABetterAtEqualComplexity().orElse(pair.probabilityABetter()),
                pair.quantileDifferences().get(0),
                strata ? test.jointPValue() : test.ks().pValue(),
                1,
                a.effectiveSampleSize(),
                b.effectiveSampleSize(),
                Dominance.of(edfA, edfB)),
            0);
    boolean coarsened = normalized.strata().map(s -> s.coarsened()).orElse(false);
    return new Trial(
        !pair.meanDifference().contains(0),
        !pair.areaDifference().contains(0),
        test.ks().pValue() <= 0.05,
        test.jointPValue() <= 0.05,
        !pair.probabilityABetterAtEqualComplexity().orElse(pair.probabilityABetter()).contains(0.5),
        !pair.quantileDifferences().get(0).contains(0),
        coarsened ? Verdict.Outcome.CANNOT_TELL : verdict.outcome(),
        coarsened);
  }
}
