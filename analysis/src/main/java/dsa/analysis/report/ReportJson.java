package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.inference.BootstrapResult.ComplexityGroup;
import dsa.analysis.inference.Dominance;
import dsa.analysis.inference.EdfBand;
import dsa.analysis.inference.Interval;
import dsa.analysis.inference.KsResult;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.ComplexityBalance;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.analysis.weighting.Weighting;
import dsa.core.run.PopulationOrigin;
import java.util.List;
import java.util.Locale;

/**
 * A comparison as one JSON object, format {@code dsa.comparison/2} (docs/formats.md), with all that
 * its tables and figures are made of. Numbers are written so that they read back equal; a field
 * that does not apply is absent.
 */
public final class ReportJson {

  /** The format and version. */
  public static final String FORMAT = "dsa.comparison/2";

  private final ComparisonReport report;

  private ReportJson(ComparisonReport report) {
    this.report = report;
  }

  /** The object, indented, with a line end after it. */
  public static String of(ComparisonReport report) {
    return JsonText.of(new ReportJson(report).json());
  }

  /**
   * The report that {@code text} was written from: the same text, tables and figures come of it.
   *
   * @throws IllegalArgumentException if the text is not a report of this format
   */
  public static ComparisonReport read(String text) {
    return ReportReader.read(text);
  }

  private ObjectNode json() {
    ComparisonSettings settings = report.settings();
    ObjectNode json = JsonText.object(FORMAT);
    json.put("seed", settings.seed());
    json.put("given", report.given().orElse("none"));
    report.normalization().strata().ifPresent(strata -> strata(json, strata));
    report.normalization().bins().ifPresent(bins -> bins(json.putObject("bins"), bins));
    json.put("diverged", settings.diverged().label());
    json.put("level", settings.level());
    json.put("resamples", settings.resamples());
    json.put("permutations", settings.permutations());
    settings.reference().ifPresent(name -> json.put("reference", name));
    json.put("smallestDifference", settings.smallestDifference());
    JsonText.texts(json, "warnings", report.warnings());
    JsonText.numbers(json, "grid", report.populations().get(0).estimates().edf().grid());
    ArrayNode populations = json.putArray("populations");
    report.populations().forEach(population -> population(populations.addObject(), population));
    ArrayNode pairs = json.putArray("pairs");
    report.pairs().forEach(pair -> pair(pairs.addObject(), pair));
    if (report.populations().size() > 2) {
      ranking(json.putObject("ranking"), report.ranking());
    }
    report.sensitivity().ifPresent(changes -> sensitivity(json.putArray("sensitivity"), changes));
    return json;
  }

  private void ranking(ObjectNode json, Ranking ranking) {
    json.put("text", ranking.text());
    ranking
        .reference()
        .ifPresent(reference -> json.put("reference", report.populations().get(reference).name()));
    ArrayNode places = json.putArray("places");
    for (Ranking.Place place : ranking.places()) {
      ObjectNode entry = places.addObject();
      entry
          .put("name", report.populations().get(place.population()).name())
          .put("rank", place.rank());
      JsonText.interval(entry, "cappedMean", place.cappedMean());
      if (ranking.reference().isEmpty()) {
        entry.put("groups", place.groups());
      }
    }
  }

  private static void sensitivity(ArrayNode json, Sensitivity sensitivity) {
    for (Sensitivity.Row row : sensitivity.rows()) {
      ObjectNode entry = json.addObject();
      entry.put("setting", row.setting()).put("changedTo", row.value());
      JsonText.interval(entry, "points", row.points());
      entry.put("holds", row.holds());
    }
  }

  private void strata(ObjectNode json, Strata strata) {
    JsonText.strata(json, strata);
    if (report.settings().weighting() instanceof Weighting.InStrata asked) {
      asked.range().ifPresent(range -> range((ObjectNode) json.get("strata"), range));
    }
    ComplexityBalance balance = ComplexityBalance.of(report.normalization().populations());
    ObjectNode weight = json.putObject("balance").put("logDifference", balance.logDifference());
    count(weight, "low", balance.low());
    count(weight, "lowerQuartile", balance.lowerQuartile());
    count(weight, "median", balance.median());
    count(weight, "upperQuartile", balance.upperQuartile());
    count(weight, "high", balance.high());
  }

  private static void range(ObjectNode json, Normalization.Range range) {
    ObjectNode asked = json.putObject("range");
    count(asked, "low", range.low());
    count(asked, "high", range.high());
  }

  private void bins(ObjectNode json, Bins bins) {
    json.put("count", bins.count());
    count(json, "low", bins.low());
    count(json, "high", bins.high());
    json.put("emptyBins", report.normalization().emptyBins().label());
    json.put("requested", report.normalization().requestedBins());
    if (report.settings().weighting() instanceof Weighting.PublishedBins published) {
      published.range().ifPresent(range -> range(json, range));
    }
    ArrayNode dropped = json.putArray("dropped");
    report.normalization().dropped().forEach(dropped::add);
  }

  /** A bound of a range: whole unless bins were shrunk. */
  private static void count(ObjectNode json, String name, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
      json.put(name, (long) value);
    } else {
      json.put(name, value);
    }
  }

  private void population(ObjectNode json, PopulationFindings findings) {
    NormalizedPopulation models = findings.models();
    json.put("name", findings.name());
    origin(json.putObject("origin"), findings.origin(), findings.runsPerModel());
    JsonText.models(json, models);
    json.put("resamplesWithEmptyBin", findings.estimates().resamplesWithEmptyBin());
    json.put("minError", models.errors()[0]);
    json.put("medianError", findings.median().value());
    json.put("meanError", findings.estimates().mean().value());
    json.put("unweightedMeanError", findings.unweightedMean());
    JsonText.interval(json, "mean", findings.estimates().mean());
    quantiles(json.putArray("quantiles"), findings.estimates().quantiles());
    JsonText.ends(
        json.putObject("area").put("epsilon", report.settings().epsilon()),
        findings.estimates().area());
    ArrayNode search = json.putArray("randomSearch");
    for (int k = 0; k < findings.search().size(); k++) {
      searchPoint(
          search.addObject(), findings.search().get(k), findings.estimates().expectedBest().get(k));
    }
    band(json.putObject("band"), findings.estimates().edf());
    models(json.putObject("models"), models);
  }

  private void models(ObjectNode json, NormalizedPopulation models) {
    JsonText.numbers(json, "errors", models.errors());
    if (report.given().isPresent()) {
      JsonText.numbers(json, "complexities", models.complexities());
    }
    JsonText.numbers(json, "weights", models.weights());
    JsonText.numbers(json, "bins", models.bins());
    JsonText.numbers(json, "sources", models.sourceIndices());
  }

  private static void band(ObjectNode json, EdfBand band) {
    JsonText.numbers(json, "value", band.value());
    JsonText.numbers(json, "low", band.low());
    JsonText.numbers(json, "high", band.high());
    JsonText.numbers(json, "simultaneousLow", band.simultaneousLow());
    JsonText.numbers(json, "simultaneousHigh", band.simultaneousHigh());
  }

  private static void quantiles(ArrayNode json, List<Interval> quantiles) {
    for (ErrorQuantile quantile : ErrorQuantile.values()) {
      JsonText.ends(
          json.addObject().put("probability", quantile.probability()), quantile.of(quantiles));
    }
  }

  private static void origin(ObjectNode json, PopulationOrigin origin, double runsPerModel) {
    json.put("source", origin.source());
    origin.dataset().ifPresent(dataset -> json.put("dataset", dataset));
    origin.recipe().ifPresent(recipe -> json.put("recipe", recipe));
    origin.flops().ifPresent(flops -> json.put("flops", flops.label()));
    if (origin.metric().isLoss()) {
      json.put("metric", origin.metric().label());
    }
    json.put("error", origin.error().label());
    json.put("chanceErrorPct", origin.chanceErrorPct());
    json.put("runsPerModel", runsPerModel);
  }

  private static void searchPoint(
      ObjectNode json, RandomSearchCurve.Point point, Interval expected) {
    json.put("budget", point.budget())
        .put("expectedBest", point.expectedBest())
        .put("low", expected.low())
        .put("high", expected.high())
        .put("standardDeviation", point.standardDeviation())
        .put("oneSearchLow", point.low())
        .put("oneSearchHigh", point.high())
        .put("support", point.support().label());
  }

  private void pair(ObjectNode json, PairFindings pair) {
    json.put("a", report.populations().get(pair.a()).name());
    json.put("b", report.populations().get(pair.b()).name());
    ks(json.putObject("unnormalized"), pair.unnormalized());
    ObjectNode normalized = json.putObject("normalized");
    ks(normalized, pair.normalized().ks());
    normalized.put("holmPValue", pair.holm());
    normalized.put("benjaminiHochbergPValue", pair.benjaminiHochberg());
    JsonText.interval(normalized, "areaDifference", pair.estimates().areaDifference());
    normalized.put("areaPValue", pair.normalized().areaPValue());
    normalized.put("jointPValue", pair.normalized().jointPValue());
    JsonText.interval(normalized, "meanDifference", pair.estimates().meanDifference());
    JsonText.interval(normalized, "probabilityABetter", pair.estimates().probabilityABetter());
    pair.estimates()
        .probabilityABetterAtEqualComplexity()
        .ifPresent(
            better -> JsonText.interval(normalized, "probabilityABetterAtEqualComplexity", better));
    if (!pair.estimates().byComplexity().isEmpty()) {
      ArrayNode groups = normalized.putArray("byComplexity");
      for (ComplexityGroup group : pair.estimates().byComplexity()) {
        JsonText.ends(
            groups
                .addObject()
                .put("firstStratum", group.firstStratum())
                .put("lastStratum", group.lastStratum())
                .put("share", group.share()),
            group.areaDifference());
      }
    }
    pair.composition()
        .ifPresent(
            composition -> {
              ObjectNode explained = normalized.putObject("composition");
              explained.put("areaDifference", composition.areaDifference());
              JsonText.interval(explained, "refined", composition.refined());
            });
    normalized.put("cliffsDelta", pair.effects().cliffsDelta());
    normalized.put("hodgesLehmannShift", pair.effects().hodgesLehmannShift());
    normalized.put("wasserstein1", pair.effects().wasserstein1());
    normalized.put("energyDistance", pair.effects().energyDistance());
    quantiles(normalized.putArray("quantileDifferences"), pair.estimates().quantileDifferences());
    dominance(normalized.putObject("dominance"), pair.dominance());
    ArrayNode effort = normalized.putArray("searchEffort");
    for (RandomSearchCurve.Effort one : pair.effort()) {
      ObjectNode entry = effort.addObject();
      entry.put("budgetOfB", one.otherBudget()).put("expectedBest", one.error());
      one.budget().ifPresent(budget -> entry.put("budgetOfA", budget));
    }
    band(normalized.putObject("difference"), pair.estimates().difference());
    json.put("outcome", pair.verdict().outcome().label());
    json.put("verdict", pair.verdict().text());
  }

  private static void dominance(ObjectNode json, Dominance dominance) {
    json.put("plus", dominance.distances().plus())
        .put("plusAt", dominance.distances().plusAt())
        .put("minus", dominance.distances().minus())
        .put("minusAt", dominance.distances().minusAt())
        .put("firstOrder", label(dominance.firstOrder()))
        .put("secondOrder", label(dominance.secondOrder()));
    dominance.violationOfA().ifPresent(share -> json.put("violationOfA", share));
    JsonText.numbers(json, "crossings", dominance.crossings());
  }

  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void ks(ObjectNode json, KsResult result) {
    ObjectNode ks =
        json.putObject("ks")
            .put("distance", result.distance())
            .put("atError", result.atError())
            .put("sign", result.sign())
            .put("pValue", result.pValue())
            .put("method", result.method().label());
    result.permutations().ifPresent(count -> ks.put("permutations", count));
  }
}
