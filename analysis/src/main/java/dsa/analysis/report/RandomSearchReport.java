package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What random search finds in each space, as data. Its JSON has the format {@code
 * dsa.search-efficiency/1} (docs/formats.md).
 *
 * @param normalization how complexity was taken out
 * @param withoutReplacement whether no model is drawn twice in one search
 * @param level of the prediction bands, in (0, 1)
 * @param budgets models per search, ascending
 * @param populations in the order they were given
 */
public record RandomSearchReport(
    Normalization.Result normalization,
    boolean withoutReplacement,
    double level,
    List<Long> budgets,
    List<PopulationSearch> populations) {

  private static final String FORMAT = "dsa.search-efficiency/1";

  /** Copies the lists. */
  public RandomSearchReport {
    budgets = List.copyOf(budgets);
    populations = List.copyOf(populations);
  }

  /**
   * Random search in one space.
   *
   * @param models the models in use
   * @param points the best of m models for each budget m
   * @param matchedByFirst for each budget, the fewest models of the first space that are as good on
   *     average; empty if no number is
   */
  public record PopulationSearch(
      NormalizedPopulation models,
      List<RandomSearchCurve.Point> points,
      List<OptionalLong> matchedByFirst) {

    /** Copies the lists. */
    public PopulationSearch {
      points = List.copyOf(points);
      matchedByFirst = List.copyOf(matchedByFirst);
    }
  }

  /**
   * Random search in populations that were weighted together, exactly: nothing is simulated.
   *
   * @param budgets models per search, each at least 1, in any order
   * @param level of the prediction bands, in (0, 1)
   * @param withoutReplacement whether no model is drawn twice in one search
   * @throws IllegalArgumentException if a budget is below 1, or above the number of models drawn
   *     from without replacement, or draws without replacement are asked for though models have
   *     weights
   */
  public static RandomSearchReport of(
      Normalization.Result normalization,
      List<Long> budgets,
      double level,
      boolean withoutReplacement) {
    if (withoutReplacement && normalization.given().isPresent()) {
      throw new IllegalArgumentException(
          "draws without replacement are defined for equal weights; hold nothing fixed");
    }
    List<Long> sizes = List.copyOf(new TreeSet<>(budgets));
    List<PopulationSearch> populations = new ArrayList<>();
    RandomSearchCurve first = null;
    for (NormalizedPopulation models : normalization.populations()) {
      RandomSearchCurve curve =
          withoutReplacement
              ? RandomSearchCurve.withoutReplacement(models.errors())
              : RandomSearchCurve.withReplacement(models.edf());
      RandomSearchCurve reference = first == null ? curve : first;
      first = reference;
      populations.add(
          new PopulationSearch(
              models,
              sizes.stream().map(m -> curve.at(m, level)).toList(),
              sizes.stream().map(m -> reference.effortToMatch(curve, m).budget()).toList()));
    }
    return new RandomSearchReport(normalization, withoutReplacement, level, sizes, populations);
  }

  /** What the numbers are conditional on, in one line. */
  public String conditions() {
    return Conditions.line(normalization);
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    return Conditions.warnings(normalization);
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json = JsonText.object(FORMAT);
    JsonText.conditions(json, normalization);
    json.put("level", level).put("withoutReplacement", withoutReplacement);
    JsonText.texts(json, "warnings", warnings());
    ArrayNode array = json.putArray("populations");
    for (int p = 0; p < populations.size(); p++) {
      PopulationSearch population = populations.get(p);
      ObjectNode node = array.addObject().put("name", population.models().name());
      JsonText.models(node, population.models());
      ArrayNode points = node.putArray("randomSearch");
      for (int k = 0; k < budgets.size(); k++) {
        RandomSearchCurve.Point point = population.points().get(k);
        ObjectNode entry =
            points
                .addObject()
                .put("budget", point.budget())
                .put("expectedBest", point.expectedBest())
                .put("standardDeviation", point.standardDeviation())
                .put("oneSearchLow", point.low())
                .put("oneSearchHigh", point.high())
                .put("support", point.support().label());
        OptionalLong matched = population.matchedByFirst().get(k);
        if (p > 0 && matched.isPresent()) {
          entry.put("matchingBudgetOfFirst", matched.getAsLong());
        }
      }
    }
    return JsonText.of(json);
  }
}
