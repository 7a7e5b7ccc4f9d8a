package dsa.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.inference.Interval;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.core.complexity.ComplexityMeasure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** What the JSON of all reports has in common. Numbers read back equal. */
public final class JsonText {

  private JsonText() {}

  /** An object that begins with its format. */
  public static ObjectNode object(String format) {
    return JsonNodeFactory.instance.objectNode().put("format", format);
  }

  /** The object, indented, with line ends that are the same everywhere, one after it. */
  public static String of(ObjectNode json) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      generator.setPrettyPrinter(printer);
      new ObjectMapper().writeTree(generator, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.append('\n').toString();
  }

  /** Puts what is held fixed, and the bins if anything is. */
  static void conditions(ObjectNode json, Normalization.Result result) {
    json.put("given", result.given().map(ComplexityMeasure::label).orElse("none"));
    result.strata().ifPresent(strata -> strata(json, strata));
    if (result.bins().isPresent()) {
      Bins bins = result.bins().orElseThrow();
      json.putObject("bins")
          .put("count", bins.count())
          .put("low", bins.low())
          .put("high", bins.high());
    }
  }

  /** Puts the strata that carry the weights. */
  static void strata(ObjectNode json, Strata strata) {
    json.putObject("strata")
        .put("count", strata.count())
        .put("drawn", strata.drawn())
        .put("coarsened", strata.coarsened());
  }

  /** Puts what became of the models of a population. */
  static ObjectNode models(ObjectNode json, NormalizedPopulation models) {
    json.put("recorded", models.recorded())
        .put("diverged", models.diverged())
        .put("divergedDropped", models.divergedDropped())
        .put("uncosted", models.uncosted())
        .put("outside", models.outside());
    if (models.strata().isPresent()) {
      json.put("withoutCounterpart", models.withoutCounterpart());
    }
    return json.put("used", models.size())
        .put("effectiveSampleSize", models.effectiveSampleSize())
        .put("largestWeight", models.largestWeight());
  }

  /** Puts an interval as an object. */
  public static void interval(ObjectNode json, String name, Interval interval) {
    ends(json.putObject(name), interval);
  }

  /** Puts an interval's three numbers. */
  static void ends(ObjectNode json, Interval interval) {
    json.put("value", interval.value()).put("low", interval.low()).put("high", interval.high());
  }

  static void numbers(ObjectNode json, String name, double[] values) {
    ArrayNode array = json.putArray(name);
    for (double value : values) {
      array.add(value);
    }
  }

  static void numbers(ObjectNode json, String name, int[] values) {
    ArrayNode array = json.putArray(name);
    for (int value : values) {
      array.add(value);
    }
  }

  /** Puts a list of numbers. */
  public static void numbers(ObjectNode json, String name, List<Double> values) {
    numbers(json, name, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Puts a list of texts. */
  public static void texts(ObjectNode json, String name, List<String> values) {
    ArrayNode array = json.putArray(name);
    values.forEach(array::add);
  }
}
