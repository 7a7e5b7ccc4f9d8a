package dsa.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import dsa.figures.table.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** What the numbers of a command are conditional on: what is held fixed, over which models. */
final class Frame {

  private static final double HEAVY = 0.02;

  private Frame() {}

  /** One line of text: the measure, the bins and their range. */
  static String of(Normalization.Result result) {
    if (result.given().isEmpty()) {
      return "error, every model with the same weight";
    }
    ComplexityMeasure measure = result.given().get();
    Bins bins = result.bins().orElseThrow();
    StringBuilder line =
        new StringBuilder("error | ")
            .append(measure.label())
            .append(": ")
            .append(bins.count())
            .append(bins.count() == 1 ? " bin" : " bins")
            .append(" from ")
            .append(amount(bins.low(), measure))
            .append(" to ")
            .append(amount(bins.high(), measure));
    int dropped = result.dropped().size();
    if (result.requestedBins() > bins.count()) {
      line.append(" (")
          .append(result.requestedBins())
          .append(" asked for, some were empty: ")
          .append(result.emptyBins().label())
          .append(')');
    } else if (dropped > 0) {
      line.append(" (").append(dropped).append(" empty in some space, dropped in all)");
    }
    return line.toString();
  }

  private static String amount(double count, ComplexityMeasure measure) {
    return new BigDecimal(count / measure.unitSize())
            .round(new MathContext(5))
            .stripTrailingZeros()
            .toPlainString()
        + " "
        + measure.unit();
  }

  /** What should make a reader careful, one sentence each. */
  static List<String> warnings(Normalization.Result result) {
    List<String> warnings = new ArrayList<>();
    for (NormalizedPopulation models : result.populations()) {
      if (result.given().isPresent() && models.largestWeight() > HEAVY) {
        warnings.add(
            "one model of "
                + models.name()
                + " carries "
                + Decimals.fixed(100 * models.largestWeight(), 1)
                + " % of the weight; use fewer bins or another range.");
      }
      warnings.addAll(leftOut(result, models));
    }
    return warnings;
  }

  /** The warnings that hold whatever the weights. */
  static List<String> leftOut(Normalization.Result result, NormalizedPopulation models) {
    if (models.uncosted() == 0) {
      return List.of();
    }
    boolean one = models.uncosted() == 1;
    return List.of(
        models.uncosted()
            + (one ? " model of " : " models of ")
            + models.name()
            + (one ? " was left out because its " : " were left out because their ")
            + result.given().map(ComplexityMeasure::label).orElse("complexity")
            + " is not recorded.");
  }

  /** An object that begins with its format, what is held fixed, and the bins if anything is. */
  static ObjectNode json(String format, Normalization.Result result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", format);
    json.put("given", result.given().map(ComplexityMeasure::label).orElse("none"));
    if (result.given().isPresent()) {
      Bins bins = result.bins().orElseThrow();
      json.putObject("bins")
          .put("count", bins.count())
          .put("low", bins.low())
          .put("high", bins.high());
    }
    return json;
  }

  /** An object that begins with what became of the models of a population. */
  static ObjectNode json(NormalizedPopulation models) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", models.name())
        .put("recorded", models.recorded())
        .put("diverged", models.diverged())
        .put("divergedDropped", models.divergedDropped())
        .put("uncosted", models.uncosted())
        .put("outside", models.outside())
        .put("used", models.size())
        .put("effectiveSampleSize", models.effectiveSampleSize())
        .put("largestWeight", models.largestWeight());
  }
}
