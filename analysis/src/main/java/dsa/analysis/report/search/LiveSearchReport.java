package dsa.analysis.report.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.report.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What searches found that trained their networks, as data. Its JSON has the format {@code
 * dsa.live-search/1} (docs/formats.md).
 *
 * @param strategy with settings that are not standard
 * @param space what was searched
 * @param recipe by which networks were trained
 * @param signal what the strategy was told: {@code validation error} or {@code test error}
 * @param unit of the budget
 * @param budget of a search
 * @param seed of everything random
 * @param searches in their order
 */
public record LiveSearchReport(
    String strategy,
    String space,
    String recipe,
    String signal,
    String unit,
    double budget,
    long seed,
    List<LiveSearch> searches) {

  private static final String FORMAT = "dsa.live-search/1";
  private static final int FEWEST = 5;

  /** Copies the list. */
  public LiveSearchReport {
    searches = List.copyOf(searches);
  }

  /**
   * One search.
   *
   * @param number from 1
   * @param stop why it ended, in words
   * @param evaluations how many
   * @param networks different ones
   * @param best encoding of the network with the best signal
   * @param signalPct its signal
   * @param againPct its test errors when trained anew from other seeds: what is reported
   * @param path the best signal so far after each evaluation
   */
  public record LiveSearch(
      int number,
      String stop,
      int evaluations,
      int networks,
      String best,
      double signalPct,
      List<Double> againPct,
      List<Double> path) {

    /** Copies the lists. */
    public LiveSearch {
      againPct = List.copyOf(againPct);
      path = List.copyOf(path);
    }

    /** The mean test error of the network when trained anew; absent if it was not. */
    public OptionalDouble reportedPct() {
      return againPct.stream().mapToDouble(Double::doubleValue).average();
    }
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (searches.size() < FEWEST) {
      warnings.add(
          searches.size()
              + (searches.size() == 1 ? " search is" : " searches are")
              + " too few to say that one strategy is better than another.");
    }
    if (signal.startsWith("test")) {
      warnings.add(
          "The recipe holds no images out, so that the signal is a test error; only the errors of"
              + " the networks trained anew are free of its luck, and they share its images.");
    }
    if (searches.stream().anyMatch(each -> each.againPct().isEmpty())) {
      warnings.add("The networks found were not trained anew: the signal speaks too well of them.");
    }
    return warnings;
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json =
        JsonText.object(FORMAT)
            .put("strategy", strategy)
            .put("space", space)
            .put("recipe", recipe)
            .put("signal", signal)
            .put("unit", unit)
            .put("budget", budget)
            .put("seed", seed);
    JsonText.texts(json, "warnings", warnings());
    ArrayNode array = json.putArray("searches");
    for (LiveSearch each : searches) {
      ObjectNode node =
          array
              .addObject()
              .put("search", each.number())
              .put("stop", each.stop())
              .put("evaluations", each.evaluations())
              .put("networks", each.networks())
              .put("best", each.best())
              .put("signalPct", each.signalPct());
      JsonText.numbers(node, "againPct", each.againPct());
      JsonText.numbers(node, "bestSignalSoFarPct", each.path());
    }
    return JsonText.of(json);
  }
}
