package dsa.analysis.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.analysis.inference.BootstrapResult.ComplexityGroup;
import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.BootstrapResult.PopulationEstimates;
import dsa.analysis.inference.Composition;
import dsa.analysis.inference.Dominance;
import dsa.analysis.inference.EdfBand;
import dsa.analysis.inference.EffectSizes;
import dsa.analysis.inference.Interval;
import dsa.analysis.inference.KsDistances;
import dsa.analysis.inference.KsResult;
import dsa.analysis.inference.PValueMethod;
import dsa.analysis.inference.PermutationWithinBins;
import dsa.analysis.inference.Verdict;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.run.ErrorKind;
import dsa.core.run.Metric;
import dsa.core.run.PopulationOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what {@link ReportJson} writes. */
final class ReportReader {

  private final JsonNode json;
  private final List<Double> grid;

  private ReportReader(JsonNode json) {
    this.json = json;
    this.grid = numbers(json, "grid");
  }

  static ComparisonReport read(String text) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a report: " + e.getOriginalMessage(), e);
    }
    String format = json.path("format").asText();
    if (!format.equals(ReportJson.FORMAT)) {
      throw new IllegalArgumentException(
          "not a report that can be read back: its format is '"
              + format
              + "', not "
              + ReportJson.FORMAT
              + "; compare the populations again");
    }
    return new ReportReader(json).report();
  }

  private ComparisonReport report() {
    List<PopulationFindings> populations =
        objects(json, "populations").map(this::population).toList();
    Normalization.Result normalization =
        normalization(populations.stream().map(PopulationFindings::models).toList());
    return new ComparisonReport(
        settings(normalization, populations),
        normalization,
        populations,
        objects(json, "pairs").map(pair -> pair(pair, populations)).toList(),
        json.has("sensitivity")
            ? Optional.of(
                new Sensitivity(
                    objects(json, "sensitivity").map(ReportReader::sensitivity).toList()))
            : Optional.empty());
  }

  private static Sensitivity.Row sensitivity(JsonNode json) {
    return new Sensitivity.Row(
        text(json, "setting"),
        text(json, "changedTo"),
        interval(node(json, "points")),
        node(json, "holds").asBoolean());
  }

  private Normalization.Result normalization(List<NormalizedPopulation> models) {
    Optional<ComplexityMeasure> given =
        text(json, "given").equals("none")
            ? Optional.empty()
            : Optional.of(ComplexityMeasure.parse(text(json, "given")));
    if (given.isEmpty()) {
      return new Normalization.Result(
          given, Optional.empty(), List.of(), 1, EmptyBins.MERGE, strata(json), models, metric());
    }
    if (strata(json).isPresent()) {
      return new Normalization.Result(
          given, Optional.empty(), List.of(), 1, EmptyBins.MERGE, strata(json), models, metric());
    }
    JsonNode bins = node(json, "bins");
    return new Normalization.Result(
        given,
        Optional.of(new Bins(number(bins, "low"), number(bins, "high"), whole(bins, "count"))),
        IntStream.of(wholes(bins, "dropped")).boxed().toList(),
        whole(bins, "requested"),
        labelled(EmptyBins.values(), EmptyBins::label, bins, "emptyBins"),
        Optional.empty(),
        models,
        metric());
  }

  private Metric metric() {
    return metric(node(node(json, "populations").path(0), "origin"));
  }

  private static Metric metric(JsonNode origin) {
    return optional(origin, "metric").map(Metric::parse).orElse(Metric.TEST_ERROR);
  }

  private static Optional<Strata> strata(JsonNode json) {
    JsonNode strata = json.path("strata");
    return strata.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            Strata.of(
                whole(strata, "count"),
                whole(strata, "drawn"),
                node(strata, "coarsened").asBoolean()));
  }

  private static Optional<Normalization.Range> range(JsonNode json) {
    JsonNode range = json.path("range");
    return range.isMissingNode()
        ? Optional.empty()
        : Optional.of(new Normalization.Range(number(range, "low"), number(range, "high")));
  }

  private ComparisonSettings settings(
      Normalization.Result normalization, List<PopulationFindings> populations) {
    Weighting weighting = new Weighting.Equal();
    if (normalization.strata().isPresent()) {
      weighting =
          new Weighting.InStrata(normalization.given().orElseThrow(), range(node(json, "strata")));
    } else if (normalization.given().isPresent()) {
      weighting =
          new Weighting.PublishedBins(
              normalization.given().get(),
              range(node(json, "bins")),
              normalization.requestedBins(),
              normalization.emptyBins());
    }
    JsonNode first = node(json, "populations").path(0);
    ComparisonSettings settings =
        ComparisonSettings.fittedTo(List.of(), node(json, "seed").asLong());
    return optional(json, "reference")
        .map(settings::withReference)
        .orElse(settings)
        .with(weighting)
        .with(labelled(DivergedModels.values(), DivergedModels::label, json, "diverged"))
        .withEpsilon(number(node(first, "area"), "epsilon"))
        .withLevel(number(json, "level"))
        .withResamples(whole(json, "resamples"))
        .withPermutations(whole(json, "permutations"))
        .withSmallestDifference(number(json, "smallestDifference"))
        .withBudgets(
            populations.get(0).search().stream().map(point -> (int) point.budget()).toList());
  }

  private PopulationFindings population(JsonNode json) {
    List<Interval> quantiles = objects(json, "quantiles").map(ReportReader::interval).toList();
    List<JsonNode> search = objects(json, "randomSearch").toList();
    return new PopulationFindings(
        models(json),
        origin(node(json, "origin")),
        number(node(json, "origin"), "runsPerModel"),
        new PopulationEstimates(
            band(node(json, "band")),
            interval(node(json, "area")),
            interval(node(json, "mean")),
            quantiles,
            search.stream()
                .map(
                    point ->
                        new Interval(
                            number(point, "expectedBest"),
                            number(point, "low"),
                            number(point, "high")))
                .toList(),
            whole(json, "resamplesWithEmptyBin")),
        ErrorQuantile.MEDIAN.of(quantiles),
        search.stream().map(ReportReader::searchPoint).toList(),
        number(json, "unweightedMeanError"));
  }

  private NormalizedPopulation models(JsonNode population) {
    NormalizedPopulation models = binned(population);
    return strata(json)
        .map(strata -> models.in(strata, whole(population, "withoutCounterpart")))
        .orElse(models);
  }

  private static NormalizedPopulation binned(JsonNode json) {
    JsonNode models = node(json, "models");
    double[] errors = doubles(models, "errors");
    return NormalizedPopulation.of(
        text(json, "name"),
        new NormalizedPopulation.Counts(
            whole(json, "recorded"),
            whole(json, "diverged"),
            whole(json, "divergedDropped"),
            whole(json, "uncosted"),
            whole(json, "outside")),
        wholes(models, "sources"),
        errors,
        models.has("complexities") ? doubles(models, "complexities") : new double[errors.length],
        doubles(models, "weights"),
        wholes(models, "bins"));
  }

  private static PopulationOrigin origin(JsonNode json) {
    return new PopulationOrigin(
        text(json, "source"),
        optional(json, "dataset"),
        optional(json, "flops")
            .map(
                label -> labelled(FlopsConvention.values(), FlopsConvention::label, json, "flops")),
        ErrorKind.parse(text(json, "error")),
        number(json, "chanceErrorPct"),
        optional(json, "recipe"),
        metric(json));
  }

  private static RandomSearchCurve.Point searchPoint(JsonNode json) {
    return new RandomSearchCurve.Point(
        node(json, "budget").asLong(),
        number(json, "expectedBest"),
        number(json, "standardDeviation"),
        number(json, "oneSearchLow"),
        number(json, "oneSearchHigh"),
        labelled(
            RandomSearchCurve.Support.values(), RandomSearchCurve.Support::label, json, "support"));
  }

  private EdfBand band(JsonNode json) {
    return new EdfBand(
        grid,
        numbers(json, "value"),
        numbers(json, "low"),
        numbers(json, "high"),
        numbers(json, "simultaneousLow"),
        numbers(json, "simultaneousHigh"));
  }

  private PairFindings pair(JsonNode json, List<PopulationFindings> populations) {
    int a = index(populations, text(json, "a"));
    int b = index(populations, text(json, "b"));
    JsonNode normalized = node(json, "normalized");
    Interval area = interval(node(normalized, "areaDifference"));
    Interval better = interval(node(normalized, "probabilityABetter"));
    List<Interval> quantiles =
        objects(normalized, "quantileDifferences").map(ReportReader::interval).toList();
    return new PairFindings(
        a,
        b,
        ks(node(json, "unnormalized")),
        new PermutationWithinBins.Result(
            ks(normalized),
            area.value(),
            number(normalized, "areaPValue"),
            number(normalized, "jointPValue")),
        number(normalized, "holmPValue"),
        number(normalized, "benjaminiHochbergPValue"),
        new EffectSizes(
            better.value(),
            number(normalized, "cliffsDelta"),
            number(normalized, "hodgesLehmannShift"),
            number(normalized, "wasserstein1"),
            number(normalized, "energyDistance"),
            area.value(),
            quantiles.stream().map(Interval::value).toList()),
        new PairEstimates(
            a,
            b,
            band(node(normalized, "difference")),
            area,
            interval(node(normalized, "meanDifference")),
            quantiles,
            better,
            normalized.has("probabilityABetterAtEqualComplexity")
                ? Optional.of(interval(node(normalized, "probabilityABetterAtEqualComplexity")))
                : Optional.empty(),
            normalized.has("byComplexity")
                ? objects(normalized, "byComplexity").map(ReportReader::group).toList()
                : List.of()),
        dominance(node(normalized, "dominance")),
        objects(normalized, "searchEffort").map(ReportReader::effort).toList(),
        normalized.has("composition")
            ? Optional.of(composition(node(normalized, "composition")))
            : Optional.empty(),
        new Verdict(
            labelled(Verdict.Outcome.values(), Verdict.Outcome::label, json, "outcome"),
            text(json, "verdict")));
  }

  private static int index(List<PopulationFindings> populations, String name) {
    for (int p = 0; p < populations.size(); p++) {
      if (populations.get(p).name().equals(name)) {
        return p;
      }
    }
    throw new IllegalArgumentException("not a report: a pair names " + name + ", no population");
  }

  private static ComplexityGroup group(JsonNode json) {
    return new ComplexityGroup(
        whole(json, "firstStratum"),
        whole(json, "lastStratum"),
        number(json, "share"),
        interval(json));
  }

  private static Composition composition(JsonNode json) {
    return new Composition(number(json, "areaDifference"), interval(node(json, "refined")));
  }

  private static RandomSearchCurve.Effort effort(JsonNode json) {
    return new RandomSearchCurve.Effort(
        node(json, "budgetOfB").asLong(),
        number(json, "expectedBest"),
        json.has("budgetOfA")
            ? OptionalLong.of(node(json, "budgetOfA").asLong())
            : OptionalLong.empty());
  }

  private static Dominance dominance(JsonNode json) {
    Function<Dominance.Leader, String> label = ReportJson::label;
    return new Dominance(
        new KsDistances(
            number(json, "plus"),
            number(json, "plusAt"),
            number(json, "minus"),
            number(json, "minusAt")),
        numbers(json, "crossings"),
        labelled(Dominance.Leader.values(), label, json, "firstOrder"),
        labelled(Dominance.Leader.values(), label, json, "secondOrder"),
        json.has("violationOfA")
            ? OptionalDouble.of(number(json, "violationOfA"))
            : OptionalDouble.empty());
  }

  private static KsResult ks(JsonNode parent) {
    JsonNode json = node(parent, "ks");
    return new KsResult(
        number(json, "distance"),
        number(json, "atError"),
        whole(json, "sign"),
        number(json, "pValue"),
        labelled(PValueMethod.values(), PValueMethod::label, json, "method"),
        json.has("permutations")
            ? OptionalInt.of(whole(json, "permutations"))
            : OptionalInt.empty());
  }

  private static Interval interval(JsonNode json) {
    return new Interval(number(json, "value"), number(json, "low"), number(json, "high"));
  }

  private static JsonNode node(JsonNode parent, String name) {
    JsonNode found = parent.path(name);
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("not a complete report: '" + name + "' is missing");
    }
    return found;
  }

  private static String text(JsonNode parent, String name) {
    return node(parent, name).asText();
  }

  private static Optional<String> optional(JsonNode parent, String name) {
    return parent.has(name) ? Optional.of(text(parent, name)) : Optional.empty();
  }

  private static double number(JsonNode parent, String name) {
    JsonNode found = node(parent, name);
    if (!found.isNumber()) {
      throw new IllegalArgumentException("not a report: '" + name + "' is " + found);
    }
    return found.doubleValue();
  }

  private static int whole(JsonNode parent, String name) {
    JsonNode found = node(parent, name);
    if (!found.isInt()) {
      throw new IllegalArgumentException("not a report: '" + name + "' is " + found);
    }
    return found.intValue();
  }

  private static Stream<JsonNode> objects(JsonNode parent, String name) {
    return StreamSupport.stream(node(parent, name).spliterator(), false);
  }

  private static double[] doubles(JsonNode parent, String name) {
    return objects(parent, name).mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static int[] wholes(JsonNode parent, String name) {
    return objects(parent, name).mapToInt(JsonNode::intValue).toArray();
  }

  private static List<Double> numbers(JsonNode parent, String name) {
    List<Double> numbers = new ArrayList<>();
    for (double value : doubles(parent, name)) {
      numbers.add(value);
    }
    return numbers;
  }

  private static <T> T labelled(
      T[] values, Function<T, String> label, JsonNode parent, String name) {
    String text = text(parent, name);
    for (T value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("not a report: '" + name + "' is '" + text + "'");
  }
}
