package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.association.EpsilonHull;
import dsa.analysis.association.ParetoFront;
import dsa.analysis.edf.Quantiles;
import dsa.analysis.inference.Interval;
import dsa.analysis.pareto.Attainment;
import dsa.analysis.pareto.CostReward;
import dsa.analysis.pareto.FrontOptimism;
import dsa.analysis.pareto.SampledVolume;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The fronts of error against a cost that spaces offer, as data. Its JSON has the format {@code
 * dsa.pareto/1} (docs/formats.md). Errors are the mean of each network's trainings, percent.
 *
 * @param settings what the numbers hold for
 * @param spaces in the order they were given
 * @param pairs (0, 1), (0, 2), …, (1, 2), …
 */
public record ParetoReport(Settings settings, List<SpaceFront> spaces, List<Pair> pairs) {

  private static final String FORMAT = "dsa.pareto/1";
  private static final int GRID = 48;
  private static final double WORST_SHARE = 0.99;

  /** Copies the lists. */
  public ParetoReport {
    spaces = List.copyOf(spaces);
    pairs = List.copyOf(pairs);
  }

  /**
   * What is asked.
   *
   * @param measure the cost
   * @param referenceCost where hypervolumes are measured from; absent for the largest cost
   * @param referenceErrorPct the same of the error; absent for what 99 percent stay below
   * @param epsilon how far above the hull is still close to it, at least 0
   * @param sampleSize networks of a sample; absent for as many as the smallest population has
   * @param under costs to name the best error for, in single units
   * @param target of MnasNet's reward, in single units, if it is wanted
   * @param level of intervals and bands, in (0, 1)
   * @param resamples at least 2
   * @param seed of the samples
   */
  public record Settings(
      ComplexityMeasure measure,
      OptionalDouble referenceCost,
      OptionalDouble referenceErrorPct,
      double epsilon,
      Optional<Integer> sampleSize,
      List<Double> under,
      OptionalDouble target,
      double level,
      int resamples,
      long seed) {

    /** Copies the list; rejects what is out of range. */
    public Settings {
      under = List.copyOf(under);
      if (!(level > 0 && level < 1) || resamples < 2 || !(epsilon >= 0)) {
        throw new IllegalArgumentException(
            "level=" + level + ", resamples=" + resamples + " or epsilon=" + epsilon);
      }
    }
  }

  /**
   * A network on a front.
   *
   * @param id the first of those equal in cost and error
   * @param ties how many others are equal in both
   * @param cost in single units
   * @param errorPct mean over its trainings
   * @param onHull whether it is a corner of the lower convex hull
   */
  public record Member(String id, int ties, double cost, double errorPct, boolean onHull) {}

  /**
   * What samples of m reach within a cost.
   *
   * @param cost in single units
   * @param bestId the best network of the whole population within it; absent if none is
   * @param bestErrorPct its error
   * @param reached the median over samples and its band; absent if samples mostly hold none
   */
  public record WithinCost(
      double cost,
      Optional<String> bestId,
      OptionalDouble bestErrorPct,
      Optional<Interval> reached) {}

  /** The best network by MnasNet's reward: hard or soft. */
  public record Rewarded(String kind, String id, double cost, double errorPct, double reward) {}

  /**
   * One space.
   *
   * @param name of the population
   * @param networks with error and cost
   * @param leftOut without cost
   * @param runs trainings of each
   * @param front by ascending cost
   * @param nearHull networks within epsilon of the hull
   * @param volume hypervolume of the front, as a share of the reference's rectangle
   * @param sampledVolume mean over samples of m, and the band that holds such a share
   * @param attainment what samples of m reach, at costs on a logarithmic grid
   * @param under the same at the costs asked for
   * @param rewarded by MnasNet's reward, hard then soft, if a target was given
   * @param optimism of the front that the first training chooses; absent of single trainings
   */
  public record SpaceFront(
      String name,
      int networks,
      int leftOut,
      int runs,
      List<Member> front,
      int nearHull,
      double volume,
      Interval sampledVolume,
      List<WithinCost> attainment,
      List<WithinCost> under,
      List<Rewarded> rewarded,
      Optional<FrontOptimism> optimism) {

    /** Copies the lists. */
    public SpaceFront {
      front = List.copyOf(front);
      attainment = List.copyOf(attainment);
      under = List.copyOf(under);
      rewarded = List.copyOf(rewarded);
    }
  }

  /**
   * Two spaces.
   *
   * @param volumeDifference of samples of m: a minus b, with the percentile interval
   * @param aCoversB share of b's front that a's is at least as good as
   * @param bCoversA the other way round
   */
  public record Pair(
      String a, String b, Interval volumeDifference, double aCoversB, double bCoversA) {}

  /** A population of trained networks by name. */
  public record Source(String name, List<TrainedNetwork> networks) {

    /** Copies the list. */
    public Source {
      networks = List.copyOf(networks);
    }
  }

  private static final class Columns {
    final Source source;
    final List<TrainedNetwork> networks;
    final double[] costs;
    final double[] errors;

    Columns(Source source, ComplexityMeasure measure) {
      this.source = source;
      networks =
          source.networks().stream()
              .filter(each -> each.complexity().of(measure).orElse(0) > 0)
              .toList();
      if (networks.isEmpty()) {
        throw new IllegalArgumentException(
            source.name() + " records no " + measure.label() + " of its networks");
      }
      costs =
          networks.stream()
              .mapToDouble(each -> each.complexity().of(measure).getAsLong())
              .toArray();
      errors =
          networks.stream()
              .mapToDouble(
                  each -> each.errorsPct().stream().mapToDouble(e -> e).average().orElseThrow())
              .toArray();
    }
  }

  /**
   * The fronts of populations.
   *
   * @param sources at least one
   * @throws IllegalArgumentException if one records no such cost
   */
  public static ParetoReport of(List<Source> sources, Settings asked) {
    List<Columns> all = sources.stream().map(each -> new Columns(each, asked.measure())).toList();
    double referenceCost =
        asked
            .referenceCost()
            .orElse(all.stream().flatMapToDouble(c -> Arrays.stream(c.costs)).max().orElseThrow());
    double referenceError =
        asked
            .referenceErrorPct()
            .orElseGet(
                () -> {
                  double[] errors =
                      all.stream().flatMapToDouble(c -> Arrays.stream(c.errors)).sorted().toArray();
                  return errors[(int) Math.ceil(WORST_SHARE * errors.length) - 1];
                });
    int size =
        asked.sampleSize().orElse(all.stream().mapToInt(c -> c.costs.length).min().orElseThrow());
    Settings settings =
        new Settings(
            asked.measure(),
            OptionalDouble.of(referenceCost),
            OptionalDouble.of(referenceError),
            asked.epsilon(),
            Optional.of(size),
            asked.under(),
            asked.target(),
            asked.level(),
            asked.resamples(),
            asked.seed());
    SeedPath address = SeedPath.root(asked.seed()).child("pareto");
    double least = all.stream().flatMapToDouble(c -> Arrays.stream(c.costs)).min().orElseThrow();
    double[] grid = grid(least, referenceCost);
    List<SpaceFront> spaces = new ArrayList<>();
    List<double[]> volumes = new ArrayList<>();
    for (int s = 0; s < all.size(); s++) {
      double[] shares =
          SampledVolume.shares(
              all.get(s).costs,
              all.get(s).errors,
              size,
              asked.resamples(),
              referenceCost,
              referenceError,
              address.child(s));
      volumes.add(shares);
      spaces.add(front(all.get(s), settings, shares, grid));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < all.size(); a++) {
      for (int b = a + 1; b < all.size(); b++) {
        double[] difference = new double[asked.resamples()];
        for (int i = 0; i < difference.length; i++) {
          difference[i] = volumes.get(a)[i] - volumes.get(b)[i];
        }
        pairs.add(
            new Pair(
                spaces.get(a).name(),
                spaces.get(b).name(),
                interval(difference, asked.level()),
                SampledVolume.coverage(
                    all.get(a).costs, all.get(a).errors, all.get(b).costs, all.get(b).errors),
                SampledVolume.coverage(
                    all.get(b).costs, all.get(b).errors, all.get(a).costs, all.get(a).errors)));
      }
    }
    return new ParetoReport(settings, spaces, pairs);
  }

  private static double[] grid(double least, double largest) {
    double ratio = Math.log(largest / least) / (GRID - 1);
    double[] grid =
        IntStream.range(0, GRID).mapToDouble(i -> least * Math.exp(ratio * i)).toArray();
    grid[GRID - 1] = largest;
    return Arrays.stream(grid).distinct().sorted().toArray();
  }

  private static Interval interval(double[] values, double level) {
    Quantiles quantiles = Quantiles.of(values);
    double tail = (1 - level) / 2;
    return new Interval(
        Arrays.stream(values).average().orElseThrow(), quantiles.at(tail), quantiles.at(1 - tail));
  }

  private static SpaceFront front(
      Columns columns, Settings settings, double[] shares, double[] grid) {
    double referenceCost = settings.referenceCost().getAsDouble();
    double referenceError = settings.referenceErrorPct().getAsDouble();
    EpsilonHull hull = EpsilonHull.of(columns.costs, columns.errors);
    boolean[] corner = new boolean[columns.costs.length];
    for (int vertex : hull.vertices()) {
      corner[vertex] = true;
    }
    List<Member> members = new ArrayList<>();
    for (int i : ParetoFront.of(columns.costs, columns.errors).indices()) {
      Member last = members.isEmpty() ? null : members.get(members.size() - 1);
      if (last != null && last.cost() == columns.costs[i] && last.errorPct() == columns.errors[i]) {
        members.set(
            members.size() - 1,
            new Member(
                last.id(),
                last.ties() + 1,
                last.cost(),
                last.errorPct(),
                last.onHull() || corner[i]));
      } else {
        members.add(
            new Member(
                columns.networks.get(i).id(), 0, columns.costs[i], columns.errors[i], corner[i]));
      }
    }
    Attainment attainment =
        Attainment.of(columns.costs, columns.errors, settings.sampleSize().orElseThrow());
    int runs = columns.networks.stream().mapToInt(n -> n.errorsPct().size()).min().orElseThrow();
    return new SpaceFront(
        columns.source.name(),
        columns.networks.size(),
        columns.source.networks().size() - columns.networks.size(),
        runs,
        members,
        hull.within(settings.epsilon()).length,
        SampledVolume.share(columns.costs, columns.errors, referenceCost, referenceError),
        interval(shares, settings.level()),
        Arrays.stream(grid)
            .mapToObj(c -> within(columns, attainment, c, settings.level()))
            .toList(),
        settings.under().stream()
            .map(c -> within(columns, attainment, c, settings.level()))
            .toList(),
        rewarded(columns, settings),
        runs < 2 ? Optional.empty() : Optional.of(optimism(columns, runs)));
  }

  private static FrontOptimism optimism(Columns columns, int runs) {
    double[][] errors = new double[runs][];
    for (int r = 0; r < runs; r++) {
      int run = r;
      errors[r] = columns.networks.stream().mapToDouble(n -> n.errorsPct().get(run)).toArray();
    }
    return FrontOptimism.of(columns.costs, errors);
  }

  private static WithinCost within(
      Columns columns, Attainment attainment, double cost, double level) {
    int best = -1;
    for (int i = 0; i < columns.costs.length; i++) {
      if (columns.costs[i] <= cost && (best < 0 || columns.errors[i] < columns.errors[best])) {
        best = i;
      }
    }
    double tail = (1 - level) / 2;
    OptionalDouble low = attainment.quantile(cost, tail);
    OptionalDouble median = attainment.quantile(cost, 0.5);
    OptionalDouble high = attainment.quantile(cost, 1 - tail);
    return new WithinCost(
        cost,
        best < 0 ? Optional.empty() : Optional.of(columns.networks.get(best).id()),
        best < 0 ? OptionalDouble.empty() : OptionalDouble.of(columns.errors[best]),
        high.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Interval(median.getAsDouble(), low.getAsDouble(), high.getAsDouble())));
  }

  private static List<Rewarded> rewarded(Columns columns, Settings settings) {
    if (settings.target().isEmpty()) {
      return List.of();
    }
    double target = settings.target().getAsDouble();
    return List.of(
        best(columns, CostReward.hard(target), "hard"),
        best(columns, CostReward.soft(target), "soft"));
  }

  private static Rewarded best(Columns columns, CostReward reward, String kind) {
    int best = 0;
    for (int i = 1; i < columns.costs.length; i++) {
      best = reward(columns, reward, i) > reward(columns, reward, best) ? i : best;
    }
    return new Rewarded(
        kind,
        columns.networks.get(best).id(),
        columns.costs[best],
        columns.errors[best],
        reward(columns, reward, best));
  }

  private static double reward(Columns columns, CostReward reward, int i) {
    return reward.of(100 - columns.errors[i], columns.costs[i]);
  }

  /** What the numbers hold for, in one line. */
  public String conditions() {
    ComplexityMeasure measure = settings.measure();
    return String.format(
        Locale.ROOT,
        "Error against %s; volumes below %.3f %s and %.2f %%; samples of %,d networks; level %s, %,d"
            + " samples, seed %d.",
        measure.label(),
        settings.referenceCost().getAsDouble() / measure.unitSize(),
        measure.unit(),
        settings.referenceErrorPct().getAsDouble(),
        settings.sampleSize().orElseThrow(),
        settings.level(),
        settings.resamples(),
        settings.seed());
  }

  /** What the spaces come to, in sentences that name them. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (SpaceFront space : spaces) {
      space
          .optimism()
          .ifPresent(
              o ->
                  findings.add(
                      String.format(
                          Locale.ROOT,
                          "%s: the front that its first training chooses (%d networks) has a mean"
                              + " error of %.2f %% there and %.2f %% in its other trainings: it"
                              + " speaks too well of itself by %.2f points. %.0f %% of it are on the"
                              + " front of the means.",
                          space.name(),
                          o.members(),
                          o.chosenPct(),
                          o.againPct(),
                          o.againPct() - o.chosenPct(),
                          100 * o.kept())));
    }
    for (Pair pair : pairs) {
      Interval difference = pair.volumeDifference();
      findings.add(
          difference.contains(0)
              ? String.format(
                  Locale.ROOT,
                  "Samples of %s and %s do not settle whose front is better: volumes differ by %.3f"
                      + " (%.3f to %.3f).",
                  pair.a(),
                  pair.b(),
                  difference.value(),
                  difference.low(),
                  difference.high())
              : String.format(
                  Locale.ROOT,
                  "%s offers the better front than %s: its samples cover %.3f (%.3f to %.3f) more of"
                      + " the volume.",
                  difference.value() > 0 ? pair.a() : pair.b(),
                  difference.value() > 0 ? pair.b() : pair.a(),
                  Math.abs(difference.value()),
                  Math.min(Math.abs(difference.low()), Math.abs(difference.high())),
                  Math.max(Math.abs(difference.low()), Math.abs(difference.high()))));
    }
    return findings;
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (SpaceFront space : spaces) {
      if (space.runs() == 1) {
        warnings.add(
            space.name()
                + " has one training of each network: its front was chosen for luck too, and is"
                + " better than other trainings of the same networks would be.");
      }
      if (space.leftOut() > 0) {
        warnings.add(space.name() + ": " + space.leftOut() + " networks of unknown cost left out.");
      }
    }
    return warnings;
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json =
        JsonText.object(FORMAT)
            .put("measure", settings.measure().label())
            .put("referenceCost", settings.referenceCost().getAsDouble())
            .put("referenceErrorPct", settings.referenceErrorPct().getAsDouble())
            .put("epsilon", settings.epsilon())
            .put("sampleSize", settings.sampleSize().orElseThrow())
            .put("level", settings.level())
            .put("resamples", settings.resamples())
            .put("seed", settings.seed());
    settings.target().ifPresent(target -> json.put("target", target));
    JsonText.texts(json, "warnings", warnings());
    ArrayNode array = json.putArray("populations");
    for (SpaceFront space : spaces) {
      ObjectNode node =
          array
              .addObject()
              .put("name", space.name())
              .put("networks", space.networks())
              .put("leftOut", space.leftOut())
              .put("runsPerNetwork", space.runs());
      ArrayNode front = node.putArray("front");
      for (Member member : space.front()) {
        front
            .addObject()
            .put("id", member.id())
            .put("ties", member.ties())
            .put("cost", member.cost())
            .put("errorPct", member.errorPct())
            .put("onHull", member.onHull());
      }
      node.put("nearHull", space.nearHull()).put("hypervolume", space.volume());
      JsonText.interval(node, "sampledHypervolume", space.sampledVolume());
      within(node.putArray("attainment"), space.attainment());
      within(node.putArray("under"), space.under());
      ArrayNode rewards = node.putArray("rewards");
      for (Rewarded best : space.rewarded()) {
        rewards
            .addObject()
            .put("kind", best.kind())
            .put("id", best.id())
            .put("cost", best.cost())
            .put("errorPct", best.errorPct())
            .put("reward", best.reward());
      }
      space
          .optimism()
          .ifPresent(
              o ->
                  node.putObject("optimism")
                      .put("members", o.members())
                      .put("chosenPct", o.chosenPct())
                      .put("againPct", o.againPct())
                      .put("kept", o.kept()));
    }
    array = json.putArray("pairs");
    for (Pair pair : pairs) {
      ObjectNode node = array.addObject().put("a", pair.a()).put("b", pair.b());
      JsonText.interval(node, "hypervolumeDifference", pair.volumeDifference());
      node.put("aCoversB", pair.aCoversB()).put("bCoversA", pair.bCoversA());
    }
    JsonText.texts(json, "findings", findings());
    return JsonText.of(json);
  }

  private static void within(ArrayNode array, List<WithinCost> costs) {
    for (WithinCost each : costs) {
      ObjectNode node = array.addObject().put("cost", each.cost());
      each.bestId().ifPresent(id -> node.put("bestId", id));
      each.bestErrorPct().ifPresent(error -> node.put("bestErrorPct", error));
      each.reached()
          .ifPresent(
              reached ->
                  node.put("median", reached.value())
                      .put("low", reached.low())
                      .put("high", reached.high()));
    }
  }
}
