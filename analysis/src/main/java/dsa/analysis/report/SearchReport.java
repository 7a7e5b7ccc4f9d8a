package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.inference.Interval;
import dsa.analysis.inference.MultipleComparisons;
import dsa.analysis.trajectory.PairedSearches;
import dsa.analysis.trajectory.SignalledRandomSearch;
import dsa.analysis.trajectory.Trajectories;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What strategies find on one table within one budget, as data. Its JSON has the format {@code
 * dsa.search/1} (docs/formats.md). Regret is the reported error of the best network so far, chosen
 * by its signal, minus that of the best network there is, percentage points.
 *
 * @param conditions what the numbers hold for
 * @param checkpoints places of the budget, ascending, in its unit; the last is the budget
 * @param expectedRandom the exact expected regret of random search at each checkpoint; empty where
 *     the budget does not count evaluations
 * @param strategies in the order they were given
 * @param pairs (0, 1), (0, 2), …, (1, 2), … of the strategies at the budget
 */
public record SearchReport(
    Conditions conditions,
    List<Double> checkpoints,
    List<Double> expectedRandom,
    List<StrategyResult> strategies,
    List<Pair> pairs) {

  private static final String FORMAT = "dsa.search/1";
  private static final double ALPHA = 0.05;
  private static final double FEW_DRAWS = 0.1;
  private static final int FEWEST_REPEATS = 200;

  /** Copies the lists. */
  public SearchReport {
    checkpoints = List.copyOf(checkpoints);
    expectedRandom = List.copyOf(expectedRandom);
    strategies = List.copyOf(strategies);
    pairs = List.copyOf(pairs);
  }

  /**
   * Where, how long and how often.
   *
   * @param table the space, or the sample
   * @param sample whether it is a mere sample of a larger space
   * @param encodings how many
   * @param networks different ones among them
   * @param runs trainings of each
   * @param epochs of a training
   * @param signal which training strategies are told of: {@code random} or its number
   * @param unit of the budget
   * @param unitWords the same for sentences
   * @param budget in its unit
   * @param freeRepeats whether asking again is free
   * @param repeats searches of each strategy
   * @param seed of everything random
   * @param level of the intervals
   * @param resamples of the bootstrap
   * @param bestErrorPct the smallest reported error of the table
   * @param referenceMacs what volumes are measured from
   * @param referenceErrorPct the same of the error
   */
  public record Conditions(
      String table,
      boolean sample,
      int encodings,
      int networks,
      int runs,
      int epochs,
      String signal,
      String unit,
      String unitWords,
      double budget,
      boolean freeRepeats,
      int repeats,
      long seed,
      double level,
      int resamples,
      double bestErrorPct,
      double referenceMacs,
      double referenceErrorPct) {}

  /**
   * The searches of one strategy, before they are summed up.
   *
   * @param name of the strategy, with settings that are not standard
   * @param settings all of them
   * @param stops why searches ended, and how many did so
   * @param evaluations mean number of a search
   * @param uniqueNetworks mean number of different networks of a search
   * @param regret at the checkpoints
   * @param volume share of the table's whole hypervolume at the checkpoints, where costs are known
   * @param recommended regret of what the strategy itself recommends at its end, if it does
   */
  public record Searches(
      String name,
      String settings,
      Map<String, Long> stops,
      double evaluations,
      double uniqueNetworks,
      Trajectories regret,
      Optional<Trajectories> volume,
      Optional<double[]> recommended) {}

  /**
   * What one strategy comes to.
   *
   * @param points of regret at the checkpoints
   * @param equivalents random draws worth the mean regret, for each checkpoint; empty where the
   *     budget does not count evaluations
   * @param recommended mean regret of what the strategy itself recommends
   * @param volume mean share of the table's hypervolume at the checkpoints; empty without costs
   */
  public record StrategyResult(
      String name,
      String settings,
      Map<String, Long> stops,
      double evaluations,
      double uniqueNetworks,
      List<Trajectories.Point> points,
      List<SignalledRandomSearch.Equivalent> equivalents,
      Optional<Interval> recommended,
      List<Interval> volume) {

    /** Copies the collections. */
    public StrategyResult {
      stops = new TreeMap<>(stops);
      points = List.copyOf(points);
      equivalents = List.copyOf(equivalents);
      volume = List.copyOf(volume);
    }

    /** Mean regret at the budget. */
    public Interval atBudget() {
      return points.get(points.size() - 1).mean();
    }
  }

  /**
   * Two strategies at the budget.
   *
   * @param a name of the first
   * @param b name of the second
   * @param result paired by seed
   * @param holm the p-value adjusted for all pairs of the report
   */
  public record Pair(String a, String b, PairedSearches result, double holm) {}

  /** Collects strategies; good for one report. */
  public static final class Builder {

    private final Conditions conditions;
    private final List<Double> checkpoints;
    private final Optional<SignalledRandomSearch> random;
    private final List<Searches> searches = new ArrayList<>();

    private Builder(
        Conditions conditions, List<Double> checkpoints, Optional<SignalledRandomSearch> random) {
      this.conditions = conditions;
      this.checkpoints = List.copyOf(checkpoints);
      this.random = random;
    }

    /** Adds a strategy, with as many checkpoints and repeats as the others. */
    public Builder add(Searches of) {
      searches.add(of);
      return this;
    }

    /** The report of the strategies so far. */
    public SearchReport build() {
      SeedPath address = SeedPath.root(conditions.seed()).child("search-report");
      List<StrategyResult> results = new ArrayList<>();
      for (Searches of : searches) {
        results.add(result(of, address.child(of.name())));
      }
      List<PairedSearches> paired = new ArrayList<>();
      List<String[]> names = new ArrayList<>();
      int last = checkpoints.size() - 1;
      for (int a = 0; a < searches.size(); a++) {
        for (int b = a + 1; b < searches.size(); b++) {
          names.add(new String[] {searches.get(a).name(), searches.get(b).name()});
          paired.add(
              PairedSearches.of(
                  searches.get(a).regret().at(last),
                  searches.get(b).regret().at(last),
                  conditions.resamples(),
                  conditions.level(),
                  address.child("pair").child(a).child(b)));
        }
      }
      double[] holm =
          MultipleComparisons.holm(paired.stream().mapToDouble(PairedSearches::pValue).toArray());
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < holm.length; i++) {
        pairs.add(new Pair(names.get(i)[0], names.get(i)[1], paired.get(i), holm[i]));
      }
      return new SearchReport(
          conditions,
          checkpoints,
          random
              .map(
                  r ->
                      checkpoints.stream()
                          .map(c -> r.expected(Math.max(1, (long) (double) c)))
                          .toList())
              .orElse(List.of()),
          results,
          pairs);
    }

    private StrategyResult result(Searches of, SeedPath address) {
      List<Trajectories.Point> points =
          of.regret().points(conditions.resamples(), conditions.level(), address.child("regret"));
      return new StrategyResult(
          of.name(),
          of.settings(),
          of.stops(),
          of.evaluations(),
          of.uniqueNetworks(),
          points,
          random
              .map(r -> points.stream().map(point -> r.equivalentTo(point.mean())).toList())
              .orElse(List.of()),
          of.recommended()
              .map(
                  regrets -> {
                    double[][] column = new double[regrets.length][];
                    for (int i = 0; i < regrets.length; i++) {
                      column[i] = new double[] {regrets[i]};
                    }
                    return Trajectories.of(column)
                        .points(
                            conditions.resamples(),
                            conditions.level(),
                            address.child("recommended"))
                        .get(0)
                        .mean();
                  }),
          of.volume()
              .map(
                  volume ->
                      volume
                          .points(
                              conditions.resamples(), conditions.level(), address.child("volume"))
                          .stream()
                          .map(Trajectories.Point::mean)
                          .toList())
              .orElse(List.of()));
    }
  }

  /**
   * A report to be filled with strategies.
   *
   * @param random the yardstick, where the budget counts evaluations
   */
  public static Builder of(
      Conditions conditions, List<Double> checkpoints, Optional<SignalledRandomSearch> random) {
    return new Builder(conditions, checkpoints, random);
  }

  /** What the numbers hold for, one line each. */
  public List<String> setting() {
    Conditions c = conditions;
    return List.of(
        (c.sample() ? "A sample of " : "All of ")
            + c.table()
            + ": "
            + String.format(Locale.ROOT, "%,d", c.encodings())
            + (c.sample() ? " networks, " : " encodings of ")
            + (c.sample() ? "" : String.format(Locale.ROOT, "%,d", c.networks()) + " networks, ")
            + c.runs()
            + (c.runs() == 1 ? " training each; best error " : " trainings each; best error ")
            + String.format(Locale.ROOT, "%.3f", c.bestErrorPct())
            + " %.",
        "Signal: "
            + (c.signal().equals("random")
                ? "one training of each network, the same for all, drawn for each search"
                : "training " + c.signal() + " of each network")
            + ". Reported: regret, the mean error of "
            + (c.runs() == 1 ? "its training" : "all " + c.runs() + " trainings")
            + " of the network with the best signal so far, minus the best there is.",
        c.repeats()
            + " searches of each strategy, seed "
            + c.seed()
            + "; budget "
            + number(c.budget())
            + " "
            + c.unitWords()
            + "; repeats of a network "
            + (c.freeRepeats() ? "are free." : "cost as much as the first time."));
  }

  /** What the strategies come to, in sentences that name them. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    String at = number(conditions.budget()) + " " + conditions.unitWords();
    for (StrategyResult each : strategies) {
      if (each.equivalents().isEmpty() || each.name().startsWith("random")) {
        continue;
      }
      SignalledRandomSearch.Equivalent worth =
          each.equivalents().get(each.equivalents().size() - 1);
      findings.add(
          at
              + " of "
              + each.name()
              + " are worth "
              + (worth.budget().isPresent()
                  ? grouped(worth.budget().getAsLong())
                      + " random draws"
                      + range(worth)
                      + String.format(
                          Locale.ROOT,
                          ", %.1f times as many.",
                          worth.budget().getAsLong() / conditions.budget())
                  : "more than any number of random draws: these, choosing by the signal alone, stay"
                      + " above its mean regret."));
    }
    for (Pair pair : pairs) {
      Interval difference = pair.result().difference();
      boolean clear = pair.holm() <= ALPHA && !difference.contains(0);
      String better = difference.value() < 0 ? pair.a() : pair.b();
      String worse = difference.value() < 0 ? pair.b() : pair.a();
      double share =
          difference.value() < 0
              ? pair.result().probabilityABetter()
              : 1 - pair.result().probabilityABetter();
      findings.add(
          clear
              ? String.format(
                  Locale.ROOT,
                  "%s finds smaller errors than %s at %s: by %.3f points (%.3f to %.3f); a search of"
                      + " it ends better with probability %.2f (A12), p %s after Holm.",
                  better,
                  worse,
                  at,
                  Math.abs(difference.value()),
                  Math.min(Math.abs(difference.low()), Math.abs(difference.high())),
                  Math.max(Math.abs(difference.low()), Math.abs(difference.high())),
                  share,
                  pair.holm() < 0.001
                      ? "< 0.001"
                      : String.format(Locale.ROOT, "= %.3f", pair.holm()))
              : String.format(
                  Locale.ROOT,
                  "Whether %s or %s finds smaller errors at %s these searches do not settle: %.3f"
                      + " points (%.3f to %.3f), p = %.3f after Holm.",
                  pair.a(),
                  pair.b(),
                  at,
                  difference.value(),
                  difference.low(),
                  difference.high(),
                  pair.holm()));
    }
    return findings;
  }

  private static String range(SignalledRandomSearch.Equivalent worth) {
    OptionalLong least = worth.least();
    OptionalLong most = worth.most();
    if (least.isEmpty()) {
      return "";
    }
    return " ("
        + grouped(least.getAsLong())
        + " to "
        + (most.isPresent() ? grouped(most.getAsLong()) : "any number")
        + ")";
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? grouped((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (conditions.sample()) {
      warnings.add(
          "The table is a sample: what random search finds in it is bounded by its best networks,"
              + " not by those of the space.");
      if (conditions.budget() > FEW_DRAWS * conditions.encodings()) {
        warnings.add(
            "The budget is more than a tenth of the sample; the end of the curve rests on its"
                + " luckiest few networks.");
      }
    } else {
      warnings.add(
          "This holds for this enumerated space under its training recipe; it says nothing of other"
              + " spaces, nor of the time that training with shared weights would take.");
    }
    if (conditions.runs() == 1) {
      warnings.add(
          "There is one training of each network, so that the signal is also what is reported: the"
              + " luck of that training counts as merit.");
    }
    if (conditions.repeats() < FEWEST_REPEATS) {
      warnings.add(
          conditions.repeats()
              + " searches of each strategy are few; on a table "
              + FEWEST_REPEATS
              + " and more cost seconds.");
    }
    return warnings;
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    Conditions c = conditions;
    ObjectNode json = JsonText.object(FORMAT);
    json.put("table", c.table())
        .put("sample", c.sample())
        .put("encodings", c.encodings())
        .put("networks", c.networks())
        .put("runsPerNetwork", c.runs())
        .put("epochs", c.epochs())
        .put("signal", c.signal())
        .put("unit", c.unit())
        .put("budget", c.budget())
        .put("freeRepeats", c.freeRepeats())
        .put("repeats", c.repeats())
        .put("seed", c.seed())
        .put("level", c.level())
        .put("resamples", c.resamples())
        .put("bestErrorPct", c.bestErrorPct())
        .put("referenceMacs", c.referenceMacs())
        .put("referenceErrorPct", c.referenceErrorPct());
    JsonText.texts(json, "warnings", warnings());
    JsonText.numbers(json, "checkpoints", checkpoints);
    JsonText.numbers(json, "expectedRandomRegret", expectedRandom);
    ArrayNode array = json.putArray("strategies");
    for (StrategyResult each : strategies) {
      ObjectNode node =
          array.addObject().put("strategy", each.name()).put("settings", each.settings());
      ObjectNode stops = node.putObject("stops");
      each.stops().forEach(stops::put);
      node.put("evaluations", each.evaluations()).put("uniqueNetworks", each.uniqueNetworks());
      ArrayNode points = node.putArray("trajectory");
      for (int k = 0; k < checkpoints.size(); k++) {
        Trajectories.Point point = each.points().get(k);
        ObjectNode entry = points.addObject().put("checkpoint", checkpoints.get(k));
        JsonText.interval(entry, "meanRegret", point.mean());
        entry
            .put("lowerQuartile", point.lowerQuartile())
            .put("median", point.median())
            .put("upperQuartile", point.upperQuartile());
        if (!each.equivalents().isEmpty()) {
          SignalledRandomSearch.Equivalent worth = each.equivalents().get(k);
          ObjectNode draws = entry.putObject("randomDraws");
          worth.budget().ifPresent(m -> draws.put("value", m));
          worth.least().ifPresent(m -> draws.put("low", m));
          worth.most().ifPresent(m -> draws.put("high", m));
        }
        if (!each.volume().isEmpty()) {
          JsonText.interval(entry, "hypervolumeShare", each.volume().get(k));
        }
      }
      each.recommended().ifPresent(regret -> JsonText.interval(node, "recommendedRegret", regret));
    }
    array = json.putArray("pairs");
    for (Pair pair : pairs) {
      ObjectNode node = array.addObject().put("a", pair.a()).put("b", pair.b());
      JsonText.interval(node, "difference", pair.result().difference());
      node.put("probabilityABetter", pair.result().probabilityABetter())
          .put("pValue", pair.result().pValue())
          .put("holmPValue", pair.holm());
    }
    JsonText.texts(json, "findings", findings());
    return JsonText.of(json);
  }
}
