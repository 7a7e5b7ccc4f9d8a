package dsa.analysis.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.planning.AreaPower;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.List;

/**
 * How many models per space it takes to see a difference of areas between two populations, as data.
 * Its JSON has the format {@code dsa.sample-size/1} (docs/formats.md).
 *
 * @param normalization how complexity was taken out
 * @param epsilon where areas end, percent
 * @param alpha the two-sided level of the test
 * @param power the chance to see the difference
 * @param observedDifference area of the first minus that of the second
 * @param pilots models per space that both populations have: those of the smaller one
 * @param detectableWithPilots the difference that as many models see
 * @param plans one for each difference asked for
 */
public record PowerReport(
    Normalization.Result normalization,
    double epsilon,
    double alpha,
    double power,
    double observedDifference,
    int pilots,
    double detectableWithPilots,
    List<Plan> plans) {

  /** Resamples of the pilots. */
  private static final int RESAMPLES = 2000;

  /** Copies the list. */
  public PowerReport {
    plans = List.copyOf(plans);
  }

  /**
   * How many models see a difference.
   *
   * @param difference of areas, in (0, 1]
   * @param modelsPerSpace the fewest
   */
  public record Plan(double difference, long modelsPerSpace) {}

  /**
   * Plans for the two populations of {@code normalization}.
   *
   * @param epsilon where areas end, percent
   * @param differences of areas to plan for, in (0, 1]; none for the one observed
   * @param alpha two-sided level of the test, in (0, 1)
   * @param power chance to see the difference, in (0, 1)
   * @throws IllegalArgumentException if no difference is asked for and none is observed
   */
  public static PowerReport of(
      Normalization.Result normalization,
      double epsilon,
      List<Double> differences,
      double alpha,
      double power,
      long seed) {
    NormalizedPopulation a = normalization.populations().get(0);
    NormalizedPopulation b = normalization.populations().get(1);
    AreaPower plan =
        AreaPower.of(
                a, b, epsilon, RESAMPLES, SeedPath.root(seed).child("sample-size").child("pilot"))
            .withLevel(alpha)
            .withPower(power);
    List<Double> wanted = new ArrayList<>(differences);
    if (wanted.isEmpty()) {
      if (plan.observedDifference() == 0) {
        throw new IllegalArgumentException(
            "the two areas are equal; say which difference would matter");
      }
      wanted.add(Math.abs(plan.observedDifference()));
    }
    int pilots = Math.min(a.size(), b.size());
    return new PowerReport(
        normalization,
        epsilon,
        alpha,
        power,
        plan.observedDifference(),
        pilots,
        plan.detectableDifference(pilots),
        wanted.stream().map(d -> new Plan(d, plan.modelsToDetect(d))).toList());
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
    ObjectNode json = SampleSizeReport.head(normalization, warnings());
    json.put("epsilon", epsilon).put("alpha", alpha).put("power", power);
    json.put("observedDifference", observedDifference);
    json.put("detectableWithPilots", detectableWithPilots);
    ArrayNode array = json.putArray("plans");
    for (Plan plan : plans) {
      array
          .addObject()
          .put("difference", plan.difference())
          .put("modelsPerSpace", plan.modelsPerSpace());
    }
    return JsonText.of(json);
  }
}
