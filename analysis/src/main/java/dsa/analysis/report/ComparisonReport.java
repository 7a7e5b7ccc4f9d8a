package dsa.analysis.report;

import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.BootstrapResult.PopulationEstimates;
import dsa.analysis.inference.Composition;
import dsa.analysis.inference.Dominance;
import dsa.analysis.inference.EffectSizes;
import dsa.analysis.inference.Interval;
import dsa.analysis.inference.KsResult;
import dsa.analysis.inference.PValueMethod;
import dsa.analysis.inference.PermutationWithinBins;
import dsa.analysis.inference.Verdict;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.run.PopulationOrigin;
import java.util.List;
import java.util.Optional;

/**
 * Everything one comparison found, as data: tables, figures and files are views of it. Made by
 * {@link Comparison}.
 *
 * @param settings what was asked for
 * @param normalization how complexity was taken out, and the bins that came of it
 * @param populations in the order they were given
 * @param pairs every pair of them, (0, 1), (0, 2), …, (1, 2), …, or those with one of them
 * @param sensitivity whether the difference hangs on settings; empty of more than two populations
 */
public record ComparisonReport(
    ComparisonSettings settings,
    Normalization.Result normalization,
    List<PopulationFindings> populations,
    List<PairFindings> pairs,
    Optional<Sensitivity> sensitivity) {

  /** Copies the lists. */
  public ComparisonReport {
    populations = List.copyOf(populations);
    pairs = List.copyOf(pairs);
  }

  /**
   * What was found about one population.
   *
   * @param models the models in use, with their weights
   * @param origin where they come from
   * @param runsPerModel trainings that an error is the mean of, on average; averaging narrows EDFs
   * @param estimates mean, quantiles, area, EDF and expected best errors with their uncertainty
   * @param median the smallest error that half of the weight reaches, with its interval, percent
   * @param search the random-search curve at the budgets asked for, with prediction bands
   * @param unweightedMean mean error of the same models with equal weights, percent
   */
  public record PopulationFindings(
      NormalizedPopulation models,
      PopulationOrigin origin,
      double runsPerModel,
      PopulationEstimates estimates,
      Interval median,
      List<RandomSearchCurve.Point> search,
      double unweightedMean) {

    /** Copies the list. */
    public PopulationFindings {
      search = List.copyOf(search);
    }

    /** The population's name. */
    public String name() {
      return models.name();
    }
  }

  /**
   * What was found about a pair; differences are A minus B.
   *
   * @param a index of the first population
   * @param b index of the second
   * @param unnormalized Kolmogorov-Smirnov test of the models in use with equal weights
   * @param normalized the same of the weighted EDFs, and the test of the area difference, both by
   *     permutation within bins
   * @param holm the p-value that the verdict rests on after Holm's correction for all pairs: {@link
   *     #pValue}
   * @param benjaminiHochberg the same after Benjamini and Hochberg's
   * @param effects effect sizes of the weighted EDFs
   * @param estimates differences with their uncertainty
   * @param dominance of the weighted EDFs
   * @param effort for each budget, the models a random search of A needs to match that of B
   * @param composition what complexity inside the bins explains; empty unless bins carry the
   *     weights
   * @param verdict what it comes to
   */
  public record PairFindings(
      int a,
      int b,
      KsResult unnormalized,
      PermutationWithinBins.Result normalized,
      double holm,
      double benjaminiHochberg,
      EffectSizes effects,
      PairEstimates estimates,
      Dominance dominance,
      List<RandomSearchCurve.Effort> effort,
      Optional<Composition> composition,
      Verdict verdict) {

    /** Copies the list. */
    public PairFindings {
      effort = List.copyOf(effort);
    }

    /**
     * The p-value of the pair before any correction: of area and distance together in strata, of
     * the distance otherwise.
     */
    public double pValue() {
      return pValue(normalized);
    }

    static double pValue(PermutationWithinBins.Result test) {
      return test.ks().method() == PValueMethod.PERMUTATION_WITHIN_STRATA
          ? test.jointPValue()
          : test.ks().pValue();
    }

    /** Whether no permutation was as extreme as the data: the p-value is an upper bound then. */
    public boolean pAtFloor() {
      return pValue() <= normalized.floor();
    }

    /** P(A better) as the verdict uses it: among models of equal complexity if there are strata. */
    public Interval probabilityABetter() {
      return estimates.probabilityABetterAtEqualComplexity().orElse(estimates.probabilityABetter());
    }
  }

  /** The label of the measure held fixed, if one was. */
  public Optional<String> given() {
    return normalization.given().map(measure -> measure.label());
  }

  /** What the numbers are conditional on, in one line. */
  public String conditions() {
    StringBuilder line = new StringBuilder(Conditions.line(normalization));
    if (populations.stream().anyMatch(p -> p.models().diverged() > 0)) {
      line.append("; diverged models ")
          .append(settings.diverged() == DivergedModels.WORST ? "kept as worst" : "dropped");
    }
    return line.append("; area up to ")
        .append(Conditions.number(settings.epsilon()))
        .append(" " + normalization.metric().unit() + "; seed ")
        .append(settings.seed())
        .toString();
  }

  /** What the comparison of several comes to. */
  public Ranking ranking() {
    return Ranking.of(this);
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    return ComparisonWarnings.of(this);
  }
}
