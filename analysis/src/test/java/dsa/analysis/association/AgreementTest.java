package dsa.analysis.association;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.inference.Interval;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Whether a short recipe orders networks as a long one does decides what a study of weeks is worth:
 * errors matched with the wrong networks, or an interval that is too narrow, settle it wrongly.
 */
final class AgreementTest {

  private static final SeedPath SEED = SeedPath.root(1);

  private static final double[] SHORT = {
    21.5, 24.25, 19.75, 30.0, 22.0, 27.5, 25.0, 18.5, 33.25, 29.0, 20.25, 26.0
  };
  private static final double[] LONG = {
    14.0, 16.5, 13.25, 18.0, 15.75, 15.75, 17.25, 12.5, 19.0, 20.5, 14.5, 15.0
  };

  /**
   * Of scipy 1.17.1: {@code kendalltau(a, b)}, {@code spearmanr(a, b)}, and the 0.025 and 0.975
   * quantiles of each over 100,000 resamples {@code i = default_rng(1).integers(0, 12, 12)} of
   * {@code a[i], b[i]}, whose own noise is below 0.005.
   */
  @Test
  void coefficientsAndIntervalsAreScipys() {
    Agreement agreement = Agreement.of(SHORT, LONG, 20_000, 0.95, SEED);
    assertEquals(12, agreement.models());
    assertInterval(0.7481134002767627, 0.46666667, 0.96610169, agreement.kendallTauB());
    assertInterval(0.8826633501063164, 0.56428571, 0.99280576, agreement.spearman());
  }

  private static void assertInterval(
      double value, double low, double high, Optional<Interval> found) {
    assertEquals(value, found.orElseThrow().value(), 1e-12);
    assertEquals(low, found.get().low(), 0.015);
    assertEquals(high, found.get().high(), 0.015);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    assertEquals(
        Agreement.of(SHORT, LONG, 200, 0.9, SEED), Agreement.of(SHORT, LONG, 200, 0.9, SEED));
    Interval wide = Agreement.of(SHORT, LONG, 2000, 0.99, SEED).kendallTauB().orElseThrow();
    Interval narrow = Agreement.of(SHORT, LONG, 2000, 0.5, SEED).kendallTauB().orElseThrow();
    assertTrue(wide.low() < narrow.low() && narrow.high() < wide.high(), wide + " " + narrow);
  }

  @Test
  void whereThereIsNoOrderThereIsNoCoefficient() {
    Agreement none = new Agreement(1, Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(none, Agreement.of(new double[] {1}, new double[] {2}, 10, 0.95, SEED));
    Agreement constant = Agreement.of(new double[] {5, 5, 5}, new double[] {1, 2, 3}, 9, 0.9, SEED);
    assertTrue(constant.kendallTauB().isEmpty() && constant.spearman().isEmpty());
    // of two networks half of the resamples hold one of them twice
    Agreement two = Agreement.of(new double[] {1, 2}, new double[] {3, 4}, 50, 0.95, SEED);
    assertEquals(Optional.of(new Interval(1, 1, 1)), two.kendallTauB());
    assertThrows(
        IllegalArgumentException.class,
        () -> Agreement.of(new double[2], new double[3], 10, 0.95, SEED));
    assertThrows(IllegalArgumentException.class, () -> Agreement.of(SHORT, LONG, 1, 0.95, SEED));
  }

  /**
   * With costs 1, 1, 2, 2, … there are as many strata as costs, of two networks each. Within them
   * two pairs agree and two do not; b falls with the cost but for ties.
   */
  @Test
  void costsAreHeldFixedAndTheirOwnOrderStandsBeside() {
    double[] a = {5, 6, 4, 3, 8, 7, 2, 1};
    double[] b = {9, 10, 7, 8, 5, 6, 4, 3};
    double[] costs = {1, 1, 2, 2, 3, 3, 4, 4};
    Agreement agreement = Agreement.of(a, b, Optional.of(costs), 300, 0.95, SEED);
    Agreement.GivenCost given = agreement.givenCost().orElseThrow();
    assertEquals(4, given.strata());
    assertEquals(4, given.pairs());
    assertEquals(0, given.kendallTauB().orElseThrow().value(), 1e-15);
    assertEquals(-1, given.kendallTauB().orElseThrow().low());
    assertEquals(1, given.kendallTauB().orElseThrow().high());
    // all 24 pairs of other cost are ordered as "more is better" has it; b ties none of 28
    assertEquals(24 / Math.sqrt(24 * 28), given.baseline().orElseThrow().value(), 1e-12);
    Agreement without = Agreement.of(a, b, 300, 0.95, SEED);
    assertEquals(without.kendallTauB(), agreement.kendallTauB());
    assertEquals(without.spearman(), agreement.spearman());
    assertTrue(without.givenCost().isEmpty());
  }

  @Test
  void paramsAreThoseOfThePopulationThatRecordsThem() {
    Population known = population("a", costed("1", 10, 1, 100), costed("2", 9, 2, 200));
    Population unknown = population("b", model("1", 10, 1, 1), model("2", 9, 2, 1));
    assertArrayEquals(
        new double[] {100, 200}, MatchedModels.of(List.of(unknown, known)).params().orElseThrow());
    assertTrue(MatchedModels.of(List.of(unknown, unknown)).params().isEmpty());
  }

  private static TrainedModel costed(String id, double error, int stages, long params) {
    TrainedModel model = model(id, error, stages, 1);
    return new TrainedModel(
        id,
        model.testError(),
        new RecordedComplexity(OptionalLong.of(params), OptionalLong.empty(), OptionalLong.empty()),
        model.architecture(),
        1);
  }

  private static TrainedModel model(String id, double error, int stages, int runs) {
    return new TrainedModel(
        id,
        Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error),
        RecordedComplexity.NONE,
        stages == 0
            ? Optional.empty()
            : Optional.of(
                ArchitectureSpec.parse("residual cifar:16" + " | 1x16 s1".repeat(stages))),
        runs);
  }

  private static Population population(String name, TrainedModel... models) {
    return new Population(name, List.of(models), PopulationOrigin.unstated("test"));
  }

  @Test
  void networksAreMatchedByWhatTheyAreNotByNameOrRow() {
    Population a =
        population(
            "a",
            model("1", 10, 1, 1),
            model("2", 20, 2, 1),
            model("3", 30, 3, 1),
            model("4", 12, 4, 1),
            model("5", 13, 0, 1));
    Population b =
        population(
            "b",
            model("x", Double.NaN, 3, 1),
            model("1", 8, 2, 1),
            model("2", 5, 1, 2),
            model("3", 8, 1, 1));
    MatchedModels matched = MatchedModels.of(List.of(a, b));
    assertEquals(3, matched.size());
    assertArrayEquals(new double[] {10, 20, 30}, matched.errors(0));
    assertArrayEquals(new double[] {6, 8, 90}, matched.errors(1)); // (2 · 5 + 8) / 3
    assertEquals(2, matched.unmatched(0));
    assertEquals(0, matched.unmatched(1));
    assertEquals(1, matched.withoutError());
    List<TrainedModel> reversed = new ArrayList<>(a.models());
    Collections.reverse(reversed);
    MatchedModels again =
        MatchedModels.of(List.of(population("a", reversed.toArray(TrainedModel[]::new)), b));
    assertArrayEquals(matched.errors(0), again.errors(0));
    Population stranger = population("c", model("1", 10, 7, 1), model("2", 10, 1, 1));
    assertEquals(1, MatchedModels.of(List.of(a, b, stranger)).size());
    assertThrows(IllegalArgumentException.class, () -> MatchedModels.of(List.of(a)));
  }

  @Test
  void modelsOfUnknownArchitectureAreMatchedByTheirIds() {
    Population named =
        population(
            "named",
            TrainedModel.of("15", 7, RecordedComplexity.NONE),
            TrainedModel.of("3", 9, RecordedComplexity.NONE));
    Population other =
        population(
            "other",
            TrainedModel.of("3", 50, RecordedComplexity.NONE),
            TrainedModel.of("4", 70, RecordedComplexity.NONE),
            TrainedModel.of("15", 60, RecordedComplexity.NONE));
    MatchedModels matched = MatchedModels.of(List.of(named, other));
    assertTrue(matched.byId());
    assertArrayEquals(new double[] {7, 9}, matched.errors(0)); // in the order of the ids' texts
    assertArrayEquals(new double[] {60, 50}, matched.errors(1));
    assertEquals(1, matched.unmatched(1));
    Population known = population("known", model("15", 10, 0, 1), model("3", 11, 1, 1));
    assertEquals(2, MatchedModels.of(List.of(known, other)).size());
    assertTrue(!MatchedModels.of(List.of(known, known)).byId());
  }

  /**
   * The example of Shrout and Fleiss, 1979, table 2: BMS = 11.24, WMS = 6.26, ICC(1, 1) = .17. All
   * digits by numpy: {@code msw = mean(x.var(1, ddof=1))}, {@code msb = f_oneway(*x)[0] * msw}.
   */
  @Test
  void theVarianceOfReplicatesIsThatOfTheTextbook() {
    double[][] judges = {
      {9, 6, 8, 7, 10, 6}, {2, 1, 4, 1, 5, 2}, {5, 3, 6, 2, 6, 4}, {8, 2, 8, 6, 9, 7}
    };
    ReplicateNoise noise = ReplicateNoise.of(judges);
    assertEquals(6, noise.models());
    assertEquals(4, noise.replicates());
    assertEquals(2.502776236280201, noise.replicateSd(), 1e-12);
    assertEquals(1.6764297380643984, noise.spreadOfMeans(), 1e-12);
    assertEquals(0.1657417684054754, noise.reliability().orElseThrow(), 1e-12);
  }

  @Test
  void noiseAloneIsNotReliableAndEqualErrorsSayNothing() {
    ReplicateNoise apart = ReplicateNoise.of(new double[][] {SHORT, LONG});
    assertEquals(6.4714919712021075, apart.replicateSd(), 1e-12);
    assertEquals(-0.29862064409093914, apart.reliability().orElseThrow(), 1e-12);
    ReplicateNoise same = ReplicateNoise.of(new double[][] {SHORT, SHORT});
    assertEquals(0, same.replicateSd());
    assertEquals(1, same.reliability().orElseThrow());
    double[] constant = {0.1, 0.1};
    assertTrue(
        ReplicateNoise.of(new double[][] {constant, constant, constant}).reliability().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> ReplicateNoise.of(new double[][] {SHORT}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ReplicateNoise.of(new double[][] {constant, {1, Double.NaN}}));
  }
}
