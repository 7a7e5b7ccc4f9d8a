package dsa.analysis.weighting;

import static dsa.analysis.testing.References.population;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.KolmogorovSmirnov;
import dsa.analysis.testing.References;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Strata carry every number of a comparison at equal complexity. If they depend on the scale of
 * costs, split a cost that both spaces have, or weigh a stratum differently in one space, spaces of
 * one law of error are called different.
 */
final class StrataTest {

  private static final Normalization STRATA = Normalization.withDefaults().inStrata();

  private static final Population A =
      population("a", new double[] {9, 8, 7, 6, 5, 5}, new double[] {1, 2, 3, 4, 10, 10});
  private static final Population B =
      population("b", new double[] {8, 7, 7, 4, 5, 9}, new double[] {2, 3, 5, 10, 11, 12});

  @Test
  void theHandExampleHasThreeStrataOf10And15And18Over43() {
    Normalization.Result result = STRATA.of(List.of(A, B));
    Strata strata = result.strata().orElseThrow();
    assertEquals(3, strata.drawn());
    assertEquals(3, strata.count());
    assertFalse(strata.coarsened());
    assertTrue(result.bins().isEmpty());
    NormalizedPopulation a = result.populations().get(0);
    NormalizedPopulation b = result.populations().get(1);
    assertArrayEquals(new double[] {5, 5, 7.5, 7.5, 9, 9}, bySource(a, 43), 1e-13);
    assertArrayEquals(new double[] {10, 7.5, 7.5, 6, 6, 6}, bySource(b, 43), 1e-13);
    assertEquals(272.5 / 43, a.edf().mean(), 1e-14);
    assertEquals(293 / 43.0, b.edf().mean(), 1e-14);
    assertEquals(13.5 / 43, KolmogorovSmirnov.distances(a.edf(), b.edf()).distance(), 1e-15);
    assertEquals(1849 / 324.5, a.effectiveSampleSize(), 1e-13);
    assertEquals(1849 / 320.5, b.effectiveSampleSize(), 1e-13);
  }

  /** Weights in the order of the population's models. */
  private static double[] bySource(NormalizedPopulation p, double scale) {
    double[] weights = new double[p.recorded()];
    int[] source = p.sourceIndices();
    for (int i = 0; i < source.length; i++) {
      weights[source[i]] = scale * p.weights()[i];
    }
    return weights;
  }

  @Test
  void thePublishedPairGivenParams() {
    Normalization.Result result = STRATA.of(published());
    assertPublished(result, 200, 173, 3192.2919, 1649.0956, 7.471890, 7.723951, 0.067407);
    NormalizedPopulation a = result.populations().get(0);
    NormalizedPopulation b = result.populations().get(1);
    assertEquals(4550, a.size());
    assertEquals(2051, b.size());
    assertEquals(450, a.withoutCounterpart());
    assertEquals(449, b.withoutCounterpart());
    assertEquals(0.626556, a.edf().area(20), 5e-7);
    assertEquals(0.614875, b.edf().area(20), 5e-7);
    assertEquals(0.709730, a.edf().below(8), 5e-7);
    assertEquals(0.665881, b.edf().below(8), 5e-7);
    ComplexityBalance balance = ComplexityBalance.of(result.populations());
    assertEquals(0.00078, balance.logDifference(), 5e-6);
    assertEquals(99e3, balance.low(), 1e3);
    assertEquals(937e3, balance.high(), 2e3);
  }

  @Test
  void thePublishedPairGivenFlops() {
    Normalization.Result result = STRATA.given(ComplexityMeasure.FLOPS).of(published());
    assertPublished(result, 200, 182, 3155.4630, 1638.8255, 7.341522, 7.924684, 0.131499);
  }

  private static void assertPublished(
      Normalization.Result result,
      int drawn,
      int full,
      double effectiveA,
      double effectiveB,
      double meanA,
      double meanB,
      double distance) {
    assertEquals(drawn, result.strata().orElseThrow().drawn());
    assertEquals(full, result.strata().orElseThrow().count());
    NormalizedPopulation a = result.populations().get(0);
    NormalizedPopulation b = result.populations().get(1);
    assertEquals(effectiveA, a.effectiveSampleSize(), 5e-5);
    assertEquals(effectiveB, b.effectiveSampleSize(), 5e-5);
    assertEquals(meanA, a.edf().mean(), 5e-7);
    assertEquals(meanB, b.edf().mean(), 5e-7);
    assertEquals(distance, KolmogorovSmirnov.distances(a.edf(), b.edf()).distance(), 5e-7);
  }

  @Test
  void halfOrTwiceAsManyStrataMoveThePublishedDifferenceByTwoHundredthsAtMost() {
    double difference = cappedDifference(STRATA);
    for (int number : new int[] {100, 400}) {
      assertEquals(difference, cappedDifference(STRATA.inStrata(number)), 0.02);
    }
  }

  private static double cappedDifference(Normalization normalization) {
    List<NormalizedPopulation> p = normalization.of(published()).populations();
    return 20 * (p.get(1).edf().area(20) - p.get(0).edf().area(20));
  }

  private static List<Population> published() {
    return List.of(References.resnet(), References.resnextA());
  }

  @Test
  void onlyTheOrderOfCostsMattersAndNeitherThatOfRowsNorThatOfSpaces() {
    double[][] costs = {random("costs a", 300, 0), random("costs b", 200, 0.3)};
    double[][] errors = {random("errors a", 300, 0), random("errors b", 200, 0)};
    List<NormalizedPopulation> expected = stratified(errors, costs, x -> x);
    for (DoubleUnaryOperator map :
        List.<DoubleUnaryOperator>of(Math::log1p, x -> x * x * x, x -> 7 + x / 3)) {
      List<NormalizedPopulation> mapped = stratified(errors, costs, map);
      for (int p = 0; p < 2; p++) {
        assertArrayEquals(expected.get(p).weights(), mapped.get(p).weights(), 0);
        assertArrayEquals(expected.get(p).errors(), mapped.get(p).errors(), 0);
      }
    }
    List<NormalizedPopulation> swapped =
        stratified(
            new double[][] {reversed(errors[1]), reversed(errors[0])},
            new double[][] {reversed(costs[1]), reversed(costs[0])},
            x -> x);
    for (int p = 0; p < 2; p++) {
      assertArrayEquals(expected.get(p).errors(), swapped.get(1 - p).errors(), 0);
      assertArrayEquals(expected.get(p).weights(), swapped.get(1 - p).weights(), 1e-16);
    }
  }

  private static List<NormalizedPopulation> stratified(
      double[][] errors, double[][] costs, DoubleUnaryOperator map) {
    return STRATA
        .of(
            IntStream.range(0, 2)
                .mapToObj(
                    p ->
                        population(
                            "p" + p,
                            errors[p],
                            Arrays.stream(costs[p]).map(c -> 1e9 * map.applyAsDouble(c)).toArray()))
                .toList())
        .populations();
  }

  private static double[] random(String name, int n, double shift) {
    RandomStream random = SeedPath.root(3).child(name).generator();
    return IntStream.range(0, n).mapToDouble(i -> shift + random.nextDouble()).toArray();
  }

  private static double[] reversed(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[values.length - 1 - i])
        .toArray();
  }

  @Test
  void onePopulationKeepsEqualWeightsToTheLastDigit() {
    NormalizedPopulation alone = STRATA.of(List.of(A)).populations().get(0);
    assertArrayEquals(Edf.of(alone.errors()).cumulative(), alone.unweightedEdf().cumulative(), 0);
    for (double w : alone.weights()) {
      assertEquals(1.0 / 6, w, 0);
    }
  }

  @Test
  void oneStratumABinGivesThePublishedWeightsToTheLastDigit() {
    List<NormalizedPopulation> binned =
        Normalization.withDefaults()
            .within(new Normalization.Range(24_000, 856_000))
            .withBins(10)
            .with(EmptyBins.ERROR)
            .of(published())
            .populations();
    Strata.Assignment bins =
        Strata.inBins(
            binned.stream().map(NormalizedPopulation::complexities).toList(),
            binned.stream().map(NormalizedPopulation::bins).toList(),
            10,
            OptionalInt.of(1));
    int[][] counts = new int[2][10];
    for (int p = 0; p < 2; p++) {
      for (int b : binned.get(p).bins()) {
        counts[p][b]++;
      }
    }
    double[][] weights = bins.strata().weights(counts);
    for (int p = 0; p < 2; p++) {
      int population = p;
      assertArrayEquals(binned.get(p).bins(), bins.stratum().get(p));
      assertArrayEquals(
          binned.get(p).weights(),
          Arrays.stream(binned.get(p).bins()).mapToDouble(b -> weights[population][b]).toArray(),
          0);
    }
  }

  @Test
  void strataInsideBinsKeepTheWeightOfEveryBin() {
    Normalization.Result refined =
        Normalization.withDefaults()
            .within(new Normalization.Range(24_000, 856_000))
            .withBins(10)
            .with(EmptyBins.ERROR)
            .inStrataInsideBins()
            .of(published());
    Strata strata = refined.strata().orElseThrow();
    assertEquals(10, strata.bins());
    for (NormalizedPopulation p : refined.populations()) {
      double[] mass = new double[10];
      for (int i = 0; i < p.size(); i++) {
        mass[strata.bin(p.bins()[i])] += p.weights()[i];
      }
      for (double inBin : mass) {
        assertEquals(0.1, inBin, 1e-14);
      }
    }
  }

  @Test
  void noNumberOfBinsMattersInStrata() {
    List<NormalizedPopulation> expected = STRATA.of(List.of(A, B)).populations();
    List<NormalizedPopulation> other = STRATA.withBins(37).of(List.of(A, B)).populations();
    for (int p = 0; p < 2; p++) {
      assertArrayEquals(expected.get(p).weights(), other.get(p).weights(), 0);
    }
  }

  @Test
  void equalCostsMakeOneStratumAndAnUnweightedComparison() {
    Normalization.Result result =
        STRATA.of(
            List.of(
                population("a", new double[] {1, 2, 3}, new double[] {7, 7, 7}),
                population("b", new double[] {4, 5}, new double[] {7, 7})));
    assertEquals(1, result.strata().orElseThrow().count());
    assertArrayEquals(
        new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, result.populations().get(0).weights(), 1e-16);
    assertArrayEquals(new double[] {0.5, 0.5}, result.populations().get(1).weights(), 1e-16);
  }

  @Test
  void latticesWithoutCommonCostsAreWidenedAndSaySo() {
    int n = 400;
    double[] errors = new double[n];
    double[] even = IntStream.range(0, n).mapToDouble(i -> 100 * (1 + i % 8)).toArray();
    double[] odd = IntStream.range(0, n).mapToDouble(i -> 50 + 100 * (1 + i % 8)).toArray();
    assertTrue(
        STRATA
            .of(List.of(population("even", errors, even), population("odd", errors, odd)))
            .strata()
            .orElseThrow()
            .coarsened());
    assertFalse(
        STRATA
            .of(List.of(population("even", errors, even), population("same", errors, even)))
            .strata()
            .orElseThrow()
            .coarsened());
  }

  @Test
  void populationsThatDoNotOverlapAreNamedWithTheirRanges() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                STRATA.of(
                    List.of(
                        population("small", new double[2], new double[] {1, 20}),
                        population("wide", new double[2], new double[] {1, 90}),
                        population("large", new double[2], new double[] {30, 90}))));
    assertTrue(
        refused.getMessage().contains("small (1 to 20) and large (30 to 90)"),
        refused.getMessage());
    assertFalse(refused.getMessage().contains("wide"), refused.getMessage());
  }

  @Test
  void aRangeAdmitsModelsStrictlyInside() {
    Normalization.Result inside = STRATA.within(new Normalization.Range(1, 12)).of(List.of(A, B));
    assertEquals(5, inside.populations().get(0).size());
    assertEquals(1, inside.populations().get(0).outside());
    for (NormalizedPopulation p : inside.populations()) {
      assertTrue(Arrays.stream(p.complexities()).allMatch(c -> c > 1 && c < 12));
      assertEquals(6, p.size() + p.outside());
    }
  }
}
