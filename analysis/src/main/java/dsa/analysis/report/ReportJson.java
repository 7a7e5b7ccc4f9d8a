package dsa.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dsa.analysis.inference.Interval;
import dsa.analysis.inference.KsResult;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.NormalizedPopulation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A comparison as one JSON object, format {@code dsa.comparison/1} (docs/formats.md). Numbers are
 * written so that they read back equal; a field that does not apply is absent.
 */
public final class ReportJson {

  /** The format and version. */
  public static final String FORMAT = "dsa.comparison/1";

  private final ComparisonReport report;
  private final JsonGenerator json;

  private ReportJson(ComparisonReport report, JsonGenerator json) {
    this.report = report;
    this.json = json;
  }

  /** The object, indented, with a line end after it. */
  public static String of(ComparisonReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      new ReportJson(report, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.append('\n').toString();
  }

  private void write() throws IOException {
    ComparisonReport.Settings settings = report.settings();
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeNumberField("seed", settings.seed());
    json.writeStringField("given", report.given().orElse("none"));
    if (report.normalization().bins().isPresent()) {
      bins(report.normalization().bins().get());
    }
    json.writeStringField("diverged", settings.diverged().label());
    json.writeNumberField("level", settings.level());
    json.writeNumberField("resamples", settings.resamples());
    json.writeNumberField("smallestDifference", settings.smallestDifference());
    json.writeArrayFieldStart("populations");
    for (PopulationFindings population : report.populations()) {
      population(population);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("pairs");
    for (PairFindings pair : report.pairs()) {
      pair(pair);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void bins(Bins bins) throws IOException {
    json.writeObjectFieldStart("bins");
    json.writeNumberField("count", bins.count());
    count("low", bins.low());
    count("high", bins.high());
    json.writeStringField("emptyBins", report.normalization().emptyBins().label());
    json.writeNumberField("requested", report.normalization().requestedBins());
    json.writeArrayFieldStart("dropped");
    for (int bin : report.normalization().dropped()) {
      json.writeNumber(bin);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A bound of a range: whole unless bins were shrunk. */
  private void count(String name, double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private void population(PopulationFindings findings) throws IOException {
    NormalizedPopulation models = findings.models();
    json.writeStartObject();
    json.writeStringField("name", findings.name());
    origin(findings);
    json.writeNumberField("recorded", models.recorded());
    json.writeNumberField("diverged", models.diverged());
    json.writeNumberField("divergedDropped", models.divergedDropped());
    json.writeNumberField("uncosted", models.uncosted());
    json.writeNumberField("outside", models.outside());
    json.writeNumberField("used", models.size());
    json.writeNumberField("effectiveSampleSize", models.effectiveSampleSize());
    json.writeNumberField("largestWeight", models.largestWeight());
    json.writeNumberField("resamplesWithEmptyBin", findings.estimates().resamplesWithEmptyBin());
    json.writeNumberField("minError", models.errors()[0]);
    json.writeNumberField("medianError", findings.median().value());
    json.writeNumberField("meanError", findings.estimates().mean().value());
    json.writeNumberField("unweightedMeanError", findings.unweightedMean());
    interval("mean", findings.estimates().mean());
    json.writeArrayFieldStart("quantiles");
    List<Double> probabilities = report.settings().quantiles();
    for (int q = 0; q < probabilities.size(); q++) {
      json.writeStartObject();
      json.writeNumberField("probability", probabilities.get(q));
      ends(findings.estimates().quantiles().get(q));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("area");
    json.writeNumberField("epsilon", report.settings().epsilon());
    ends(findings.estimates().area());
    json.writeEndObject();
    json.writeArrayFieldStart("randomSearch");
    for (int k = 0; k < findings.search().size(); k++) {
      searchPoint(findings.search().get(k), findings.estimates().expectedBest().get(k));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void origin(PopulationFindings findings) throws IOException {
    json.writeObjectFieldStart("origin");
    json.writeStringField("source", findings.origin().source());
    if (findings.origin().dataset().isPresent()) {
      json.writeStringField("dataset", findings.origin().dataset().get());
    }
    if (findings.origin().recipe().isPresent()) {
      json.writeStringField("recipe", findings.origin().recipe().get());
    }
    if (findings.origin().flops().isPresent()) {
      json.writeStringField("flops", findings.origin().flops().get().label());
    }
    json.writeStringField("error", findings.origin().error().label());
    json.writeNumberField("chanceErrorPct", findings.origin().chanceErrorPct());
    json.writeNumberField("runsPerModel", findings.runsPerModel());
    json.writeEndObject();
  }

  private void searchPoint(RandomSearchCurve.Point point, Interval expected) throws IOException {
    json.writeStartObject();
    json.writeNumberField("budget", point.budget());
    json.writeNumberField("expectedBest", point.expectedBest());
    json.writeNumberField("low", expected.low());
    json.writeNumberField("high", expected.high());
    json.writeNumberField("standardDeviation", point.standardDeviation());
    json.writeNumberField("oneSearchLow", point.low());
    json.writeNumberField("oneSearchHigh", point.high());
    json.writeStringField("support", point.support().label());
    json.writeEndObject();
  }

  private void pair(PairFindings pair) throws IOException {
    json.writeStartObject();
    json.writeStringField("a", report.populations().get(pair.a()).name());
    json.writeStringField("b", report.populations().get(pair.b()).name());
    json.writeObjectFieldStart("unnormalized");
    ks(pair.unnormalized());
    json.writeEndObject();
    json.writeObjectFieldStart("normalized");
    ks(pair.normalized().ks());
    json.writeNumberField("holmPValue", pair.holm());
    json.writeNumberField("benjaminiHochbergPValue", pair.benjaminiHochberg());
    interval("areaDifference", pair.estimates().areaDifference());
    json.writeNumberField("areaPValue", pair.normalized().areaPValue());
    interval("probabilityABetter", pair.estimates().probabilityABetter());
    json.writeNumberField("cliffsDelta", pair.effects().cliffsDelta());
    json.writeNumberField("hodgesLehmannShift", pair.effects().hodgesLehmannShift());
    json.writeNumberField("wasserstein1", pair.effects().wasserstein1());
    json.writeArrayFieldStart("quantileDifferences");
    for (int q = 0; q < report.settings().quantiles().size(); q++) {
      json.writeStartObject();
      json.writeNumberField("probability", report.settings().quantiles().get(q));
      ends(pair.estimates().quantileDifferences().get(q));
      json.writeEndObject();
    }
    json.writeEndArray();
    dominance(pair);
    json.writeArrayFieldStart("searchEffort");
    for (RandomSearchCurve.Effort effort : pair.effort()) {
      json.writeStartObject();
      json.writeNumberField("budgetOfB", effort.otherBudget());
      json.writeNumberField("expectedBest", effort.error());
      if (effort.budget().isPresent()) {
        json.writeNumberField("budgetOfA", effort.budget().getAsLong());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeStringField("outcome", pair.verdict().outcome().label());
    json.writeStringField("verdict", pair.verdict().text());
    json.writeEndObject();
  }

  private void dominance(PairFindings pair) throws IOException {
    json.writeObjectFieldStart("dominance");
    json.writeNumberField("plus", pair.dominance().distances().plus());
    json.writeNumberField("minus", pair.dominance().distances().minus());
    json.writeStringField("firstOrder", label(pair.dominance().firstOrder()));
    json.writeStringField("secondOrder", label(pair.dominance().secondOrder()));
    json.writeArrayFieldStart("crossings");
    for (double error : pair.dominance().crossings()) {
      json.writeNumber(error);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void ks(KsResult result) throws IOException {
    json.writeObjectFieldStart("ks");
    json.writeNumberField("distance", result.distance());
    json.writeNumberField("atError", result.atError());
    json.writeNumberField("pValue", result.pValue());
    json.writeStringField("method", result.method().label());
    if (result.permutations().isPresent()) {
      json.writeNumberField("permutations", result.permutations().getAsInt());
    }
    json.writeEndObject();
  }

  private void interval(String name, Interval interval) throws IOException {
    json.writeObjectFieldStart(name);
    ends(interval);
    json.writeEndObject();
  }

  private void ends(Interval interval) throws IOException {
    json.writeNumberField("value", interval.value());
    json.writeNumberField("low", interval.low());
    json.writeNumberField("high", interval.high());
  }
}
