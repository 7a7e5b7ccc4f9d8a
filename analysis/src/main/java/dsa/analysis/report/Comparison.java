package dsa.analysis.report;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Bootstrap;
import dsa.analysis.inference.BootstrapResult;
import dsa.analysis.inference.BootstrapResult.PairOf;
import dsa.analysis.inference.Composition;
import dsa.analysis.inference.Dominance;
import dsa.analysis.inference.EffectSizes;
import dsa.analysis.inference.Evaluation;
import dsa.analysis.inference.KolmogorovSmirnov;
import dsa.analysis.inference.KsResult;
import dsa.analysis.inference.MultipleComparisons;
import dsa.analysis.inference.PermutationWithinBins;
import dsa.analysis.inference.Verdict;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.io.NearNames;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleConsumer;

/**
 * Compares design spaces through their populations: normalizes them together, then tests, measures
 * and bounds every difference, in the way of Radosavovic et al., ICCV 2019, with uncertainty added.
 */
public final class Comparison {

  /** Percent. */
  private static final double MOST_ERROR = 100;

  /** More populations than this are compared with one of them, not each with each. */
  static final int MOST_WITH_ALL_PAIRS = 20;

  /** More pairs than this are not looked at stratum by stratum. */
  private static final int MOST_IN_DETAIL = 6;

  /** Points at which EDFs get their bands. */
  private static final int GRID_POINTS = 512;

  /** About as much of the time as the bootstrap takes. */
  private static final double BOOTSTRAP_SHARE = 0.4;

  private final List<Population> populations;
  private final ComparisonSettings settings;
  private final DoubleConsumer progress;

  private Comparison(
      List<Population> populations, ComparisonSettings settings, DoubleConsumer progress) {
    this.populations = populations;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * The comparison of every pair of {@code populations} as the command line makes it where nothing
   * is said ({@link ComparisonSettings#fittedTo}).
   *
   * @param seed of everything random; the same seed gives the same report
   */
  public static Comparison fittedTo(List<Population> populations, long seed) {
    return of(populations, ComparisonSettings.fittedTo(populations, seed));
  }

  /** The comparison of every pair of {@code populations} under {@code settings}. */
  public static Comparison of(List<Population> populations, ComparisonSettings settings) {
    return new Comparison(List.copyOf(populations), settings, share -> {});
  }

  /** Tells {@code watcher}, from several threads, the share of the work that is done. */
  public Comparison watchedBy(DoubleConsumer watcher) {
    return new Comparison(populations, settings, watcher);
  }

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if there are fewer than two populations, names repeat, the
   *     models were trained on different data, or they cannot be weighted together (see {@link
   *     Normalization#of})
   */
  public ComparisonReport report() {
    if (populations.size() < 2) {
      throw new IllegalArgumentException("a comparison needs two populations or more");
    }
    Set<String> names = new HashSet<>();
    for (Population population : populations) {
      if (!names.add(population.name())) {
        throw new IllegalArgumentException(
            "two populations are called " + population.name() + "; name them apart with name=file");
      }
    }
    refuseOtherDatasets(populations);
    SeedPath seed = SeedPath.root(settings.seed()).child("compare");
    Normalization.Result normalized = settings.weighting().of(populations, settings.diverged());
    List<NormalizedPopulation> models = normalized.populations();
    refuseEpsilonBelowAllErrors(models);
    List<PairOf> of = pairsOf(models);
    // One thread is busy with these; the resamples are shared out among the others and then it.
    CompletableFuture<List<KsResult>> unnormalized =
        CompletableFuture.supplyAsync(() -> unnormalized(models, of));
    Bootstrap resampling =
        Bootstrap.withDefaults()
            .resamples(settings.resamples())
            .level(settings.level())
            .watchedBy(share -> progress.accept(BOOTSTRAP_SHARE * share));
    BootstrapResult bootstrap =
        (of.size() > MOST_IN_DETAIL ? resampling.inBrief() : resampling)
            .run(models, of, evaluation(models), seed.child("bootstrap"));
    List<Edf> edfs = models.stream().map(NormalizedPopulation::edf).toList();
    List<RandomSearchCurve> curves = edfs.stream().map(RandomSearchCurve::withReplacement).toList();
    List<PopulationFindings> findings = new ArrayList<>();
    for (int p = 0; p < models.size(); p++) {
      RandomSearchCurve curve = curves.get(p);
      findings.add(
          new PopulationFindings(
              models.get(p),
              populations.get(p).origin(),
              runsPerModel(populations.get(p)),
              bootstrap.population(p),
              ErrorQuantile.MEDIAN.of(bootstrap.population(p).quantiles()),
              settings.budgets().stream().map(m -> curve.at(m, settings.level())).toList(),
              models.get(p).unweightedEdf().mean()));
    }
    return new ComparisonReport(
        settings,
        normalized,
        findings,
        pairs(normalized, edfs, curves, bootstrap, unnormalized.join(), seed),
        models.size() == 2
            ? Optional.of(
                Sensitivity.of(
                    populations, settings, normalized, bootstrap.pair(0, 1).areaDifference()))
            : Optional.empty());
  }

  /** All pairs, or those with the reference; of very many populations that is the best. */
  private List<PairOf> pairsOf(List<NormalizedPopulation> models) {
    int n = models.size();
    Optional<String> asked = settings.reference();
    if (asked.isPresent()) {
      for (int p = 0; p < n; p++) {
        if (models.get(p).name().equals(asked.get())) {
          return PairOf.with(p, n);
        }
      }
      List<String> names = models.stream().map(NormalizedPopulation::name).toList();
      List<String> near = NearNames.of(asked.get(), Set.copyOf(names));
      throw new IllegalArgumentException(
          "the reference, "
              + asked.get()
              + ", is none of the populations; "
              + (near.isEmpty()
                  ? "they are " + String.join(", ", names)
                  : "did you mean " + String.join(" or ", near) + "?"));
    }
    if (n <= MOST_WITH_ALL_PAIRS) {
      return PairOf.all(n);
    }
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < n; p++) {
      double area = models.get(p).edf().area(settings.epsilon());
      if (area > largest) {
        best = p;
        largest = area;
      }
    }
    return PairOf.with(best, n);
  }

  /** Tests without weights. */
  private static List<KsResult> unnormalized(List<NormalizedPopulation> models, List<PairOf> of) {
    return of.stream()
        .map(
            pair ->
                KolmogorovSmirnov.compare(
                    models.get(pair.a()).errors(), models.get(pair.b()).errors()))
        .toList();
  }

  private static void refuseOtherDatasets(List<Population> populations) {
    Population first = null;
    for (Population population : populations) {
      if (population.origin().dataset().isEmpty()) {
        continue;
      }
      if (first == null) {
        first = population;
      } else if (!first.origin().dataset().equals(population.origin().dataset())) {
        throw new IllegalArgumentException(
            first.name()
                + " was trained on "
                + first.origin().dataset().orElseThrow()
                + ", "
                + population.name()
                + " on "
                + population.origin().dataset().orElseThrow()
                + ": errors on different data are not compared");
      }
    }
  }

  private static double runsPerModel(Population population) {
    long runs = 0;
    for (TrainedModel model : population.models()) {
      runs += model.runs();
    }
    return (double) runs / population.models().size();
  }

  /**
   * What complexity inside the bins explains, for every pair; empty unless bins carry the weights.
   */
  private List<Optional<Composition>> compositions(
      Normalization.Result normalized, List<BootstrapResult.PairEstimates> pairs, SeedPath seed) {
    if (!(settings.weighting() instanceof Weighting.PublishedBins bins)) {
      return Collections.nCopies(pairs.size(), Optional.empty());
    }
    List<NormalizedPopulation> refined =
        bins.refined(populations, settings.diverged()).populations();
    BootstrapResult resampled =
        Bootstrap.withDefaults()
            .resamples(settings.resamples())
            .level(settings.level())
            .run(
                refined,
                pairs.stream().map(pair -> new PairOf(pair.a(), pair.b())).toList(),
                new Evaluation(List.of(), settings.epsilon(), List.of(), List.of()),
                seed.child("refined"));
    List<Optional<Composition>> compositions = new ArrayList<>();
    for (BootstrapResult.PairEstimates pair : pairs) {
      compositions.add(
          Optional.of(
              new Composition(
                  Composition.expected(
                      normalized.populations().get(pair.a()),
                      normalized.populations().get(pair.b()),
                      refined.get(pair.a()),
                      refined.get(pair.b()),
                      settings.epsilon()),
                  resampled.pair(pair.a(), pair.b()).areaDifference())));
    }
    return compositions;
  }

  private void refuseEpsilonBelowAllErrors(List<NormalizedPopulation> models) {
    double least = models.stream().mapToDouble(p -> p.errors()[0]).min().orElseThrow();
    if (settings.epsilon() <= least && least < MOST_ERROR) { // else no epsilon is above it
      throw new IllegalArgumentException(
          "epsilon, "
              + Conditions.number(settings.epsilon())
              + " %, is below every error, of which the smallest is "
              + Conditions.number(least)
              + " %: areas and means up to it say nothing; use a larger one");
    }
  }

  private Evaluation evaluation(List<NormalizedPopulation> models) {
    return new Evaluation(
        Evaluation.gridOver(models, GRID_POINTS),
        settings.epsilon(),
        ErrorQuantile.probabilities(),
        settings.budgets());
  }

  private List<PairFindings> pairs(
      Normalization.Result normalized,
      List<Edf> edfs,
      List<RandomSearchCurve> curves,
      BootstrapResult bootstrap,
      List<KsResult> unnormalized,
      SeedPath seed) {
    List<NormalizedPopulation> models = normalized.populations();
    List<BootstrapResult.PairEstimates> estimates = bootstrap.pairs();
    PermutationWithinBins test =
        PermutationWithinBins.withDefaults().permutations(settings.permutations());
    List<PermutationWithinBins.Result> tests = new ArrayList<>();
    for (int k = 0; k < estimates.size(); k++) {
      tests.add(
          test.compare(
              models.get(estimates.get(k).a()),
              models.get(estimates.get(k).b()),
              settings.epsilon(),
              seed.child("permutation").child(k)));
      progress.accept(BOOTSTRAP_SHARE + (1 - BOOTSTRAP_SHARE) * (k + 1) / estimates.size());
    }
    double[] pValues = tests.stream().mapToDouble(PairFindings::pValue).toArray();
    double[] holm = MultipleComparisons.holm(pValues);
    double[] benjaminiHochberg = MultipleComparisons.benjaminiHochberg(pValues);
    List<Optional<Composition>> compositions = compositions(normalized, estimates, seed);
    List<PairFindings> pairs = new ArrayList<>();
    for (int k = 0; k < estimates.size(); k++) {
      BootstrapResult.PairEstimates pair = estimates.get(k);
      NormalizedPopulation a = models.get(pair.a());
      NormalizedPopulation b = models.get(pair.b());
      Dominance dominance = Dominance.of(edfs.get(pair.a()), edfs.get(pair.b()));
      pairs.add(
          new PairFindings(
              pair.a(),
              pair.b(),
              unnormalized.get(k),
              tests.get(k),
              holm[k],
              benjaminiHochberg[k],
              EffectSizes.of(
                  edfs.get(pair.a()),
                  edfs.get(pair.b()),
                  settings.epsilon(),
                  ErrorQuantile.probabilities()),
              pair,
              dominance,
              settings.budgets().stream()
                  .map(m -> curves.get(pair.a()).effortToMatch(curves.get(pair.b()), m))
                  .toList(),
              compositions.get(k),
              Verdict.of(
                  new Verdict.Evidence(
                      a.name(),
                      b.name(),
                      normalized.given().map(ComplexityMeasure::label),
                      settings.epsilon(),
                      settings.level(),
                      pair.areaDifference(),
                      pair.probabilityABetterAtEqualComplexity().orElse(pair.probabilityABetter()),
                      ErrorQuantile.BEST_TWENTIETH.of(pair.quantileDifferences()),
                      holm[k],
                      estimates.size(),
                      a.effectiveSampleSize(),
                      b.effectiveSampleSize(),
                      dominance,
                      new Verdict.Equalization(
                          pair.probabilityABetterAtEqualComplexity().isPresent(),
                          normalized.strata().map(Strata::coarsened).orElse(false),
                          compositions.get(k).map(Composition::refined),
                          pValues[k] <= tests.get(k).floor()),
                      normalized.metric()),
                  settings.smallestDifference())));
    }
    return pairs;
  }
}
