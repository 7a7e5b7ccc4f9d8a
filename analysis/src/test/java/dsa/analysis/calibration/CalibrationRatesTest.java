package dsa.analysis.calibration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.calibration.CalibrationStudy.Design;
import dsa.analysis.testing.References;
import dsa.analysis.weighting.Normalization;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers take a claim "given params" to be false one time in twenty. If these rates rise, it is
 * false more often, and no single comparison shows it. Limits are the 99.9 % points of the binomial
 * for a true rate of 6 %, or 4 % of "better"; seeds are fixed. {@code docs/calibration.md} has all
 * scenarios.
 */
@Tag("slow")
final class CalibrationRatesTest {

  @ParameterizedTest
  @ValueSource(strings = {"power/tail3", "power/grid12"})
  void spacesOfOneLawAndOtherCostsAreRarelyCalledDifferent(String scenario) {
    List<Trial> trials =
        CalibrationStudy.trials(Scenario.named(scenario), 250, 0, Design.STRATA, 400);
    long area = CalibrationStudy.count(trials, Trial::area);
    assertTrue(area >= 5 && area <= 40, "area interval excludes 0 in " + area);
    assertAtMost(40, trials, Trial::joint);
    assertAtMost(29, trials, Trial::better);
  }

  @Test
  void aSteepLawIsHeldFixedInLargePopulationsToo() {
    assertAtMost(
        14,
        CalibrationStudy.trials(Scenario.named("steep/shift"), 2500, 0, Design.STRATA, 100),
        Trial::area);
  }

  @Test
  void aDifferenceOfAQuarterOfTheNoiseIsFoundMoreOftenThanNot() {
    List<Trial> trials =
        CalibrationStudy.trials(Scenario.named("power/same"), 250, 0.248, Design.STRATA, 200);
    long found = CalibrationStudy.count(trials, Trial::area);
    assertTrue(found >= 110, "found in " + found);
  }

  /** A model goes to A with probability logistic(z), z the standardized log of its params. */
  @Test
  void aPublishedPopulationSplitByParamsIsRarelyCalledTwo() {
    Population all = References.resnextA();
    PopulationOrigin origin = all.origin();
    List<TrainedModel> models = all.models();
    double[] x =
        models.stream()
            .mapToDouble(m -> Math.log((double) m.complexity().params().orElseThrow()))
            .toArray();
    double mean = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
    double deviation =
        Math.sqrt(
            IntStream.range(0, x.length)
                .mapToDouble(i -> (x[i] - mean) * (x[i] - mean))
                .average()
                .orElseThrow());
    SeedPath seed = SeedPath.root(20261130).child("split");
    List<Trial> trials =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(
                set -> {
                  RandomStream random = seed.child(set).generator();
                  List<TrainedModel> a = new ArrayList<>();
                  List<TrainedModel> b = new ArrayList<>();
                  for (int i = 0; i < x.length; i++) {
                    double p = 1 / (1 + Math.exp(-(x[i] - mean) / deviation));
                    (random.nextDouble() < p ? a : b).add(models.get(i));
                  }
                  return Trial.of(
                      Normalization.withDefaults().inStrata(),
                      List.of(new Population("a", a, origin), new Population("b", b, origin)),
                      Trial.QUICK,
                      seed.child(set));
                })
            .toList();
    assertAtMost(24, trials, Trial::area);
    assertAtMost(24, trials, Trial::joint);
  }

  private static void assertAtMost(long limit, List<Trial> trials, Predicate<Trial> claim) {
    long count = CalibrationStudy.count(trials, claim);
    assertTrue(count <= limit, count + " of " + trials.size());
  }
}
