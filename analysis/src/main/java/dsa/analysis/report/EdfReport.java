package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.edf.DkwBand;
import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Bootstrap;
import dsa.analysis.inference.BootstrapResult;
import dsa.analysis.inference.EdfBand;
import dsa.analysis.inference.Evaluation;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The error distributions of populations with their bands, as data. Its JSON has the format {@code
 * dsa.edf/1} (docs/formats.md).
 *
 * @param normalization how complexity was taken out
 * @param at errors, percent, whose shares are reported
 * @param level of the bands, in (0, 1)
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 * @param populations in the order they were given
 */
public record EdfReport(
    Normalization.Result normalization,
    List<Double> at,
    double level,
    int resamples,
    long seed,
    List<PopulationEdf> populations) {

  private static final String FORMAT = "dsa.edf/1";
  private static final int GRID_POINTS = 512;

  /** Copies the lists. */
  public EdfReport {
    at = List.copyOf(at);
    populations = List.copyOf(populations);
  }

  /**
   * The distribution of one population.
   *
   * @param models the models in use
   * @param edf of their errors
   * @param below the share of models strictly below each error asked for
   * @param dkwEpsilon half-width of the Dvoretzky-Kiefer-Wolfowitz band of a single share; with
   *     weights, from the effective sample size: a heuristic
   * @param band of the bootstrap
   */
  public record PopulationEdf(
      NormalizedPopulation models, Edf edf, List<Double> below, double dkwEpsilon, EdfBand band) {

    /** Copies the list. */
    public PopulationEdf {
      below = List.copyOf(below);
    }
  }

  /**
   * Round values at which the EDFs of these populations can be told apart, ascending: multiples of
   * 1, 2 or 5 times a power of ten from the smallest error to the largest of the 95 % quantiles,
   * about six of them; at least one.
   */
  public static List<Double> thresholdsFor(Normalization.Result normalization) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (NormalizedPopulation models : normalization.populations()) {
      low = Math.min(low, models.edf().min());
      high = Math.max(high, models.edf().quantile(0.95));
    }
    if (!(high > low)) {
      return List.of(low);
    }
    double rough = (high - low) / 6;
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(rough)));
    double lead = rough / power.doubleValue();
    BigDecimal step =
        power.multiply(BigDecimal.valueOf(lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10));
    List<Double> values = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step.doubleValue()); ; k++) {
      double value = step.multiply(BigDecimal.valueOf(k)).doubleValue();
      if (value > high) {
        return values.isEmpty() ? List.of(high) : values;
      }
      values.add(value);
    }
  }

  /**
   * The distributions of populations that were weighted together.
   *
   * @param at errors, percent
   * @param level of the bands, in (0, 1)
   * @param resamples at least 2
   */
  public static EdfReport of(
      Normalization.Result normalization, List<Double> at, double level, int resamples, long seed) {
    List<NormalizedPopulation> models = normalization.populations();
    BootstrapResult bootstrap =
        Bootstrap.withDefaults()
            .resamples(resamples)
            .level(level)
            .run(
                models,
                new Evaluation(Evaluation.gridOver(models, GRID_POINTS), 100, List.of(), List.of()),
                SeedPath.root(seed).child("edf"));
    List<PopulationEdf> populations = new ArrayList<>();
    for (int p = 0; p < models.size(); p++) {
      Edf edf = models.get(p).edf();
      populations.add(
          new PopulationEdf(
              models.get(p),
              edf,
              at.stream().map(edf::below).toList(),
              DkwBand.of(edf, level).dkwEpsilon(),
              bootstrap.population(p).edf()));
    }
    return new EdfReport(normalization, at, level, resamples, seed, populations);
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
    json.put("level", level).put("resamples", resamples).put("seed", seed);
    JsonText.texts(json, "warnings", warnings());
    ArrayNode array = json.putArray("populations");
    for (PopulationEdf population : populations) {
      ObjectNode node = array.addObject().put("name", population.models().name());
      JsonText.models(node, population.models());
      node.put("mean", population.edf().mean()).put("dkwEpsilon", population.dkwEpsilon());
      ArrayNode shares = node.putArray("below");
      for (int i = 0; i < at.size(); i++) {
        shares.addObject().put("error", at.get(i)).put("share", population.below().get(i));
      }
      JsonText.numbers(node, "errors", population.edf().values());
      JsonText.numbers(node, "atOrBelow", population.edf().cumulative());
      ObjectNode band = node.putObject("band");
      JsonText.numbers(band, "errors", population.band().grid());
      JsonText.numbers(band, "low", population.band().simultaneousLow());
      JsonText.numbers(band, "high", population.band().simultaneousHigh());
    }
    return JsonText.of(json);
  }
}
