package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.randomsearch.BestRange;
import dsa.core.random.SeedPath;
import dsa.core.run.Metric;
import dsa.core.run.ModelParameters;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values of each parameter the good models of a population have, as data. Its JSON has the
 * format {@code dsa.best-range/2} (docs/formats.md).
 *
 * @param name of the population
 * @param models in it
 * @param draws models of one search
 * @param searches how many were simulated
 * @param level the share of the winners inside a range
 * @param seed of the searches
 * @param metric what the errors are
 * @param chance the error of guessing
 * @param errors of the models; of those without one that of guessing
 * @param parameters one for each column of {@link ModelParameters}, or for those asked for
 */
public record BestRangeReport(
    String name,
    int models,
    int draws,
    int searches,
    double level,
    long seed,
    Metric metric,
    double chance,
    List<Double> errors,
    List<ParameterRange> parameters) {

  private static final String FORMAT = "dsa.best-range/2";

  /** Copies the lists. */
  public BestRangeReport {
    errors = List.copyOf(errors);
    parameters = List.copyOf(parameters);
  }

  /**
   * The range of one parameter.
   *
   * @param parameter its name
   * @param simulated over the winners of the simulated searches
   * @param exact over those of infinitely many
   * @param values one a model, in the order of the errors
   */
  public record ParameterRange(
      String parameter, BestRange.Range simulated, BestRange.Range exact, List<Double> values) {

    /** Copies the list. */
    public ParameterRange {
      values = List.copyOf(values);
    }
  }

  /** Finds the ranges of all columns; see the other method. */
  public static BestRangeReport of(
      Population population, double share, int searches, double level, long seed) {
    return of(population, List.of(), share, searches, level, seed);
  }

  /**
   * Finds the ranges.
   *
   * @param columns whose ranges are asked for; all if empty
   * @param share of the models drawn for one search, in (0, 1]
   * @param searches at least 1
   * @param level in (0, 1)
   * @throws IllegalArgumentException if there is no column of numbers, or not one that was asked
   *     for
   */
  public static BestRangeReport of(
      Population population,
      List<String> columns,
      double share,
      int searches,
      double level,
      long seed) {
    List<TrainedModel> models = population.models();
    Map<String, double[]> parameters = new LinkedHashMap<>(ModelParameters.of(population));
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(
          population.name()
              + " records neither complexities nor architectures of its models, nor settings that"
              + " are numbers");
    }
    for (String column : columns) {
      ModelParameters.of(population, column);
    }
    if (!columns.isEmpty()) {
      parameters.keySet().retainAll(columns);
    }
    double[] errors =
        models.stream()
            .mapToDouble(model -> model.testError().orElse(population.origin().chanceErrorPct()))
            .toArray();
    int draws = BestRange.draws(errors.length, share);
    BestRange simulated =
        BestRange.simulated(errors, draws, searches, SeedPath.root(seed).child("best-range"));
    BestRange exact = BestRange.exact(errors, draws);
    return new BestRangeReport(
        population.name(),
        errors.length,
        draws,
        searches,
        level,
        seed,
        population.origin().metric(),
        population.origin().chanceErrorPct(),
        Arrays.stream(errors).boxed().toList(),
        parameters.entrySet().stream()
            .map(
                parameter ->
                    new ParameterRange(
                        parameter.getKey(),
                        simulated.of(parameter.getValue(), level),
                        exact.of(parameter.getValue(), level),
                        Arrays.stream(parameter.getValue()).boxed().toList()))
            .toList());
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json = JsonText.object(FORMAT);
    json.put("name", name).put("models", models).put("draws", draws);
    json.put("searches", searches).put("level", level).put("seed", seed);
    ArrayNode ranges = json.putArray("parameters");
    for (ParameterRange range : parameters) {
      ranges
          .addObject()
          .put("parameter", range.parameter())
          .put("low", range.simulated().low())
          .put("median", range.simulated().median())
          .put("high", range.simulated().high())
          .put("exactLow", range.exact().low())
          .put("exactMedian", range.exact().median())
          .put("exactHigh", range.exact().high());
    }
    return JsonText.of(json);
  }
}
