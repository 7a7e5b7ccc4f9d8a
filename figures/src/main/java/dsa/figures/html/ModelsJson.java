package dsa.figures.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import dsa.figures.render.InlineSvg;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The models in use of a comparison, column by column, for the script of its page. Not a format for
 * others: it changes with the script.
 */
final class ModelsJson {

  private ModelsJson() {}

  static String of(ComparisonReport report, List<Population> populations) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("axis", report.normalization().metric().axis());
      json.writeStringField("unit", report.normalization().metric().unit());
      json.writeStringField("given", report.given().orElse("params"));
      json.writeArrayFieldStart("populations");
      for (int p = 0; p < report.populations().size(); p++) {
        population(json, report.populations().get(p), populations.get(p), InlineSvg.color(p));
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void population(
      JsonGenerator json, PopulationFindings findings, Population population, String color)
      throws IOException {
    NormalizedPopulation used = findings.models();
    json.writeStartObject();
    json.writeStringField("name", findings.name());
    json.writeStringField("color", color);
    List<TrainedModel> models = new ArrayList<>();
    for (int index : used.sourceIndices()) {
      models.add(population.models().get(index));
    }
    json.writeArrayFieldStart("id");
    for (TrainedModel model : models) {
      json.writeString(model.id());
    }
    json.writeEndArray();
    numbers(json, "value", used.errors());
    numbers(json, "weight", used.weights());
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      counts(json, measure, models);
    }
    if (models.stream().anyMatch(model -> model.architecture().isPresent())) {
      List<String> texts =
          models.stream()
              .map(model -> model.architecture().map(spec -> spec.text()).orElse(""))
              .toList();
      String common = common(texts);
      json.writeStringField("prefix", common);
      json.writeArrayFieldStart("architecture");
      for (String text : texts) {
        json.writeString(text.substring(common.length()));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** What all texts begin with. */
  private static String common(List<String> texts) {
    String first = texts.get(0);
    int length = first.length();
    for (String text : texts) {
      int same = 0;
      while (same < Math.min(length, text.length()) && text.charAt(same) == first.charAt(same)) {
        same++;
      }
      length = same;
    }
    return first.substring(0, length);
  }

  private static void numbers(JsonGenerator json, String field, double[] values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (double value : values) {
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        json.writeNumber((long) value);
      } else {
        json.writeNumber((float) value); // drawn and shown with three digits
      }
    }
    json.writeEndArray();
  }

  private static void counts(
      JsonGenerator json, ComplexityMeasure measure, List<TrainedModel> models) throws IOException {
    List<OptionalLong> counts =
        models.stream().map(model -> model.complexity().of(measure)).toList();
    if (counts.stream().allMatch(OptionalLong::isEmpty)) {
      return;
    }
    json.writeArrayFieldStart(measure.label());
    for (OptionalLong count : counts) {
      if (count.isPresent()) {
        json.writeNumber(count.getAsLong());
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
