package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.planning.SampleSizeStudy;
import dsa.analysis.randomsearch.PointComparison;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.util.List;

/**
 * How closely samples of n models describe one population, as data. Its JSON has the format {@code
 * dsa.sample-size/1} (docs/formats.md), which it shares with {@link PowerReport}.
 *
 * @param normalization which models are used
 * @param reference how many models D is measured to
 * @param trials samples of each size
 * @param seed of the samples
 * @param distances D against n
 * @param versus what the best of many models against the best of few says about a space
 */
public record SampleSizeReport(
    Normalization.Result normalization,
    int reference,
    int trials,
    long seed,
    List<SampleSizeStudy.Point> distances,
    Versus versus) {

  static final String FORMAT = "dsa.sample-size/1";

  /** Copies the list. */
  public SampleSizeReport {
    distances = List.copyOf(distances);
  }

  /**
   * The best of many models against the best of few of the same space ({@link PointComparison}).
   *
   * @param many models of the side with more
   * @param few models of the other side
   * @param wins the probability that the best of many is better
   * @param losses the probability that the best of few is
   * @param ties the probability that both are the same
   */
  public record Versus(long many, long few, double wins, double losses, double ties) {}

  /**
   * Studies the one population of {@code normalization}; every model in use counts the same.
   *
   * @param reference how many models D is measured to, drawn without replacement; at most all
   * @param trials samples of each size, at least 1
   * @param many models of the side with more, at least 1
   * @param few models of the other side, at least 1
   */
  public static SampleSizeReport of(
      Normalization.Result normalization,
      int reference,
      int trials,
      long many,
      long few,
      long seed) {
    NormalizedPopulation models = normalization.populations().get(0);
    PointComparison versus =
        PointComparison.of(RandomSearchCurve.withReplacement(models.unweightedEdf()), many, few);
    return new SampleSizeReport(
        normalization,
        reference,
        trials,
        seed,
        SampleSizeStudy.of(
            models.errors(), reference, trials, SeedPath.root(seed).child("sample-size")),
        new Versus(many, few, versus.wins(), versus.losses(), versus.ties()));
  }

  /** The population's models. */
  public NormalizedPopulation models() {
    return normalization.populations().get(0);
  }

  /** What the numbers are conditional on, in one line. */
  public String conditions() {
    return Conditions.line(normalization);
  }

  /** What should make a reader careful, one sentence each. */
  public List<String> warnings() {
    return Conditions.leftOut(normalization, models());
  }

  /** The report as one JSON object, indented, with a line end after it. */
  public String json() {
    ObjectNode json = head(normalization, warnings());
    json.put("reference", reference).put("trials", trials).put("seed", seed);
    ArrayNode array = json.putArray("distances");
    for (SampleSizeStudy.Point point : distances) {
      array
          .addObject()
          .put("size", point.size())
          .put("meanDistance", point.meanDistance())
          .put("standardDeviation", point.standardDeviation())
          .put("expectedDistance", point.expectedDistance());
    }
    json.putObject("pointComparison")
        .put("many", versus.many())
        .put("few", versus.few())
        .put("wins", versus.wins())
        .put("losses", versus.losses())
        .put("ties", versus.ties())
        .put("winsWithoutTies", PointComparison.winsWithoutTies(versus.many(), versus.few()));
    return JsonText.of(json);
  }

  /** The fields that both kinds of the format begin with. */
  static ObjectNode head(Normalization.Result normalization, List<String> warnings) {
    ObjectNode json = JsonText.object(FORMAT);
    JsonText.conditions(json, normalization);
    JsonText.texts(json, "warnings", warnings);
    ArrayNode array = json.putArray("populations");
    for (NormalizedPopulation models : normalization.populations()) {
      JsonText.models(array.addObject().put("name", models.name()), models);
    }
    return json;
  }
}
