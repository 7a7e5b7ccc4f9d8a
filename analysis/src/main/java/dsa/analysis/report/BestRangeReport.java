package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.randomsearch.BestRange;
import dsa.analysis.randomsearch.ModelParameters;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.List;
import java.util.Map;

/**
 * Which values of each parameter the good models of a population have, as data. Its JSON has the
 * format {@code dsa.best-range/1} (docs/formats.md).
 *
 * @param name of the population
 * @param models in it
 * @param draws models of one search
 * @param searches how many were simulated
 * @param level the share of the winners inside a range
 * @param seed of the searches
 * @param parameters one for each column of {@link ModelParameters}
 */
public record BestRangeReport(
    String name,
    int models,
    int draws,
    int searches,
    double level,
    long seed,
    List<ParameterRange> parameters) {

  private static final String FORMAT = "dsa.best-range/1";

  /** Copies the list. */
  public BestRangeReport {
    parameters = List.copyOf(parameters);
  }

  /**
   * The range of one parameter.
   *
   * @param parameter its name
   * @param simulated over the winners of the simulated searches
   * @param exact over those of infinitely many
   */
  public record ParameterRange(
      String parameter, BestRange.Range simulated, BestRange.Range exact) {}

  /**
   * Finds the ranges.
   *
   * @param share of the models drawn for one search, in (0, 1]
   * @param searches at least 1
   * @param level in (0, 1)
   * @throws IllegalArgumentException if neither complexities nor architectures are recorded
   */
  public static BestRangeReport of(
      Population population, double share, int searches, double level, long seed) {
    List<TrainedModel> models = population.models();
    Map<String, double[]> parameters = ModelParameters.of(models);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(
          population.name() + " records neither complexities nor architectures of its models");
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
        parameters.entrySet().stream()
            .map(
                parameter ->
                    new ParameterRange(
                        parameter.getKey(),
                        simulated.of(parameter.getValue(), level),
                        exact.of(parameter.getValue(), level)))
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
          .put("best", range.simulated().best())
          .put("high", range.simulated().high())
          .put("exactLow", range.exact().low())
          .put("exactBest", range.exact().best())
          .put("exactHigh", range.exact().high());
    }
    return JsonText.of(json);
  }
}
