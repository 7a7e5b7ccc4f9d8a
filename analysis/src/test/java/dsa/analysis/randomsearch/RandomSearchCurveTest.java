package dsa.analysis.randomsearch;

import static dsa.analysis.testing.References.column;
import static dsa.analysis.testing.References.errors;
import static dsa.analysis.testing.References.golden;
import static dsa.analysis.testing.References.space;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dsa.analysis.edf.Edf;
import dsa.analysis.testing.References;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A curve that draws the wrong way, or reads its band as a confidence band, still falls smoothly
 * and looks right in every figure.
 */
final class RandomSearchCurveTest {

  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void meansAndDeviationsAreThoseOfNumpy(String name) {
    Population population = space(name);
    double[] errors = errors(population);
    RandomSearchCurve plain = RandomSearchCurve.withReplacement(Edf.of(errors));
    RandomSearchCurve distinct = RandomSearchCurve.withoutReplacement(errors);
    for (Map.Entry<String, JsonNode> entry : golden("/rs/" + name).properties()) {
      long m = Long.parseLong(entry.getKey());
      JsonNode pair = entry.getValue().get("mean_sd_with_repl");
      assertEquals(pair.get(0).doubleValue(), plain.expectedBest(m), TOLERANCE);
      assertEquals(pair.get(1).doubleValue(), plain.standardDeviation(m), TOLERANCE);
      assertEquals(
          entry.getValue().get("mean_without_repl").doubleValue(),
          distinct.expectedBest(m),
          TOLERANCE);
    }
    RandomSearchCurve weighted = curve(population, ComplexityMeasure.PARAMS, 120_000, 840_000, 4);
    for (Map.Entry<String, JsonNode> entry : golden("/rs/" + name + "_weighted").properties()) {
      long m = Long.parseLong(entry.getKey());
      assertEquals(entry.getValue().get(0).doubleValue(), weighted.expectedBest(m), TOLERANCE);
      assertEquals(entry.getValue().get(1).doubleValue(), weighted.standardDeviation(m), TOLERANCE);
    }
  }

  // numpy on the same file, m = 1, 2, 4, ..., 512.
  @ParameterizedTest(name = "{0} in ({1}, {2}), {3} bins")
  @CsvSource({
    "PARAMS, 24000, 856000, 10, 7.459773 6.720827 6.302010 6.059585 5.905281 5.797563 5.716581"
        + " 5.652735 5.597951 5.546354",
    "FLOPS, 8000000, 129000000, 10, 8.161020 7.361972 6.862493 6.551441 6.345665 6.195935 6.079932"
        + " 5.986047 5.909468 5.846260",
    "PARAMS, 154000, 856000, 20, 7.014536 6.527936 6.213331 6.009551 5.871422 5.771347 5.694466"
        + " 5.632558 5.577703 5.525782",
    "FLOPS, 27000000, 129000000, 20, 7.751614 7.153426 6.755379 6.490762 6.305868 6.166723 6.056771"
        + " 5.967137 5.893957 5.833590",
  })
  void theFourWeightedCurvesOfTheResNetPopulation(
      ComplexityMeasure given, double low, double high, int bins, String expected) {
    RandomSearchCurve curve = curve(References.resnet(), given, low, high, bins);
    String[] values = expected.split(" ");
    for (int i = 0; i < values.length; i++) {
      assertEquals(Double.parseDouble(values[i]), curve.expectedBest(1L << i), 5e-7);
    }
  }

  @Test
  void theUnweightedCurveOfTheResNetPopulation() {
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(Edf.of(resnetErrors()));
    assertEquals(6.901769, curve.expectedBest(1), 5e-7);
    assertEquals(5.702793, curve.expectedBest(10), 5e-7);
    assertEquals(5.261225, curve.expectedBest(100), 5e-7);
    assertEquals(5.027750, curve.expectedBest(1000), 5e-7);
  }

  @Test
  void withAndWithoutReplacementPartWhenTheBudgetNearsThePopulation() {
    double[] errors = resnetErrors();
    RandomSearchCurve with = RandomSearchCurve.withReplacement(Edf.of(errors));
    RandomSearchCurve without = RandomSearchCurve.withoutReplacement(errors);
    assertEquals(with.expectedBest(1), without.expectedBest(1), 1e-12);
    assertTrue(with.expectedBest(10) - without.expectedBest(10) < .001);
    assertTrue(with.expectedBest(2500) - without.expectedBest(2500) > .01);
    assertEquals(4.836667, without.expectedBest(5000), 1e-12, "all models, so the best one");
    assertTrue(with.expectedBest(5000) > 4.836667);
    assertThrows(IllegalArgumentException.class, () -> without.expectedBest(5001));
  }

  @Test
  void aPredictionBandHoldsSingleSearchesNotTheirMean() {
    double[] errors = resnetErrors();
    RandomSearchCurve.Point point = RandomSearchCurve.withReplacement(Edf.of(errors)).at(32, .9);
    RandomGenerator random = SeedPath.root(3).generator();
    int inside = 0;
    int trials = 4000;
    for (int t = 0; t < trials; t++) {
      double best =
          IntStream.range(0, 32)
              .mapToDouble(i -> errors[random.nextInt(errors.length)])
              .min()
              .orElseThrow();
      inside += best >= point.low() && best <= point.high() ? 1 : 0;
    }
    assertEquals(.9, (double) inside / trials, 3.3 * Math.sqrt(.9 * .1 / trials) + .005);
    assertTrue(point.high() - point.low() > 2 * point.standardDeviation());
  }

  @Test
  void probabilitiesMatchQuantilesAndHandCounts() {
    RandomSearchCurve with = RandomSearchCurve.withReplacement(Edf.of(new double[] {3, 1, 2, 2}));
    assertEquals(0, with.probabilityToReach(0.5, 5));
    assertEquals(1 - 9 / 16.0, with.probabilityToReach(1, 2), 1e-15);
    assertEquals(1 - 1 / 16.0, with.probabilityToReach(2.7, 2), 1e-15);
    assertEquals(1, with.probabilityToReach(3, 2));
    RandomSearchCurve without = RandomSearchCurve.withoutReplacement(new double[] {3, 1, 2, 2});
    assertEquals(.5, without.probabilityToReach(1, 2), 1e-15);
    assertEquals(1, without.probabilityToReach(2, 2), "two of four cannot both be the worst");
    assertEquals(1.5, without.expectedBest(2), 1e-15);
    assertEquals(.5, without.standardDeviation(2), 1e-15);
    for (RandomSearchCurve curve : List.of(with, without)) {
      for (double p = .05; p < 1; p += .1) {
        double q = curve.quantileOfBest(2, p);
        assertTrue(curve.probabilityToReach(q, 2) >= p - 1e-15);
        assertTrue(curve.probabilityToReach(Math.nextDown(q), 2) < p);
      }
    }
  }

  @Test
  void theQuantilesOfTheBestOfOneAreThoseOfTheEdfEvenWhereFIsHitExactly() {
    Edf edf = Edf.of(new double[] {4, 1, 3, 2, 7, 7, 9});
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(edf);
    for (int k = 0; k <= 7; k++) {
      assertEquals(edf.quantile(k / 7.0), curve.quantileOfBest(1, k / 7.0));
    }
  }

  @Test
  void bestOfOneIsTheMeanAndMoreNeverHurts() {
    RandomGenerator random = SeedPath.root(5).generator();
    for (int round = 0; round < 50; round++) {
      int n = 1 + random.nextInt(40);
      double[] errors = random.doubles(n).map(u -> Math.rint(u * 20)).toArray();
      double[] weights = random.doubles(n).toArray();
      Edf edf = Edf.of(errors, weights);
      RandomSearchCurve with = RandomSearchCurve.withReplacement(edf);
      assertEquals(edf.mean(), with.expectedBest(1), 1e-12);
      RandomSearchCurve without = RandomSearchCurve.withoutReplacement(errors);
      for (int m = 2; m <= n; m++) {
        assertTrue(with.expectedBest(m) <= with.expectedBest(m - 1) + 1e-12);
        assertTrue(without.expectedBest(m) <= without.expectedBest(m - 1) + 1e-12);
        assertTrue(
            without.expectedBest(m)
                <= RandomSearchCurve.withReplacement(Edf.of(errors)).expectedBest(m) + 1e-12);
      }
      assertEquals(edf.min(), with.expectedBest(1L << 50), 1e-9);
    }
  }

  @Test
  void theBudgetToReachAnErrorIsTheSmallestThatDoes() {
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(Edf.of(resnetErrors()));
    for (double error : new double[] {6.5, 5.5, 5.1, 4.9}) {
      long m = curve.budgetToReach(error).orElseThrow();
      assertTrue(curve.expectedBest(m) <= error);
      assertTrue(curve.expectedBest(m - 1) > error);
    }
    assertEquals(OptionalLong.of(1), curve.budgetToReach(50));
    assertEquals(OptionalLong.of(1), curve.budgetToReach(curve.expectedBest(1)));
  }

  @Test
  void anErrorThatIsNeverReachedIsNoNumber() {
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(Edf.of(new double[] {4, 6}));
    assertEquals(OptionalLong.empty(), curve.budgetToReach(3.9));
    assertEquals(OptionalLong.empty(), curve.budgetToReach(4), "approached, not reached");
    assertEquals(OptionalLong.empty(), curve.budgetToReach(Double.NaN));
    assertEquals(
        OptionalLong.of(1),
        RandomSearchCurve.withReplacement(Edf.of(new double[] {4, 4})).budgetToReach(4));
    RandomSearchCurve without = RandomSearchCurve.withoutReplacement(new double[] {4, 6, 6});
    assertEquals(OptionalLong.of(3), without.budgetToReach(4));
    assertEquals(OptionalLong.empty(), without.budgetToReach(3.9));
    RandomSearchCurve weightless =
        RandomSearchCurve.withReplacement(
            Edf.of(new double[] {4, 6}, new double[] {Double.MIN_VALUE, 1}));
    assertEquals(OptionalLong.empty(), weightless.budgetToReach(5));
  }

  @Test
  void effortIsCountedInModelsOfBothSides() {
    RandomSearchCurve good = RandomSearchCurve.withReplacement(Edf.of(new double[] {4, 5, 6, 7}));
    RandomSearchCurve bad = RandomSearchCurve.withReplacement(Edf.of(new double[] {5, 6, 7, 8}));
    assertEquals(OptionalDouble.of(1), good.effortToMatch(good, 1).ratio());
    assertEquals(OptionalDouble.of(1), good.effortToMatch(good, 100).ratio());
    RandomSearchCurve.Effort effort = good.effortToMatch(bad, 3);
    assertEquals(3, effort.otherBudget());
    assertEquals(bad.expectedBest(3), effort.error());
    assertTrue(effort.ratio().orElseThrow() < 1);
    assertEquals(OptionalLong.empty(), bad.effortToMatch(good, 1000).budget());
    assertEquals(OptionalDouble.empty(), bad.effortToMatch(good, 1000).ratio());
  }

  @Test
  void aBudgetAboveATenthOfTheEffectiveSampleIsFlagged() {
    double[] errors = IntStream.range(0, 100).asDoubleStream().toArray();
    double[] weights = errors.clone();
    RandomSearchCurve even = RandomSearchCurve.withReplacement(Edf.of(errors));
    assertEquals(RandomSearchCurve.Support.AMPLE, even.support(10));
    assertEquals(RandomSearchCurve.Support.THIN, even.support(11));
    assertEquals(RandomSearchCurve.Support.THIN, even.support(100));
    assertEquals(RandomSearchCurve.Support.NONE, even.support(101));
    Edf uneven = Edf.of(errors, weights); // 74.6 effective models of 100
    assertEquals(74.6, uneven.effectiveSampleSize(), .1);
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(uneven);
    assertEquals(RandomSearchCurve.Support.THIN, curve.support(8));
    assertEquals(RandomSearchCurve.Support.NONE, curve.at(76, .95).support());
  }

  @Test
  void scalingWeightsChangesNothingAndArgumentsStayAsTheyWere() {
    double[] errors = {5, 3, 4};
    double[] once =
        survival(RandomSearchCurve.withReplacement(Edf.of(errors, new double[] {1, 2, 5})));
    double[] thrice =
        survival(RandomSearchCurve.withReplacement(Edf.of(errors, new double[] {4, 8, 20})));
    assertArrayEquals(once, thrice);
    RandomSearchCurve.withoutReplacement(errors);
    assertArrayEquals(new double[] {5, 3, 4}, errors);
  }

  @Test
  void nonsenseIsRefused() {
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(Edf.of(new double[] {1, 2}));
    assertThrows(IllegalArgumentException.class, () -> curve.expectedBest(0));
    assertThrows(IllegalArgumentException.class, () -> curve.quantileOfBest(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> curve.at(1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> RandomSearchCurve.withoutReplacement(new double[0]));
  }

  private static double[] survival(RandomSearchCurve curve) {
    return curve.survival(7);
  }

  private static double[] resnetErrors() {
    return column(References.RESNET, "mean_min_test_top1_error");
  }

  private static RandomSearchCurve curve(
      Population population, ComplexityMeasure given, double low, double high, int bins) {
    return RandomSearchCurve.withReplacement(
        Normalization.withDefaults()
            .given(given)
            .within(new Normalization.Range(low, high))
            .withBins(bins)
            .with(EmptyBins.ERROR)
            .of(List.of(population))
            .populations()
            .get(0)
            .edf());
  }
}
