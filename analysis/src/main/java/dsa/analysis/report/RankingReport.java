package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.association.EpochRanking;
import dsa.analysis.inference.Interval;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether networks may be ranked early in training, as data. Its JSON has the format {@code
 * dsa.ranking/1} (docs/formats.md).
 *
 * @param score what networks are ranked by early: a metric of the runs, such as {@code test-error}
 * @param level of the intervals, in (0, 1)
 * @param resamples of networks
 * @param seed of the resamples
 * @param rankings of every population against its own end, then against the ends of others that
 *     trained the same networks
 */
public record RankingReport(
    String score, double level, int resamples, long seed, List<Ranking> rankings) {

  private static final String FORMAT = "dsa.ranking/1";
  private static final double TRUSTED = 0.75; // three of four pairs ordered as at the end
  private static final int FEWEST = 20;

  /** Copies the list. */
  public RankingReport {
    rankings = List.copyOf(rankings);
  }

  /**
   * The curves of one population.
   *
   * @param name of the population
   * @param networks in canonical form, all different
   * @param scores of each network at each epoch, lower is better; as many for all
   * @param finals of each network the test error at the end, percent
   * @param leftOut networks without a whole curve
   */
  public record Curves(
      String name,
      List<ArchitectureSpec> networks,
      List<double[]> scores,
      List<Double> finals,
      int leftOut) {

    /** Copies the lists. */
    public Curves {
      networks = List.copyOf(networks);
      scores = List.copyOf(scores);
      finals = List.copyOf(finals);
    }
  }

  /**
   * One population's epochs against an end.
   *
   * @param early whose epochs
   * @param end whose end: the same trainings, or others of the same networks
   * @param epochs of a training of {@code early}
   * @param leftOut networks of {@code early} that are not compared
   * @param ranking what was found; of the same trainings the last epoch is left out
   */
  public record Ranking(String early, String end, int epochs, int leftOut, EpochRanking ranking) {

    /** Whether the end is that of the same trainings. */
    public boolean isOfItself() {
      return early.equals(end);
    }
  }

  /**
   * Ranks by the epochs of each population.
   *
   * @param populations at least one, of different names
   * @throws IllegalArgumentException if one has fewer than two networks with whole curves, or no
   *     epoch before the last
   */
  public static RankingReport of(
      List<Curves> populations, String score, double level, int resamples, long seed) {
    SeedPath address = SeedPath.root(seed).child("ranking");
    List<Ranking> rankings = new ArrayList<>();
    for (Curves each : populations) {
      if (each.networks().size() < 2) {
        throw new IllegalArgumentException(
            each.name()
                + " has "
                + each.networks().size()
                + " networks with whole learning curves; ranking takes two and more");
      }
      int epochs = each.scores().get(0).length;
      if (epochs < 2) {
        throw new IllegalArgumentException(
            each.name() + " has curves of one epoch: none before the last to rank by");
      }
      rankings.add(
          new Ranking(
              each.name(),
              each.name(),
              epochs,
              each.leftOut(),
              ranking(each, each, epochs - 1, level, resamples, address)));
    }
    for (Curves early : populations) {
      for (Curves end : populations) {
        if (!early.name().equals(end.name()) && common(early, end).size() >= 2) {
          int epochs = early.scores().get(0).length;
          rankings.add(
              new Ranking(
                  early.name(),
                  end.name(),
                  epochs,
                  early.leftOut() + early.networks().size() - common(early, end).size(),
                  ranking(early, end, epochs, level, resamples, address)));
        }
      }
    }
    return new RankingReport(score, level, resamples, seed, rankings);
  }

  /** Places in both of the networks that both have. */
  private static Map<Integer, Integer> common(Curves early, Curves end) {
    Map<ArchitectureSpec, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < end.networks().size(); i++) {
      places.put(end.networks().get(i), i);
    }
    Map<Integer, Integer> common = new LinkedHashMap<>();
    for (int i = 0; i < early.networks().size(); i++) {
      Integer at = places.get(early.networks().get(i));
      if (at != null) {
        common.put(i, at);
      }
    }
    return common;
  }

  private static EpochRanking ranking(
      Curves early, Curves end, int epochs, double level, int resamples, SeedPath address) {
    Map<Integer, Integer> common = common(early, end);
    double[][] scores =
        common.keySet().stream().map(i -> early.scores().get(i)).toArray(double[][]::new);
    double[] finals = common.values().stream().mapToDouble(i -> end.finals().get(i)).toArray();
    return EpochRanking.of(
        scores,
        IntStream.rangeClosed(1, epochs).toArray(),
        finals,
        resamples,
        level,
        address.child(early.name()).child(end.name()));
  }

  /** Whether early ranking may be trusted, a sentence for each ranking. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (Ranking each : rankings) {
      findings.add(finding(each));
    }
    return findings;
  }

  private static String finding(Ranking ranking) {
    String whose =
        ranking.isOfItself()
            ? ranking.early() + ": "
            : ranking.early() + " against the end of " + ranking.end() + ": ";
    Interval mean = ranking.ranking().meanTau();
    String average =
        String.format(
            Locale.ROOT,
            "mean tau over %d epochs %.3f (%.3f to %.3f), %.1f %% of pairs ordered as at the end. ",
            ranking.ranking().points().size(),
            mean.value(),
            mean.low(),
            mean.high(),
            50 * (mean.value() + 1));
    Optional<EpochRanking.Point> sorts =
        ranking.ranking().points().stream()
            .filter(p -> p.tauB().isPresent() && (p.tauB().get().low() + 1) / 2 >= TRUSTED)
            .findFirst();
    Optional<EpochRanking.Point> picks =
        ranking.ranking().points().stream()
            .filter(
                p -> p.bestFifth().isPresent() && (p.bestFifth().get().low() + 1) / 2 >= TRUSTED)
            .findFirst();
    boolean judged = ranking.ranking().points().stream().anyMatch(p -> p.bestFifth().isPresent());
    String sorting =
        sorts
            .map(
                p ->
                    String.format(
                        Locale.ROOT,
                        "From epoch %d of %d on three of four pairs keep their order, so that bad"
                            + " networks may be dropped there; ",
                        p.epoch(),
                        ranking.epochs()))
            .orElse(
                "At no epoch before the end is it sure that three of four pairs keep their order:"
                    + " early ranking may not be trusted; ");
    String picking =
        !judged
            ? "networks are too few to judge the best fifth."
            : picks
                .map(
                    p ->
                        String.format(
                            Locale.ROOT,
                            "among the best fifth that is so from epoch %d on.",
                            p.epoch()))
                .orElse(
                    "among the best fifth it is never sure: the best network may not be picked"
                        + " early.");
    return whose + average + sorting + picking;
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Ranking each : rankings) {
      if (each.ranking().networks() < FEWEST) {
        warnings.add(
            each.early()
                + (each.isOfItself() ? "" : " and " + each.end())
                + ": "
                + each.ranking().networks()
                + " networks; of fewer than "
                + FEWEST
                + " a rank correlation says little.");
      }
      if (each.isOfItself() && each.leftOut() > 0) {
        warnings.add(
            each.early() + ": " + each.leftOut() + " runs without a whole curve are left out.");
      }
    }
    if (rankings.stream().allMatch(Ranking::isOfItself)) {
      warnings.add(
          "Epochs are ranked against the end of the same trainings, with which they share their"
              + " luck; another training of the same networks is the harder judge.");
    }
    warnings.add(
        "Epochs are parts of the whole schedule; a schedule of so few epochs, trained to its end,"
            + " may rank otherwise.");
    return warnings;
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json =
        JsonText.object(FORMAT)
            .put("score", score)
            .put("level", level)
            .put("resamples", resamples)
            .put("seed", seed);
    JsonText.texts(json, "warnings", warnings());
    ArrayNode array = json.putArray("rankings");
    for (Ranking each : rankings) {
      ObjectNode node =
          array
              .addObject()
              .put("early", each.early())
              .put("end", each.end())
              .put("networks", each.ranking().networks())
              .put("leftOut", each.leftOut())
              .put("epochs", each.epochs());
      JsonText.interval(node, "meanTau", each.ranking().meanTau());
      ArrayNode points = node.putArray("byEpoch");
      for (EpochRanking.Point point : each.ranking().points()) {
        ObjectNode entry =
            points.addObject().put("epoch", point.epoch()).put("kendallTauA", point.tauA());
        point.tauB().ifPresent(tau -> JsonText.interval(entry, "kendallTauB", tau));
        point.concordance().ifPresent(share -> entry.put("concordance", share));
        point.bestFifth().ifPresent(tau -> JsonText.interval(entry, "bestFifth", tau));
        point.bestTenth().ifPresent(tau -> JsonText.interval(entry, "bestTenth", tau));
      }
    }
    JsonText.texts(json, "findings", findings());
    return JsonText.of(json);
  }
}
