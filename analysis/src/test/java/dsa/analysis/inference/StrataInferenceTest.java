package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.inference.BootstrapResult.ComplexityGroup;
import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.testing.References;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/**
 * Verdicts rest on what is resampled and permuted within strata. If weights stay fixed, are renewed
 * in one population only, or models without a counterpart are never drawn, intervals are too
 * narrow; if two tests are read without their joint p-value, claims are made too often.
 */
final class StrataInferenceTest {

  private static final SeedPath SEED = SeedPath.root(9);
  private static final Normalization STRATA = Normalization.withDefaults().inStrata();

  private static final List<Population> HAND =
      List.of(
          References.population(
              "a", new double[] {9, 8, 7, 6, 5, 5}, new double[] {1, 2, 3, 4, 10, 10}),
          References.population(
              "b", new double[] {8, 7, 7, 4, 5, 9}, new double[] {2, 3, 5, 10, 11, 12}));

  @Test
  void theHandExampleHasItsProbabilitiesAmongAllModelsAndAtEqualComplexity() {
    PairEstimates pair = estimates(STRATA.of(HAND).populations(), 50).pair(0, 1);
    assertEquals(
        22.75 / 43, pair.probabilityABetterAtEqualComplexity().orElseThrow().value(), 1e-15);
    assertEquals(1090.75 / 1849, pair.probabilityABetter().value(), 1e-15);
    assertEquals((272.5 - 293) / 43, pair.meanDifference().value(), 1e-13);
  }

  @Test
  void thePublishedPair() {
    List<NormalizedPopulation> params =
        STRATA.of(List.of(References.resnet(), References.resnextA())).populations();
    PairEstimates pair = estimates(params, 400).pair(0, 1);
    assertEquals(0.539360, pair.probabilityABetterAtEqualComplexity().orElseThrow().value(), 5e-7);
    assertEquals(0.537347, pair.probabilityABetter().value(), 5e-7);
    // Points, with the ends of an independent simulation; those of 400 resamples vary by 0.01.
    assertEquals(0.234, 20 * pair.areaDifference().value(), 5e-4);
    assertEquals(0.176, 20 * pair.areaDifference().low(), 0.012);
    assertEquals(0.295, 20 * pair.areaDifference().high(), 0.012);
    assertEquals(0.01, pair.quantileDifferences().get(0).value(), 0.005);
    List<ComplexityGroup> groups = pair.byComplexity();
    assertEquals(5, groups.size());
    double share = 0;
    double difference = 0;
    for (ComplexityGroup group : groups) {
      assertEquals(0.2, group.share(), 0.01);
      share += group.share();
      difference += group.share() * group.areaDifference().value();
    }
    assertEquals(1, share, 1e-12);
    assertEquals(pair.areaDifference().value(), difference, 1e-12);
    List<NormalizedPopulation> flops =
        STRATA
            .given(ComplexityMeasure.FLOPS)
            .of(List.of(References.resnet(), References.resnextA()))
            .populations();
    assertEquals(
        0.594027,
        estimates(flops, 10).pair(0, 1).probabilityABetterAtEqualComplexity().orElseThrow().value(),
        5e-7);
  }

  private static BootstrapResult estimates(List<NormalizedPopulation> spaces, int resamples) {
    List<Double> grid = Evaluation.gridOver(spaces, 40);
    return Bootstrap.withDefaults()
        .resamples(resamples)
        .run(spaces, new Evaluation(grid, 20, List.of(0.05), List.of(1, 8)), SEED);
  }

  @Test
  void threadsAndTheOrderOfRowsChangeNothing() throws Exception {
    Population a = Populations.simulated("a", 300, 0, SEED.child("x"));
    Population b = Populations.simulated("b", 200, 0.1, SEED.child("y"));
    List<TrainedModel> rows = new ArrayList<>(a.models());
    Collections.reverse(rows);
    List<NormalizedPopulation> spaces = STRATA.of(List.of(a, b)).populations();
    List<NormalizedPopulation> turned =
        STRATA.of(List.of(new Population("a", rows, a.origin()), b)).populations();
    BootstrapResult expected = estimates(spaces, 130);
    PermutationWithinBins.Result test = test(spaces, 130);
    for (int threads : new int[] {1, 8}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        assertEquals(
            expected.pair(0, 1), pool.submit(() -> estimates(turned, 130)).get().pair(0, 1));
        PermutationWithinBins.Result again = pool.submit(() -> test(turned, 130)).get();
        assertEquals(test.jointPValue(), again.jointPValue());
        assertEquals(test.areaPValue(), again.areaPValue());
        assertEquals(test.areaDifference(), again.areaDifference());
      } finally {
        pool.shutdown();
      }
    }
  }

  private static PermutationWithinBins.Result test(
      List<NormalizedPopulation> spaces, int permutations) {
    return PermutationWithinBins.withDefaults()
        .permutations(permutations)
        .compare(spaces.get(0), spaces.get(1), 20, SEED);
  }

  @Test
  void theJointPValueLiesBetweenTheSmallerOfTheTwoAndTwiceIt() {
    for (int trial = 0; trial < 40; trial++) {
      SeedPath seed = SEED.child("joint").child(trial);
      PermutationWithinBins.Result r =
          test(
              STRATA
                  .of(
                      List.of(
                          Populations.simulated("a", 60, 0, seed.child("a")),
                          Populations.simulated("b", 60, 0.2, seed.child("b"))))
                  .populations(),
              199);
      double smaller = Math.min(r.areaPValue(), r.ks().pValue());
      assertTrue(r.jointPValue() >= smaller, r::toString);
      // At most 2 q of the labellings have a p-value at or below q; ties of D make it fewer.
      assertTrue(r.jointPValue() <= 2 * smaller + 1e-12, r::toString);
      assertEquals(PValueMethod.PERMUTATION_WITHIN_STRATA, r.ks().method());
    }
  }

  @Test
  void aClearDifferenceIsAtTheFloorOfAllThreePValues() {
    PermutationWithinBins.Result r =
        test(
            STRATA
                .of(
                    List.of(
                        Populations.simulated("a", 300, 0, SEED.child("a")),
                        Populations.simulated("b", 300, 2, SEED.child("b"))))
                .populations(),
            199);
    assertEquals(1 / 200.0, r.floor());
    assertEquals(r.floor(), r.areaPValue());
    assertEquals(r.floor(), r.ks().pValue());
    assertEquals(r.floor(), r.jointPValue());
  }

  @Test
  void probabilitiesAreDilutedByComplexityUnlessModelsAreOfEqualComplexity() {
    // Error falls steeply with complexity; B is worse by one step wherever both have models.
    RandomStream random = SEED.child("steep").generator();
    int n = 400;
    double[] params = new double[n];
    double[] good = new double[n];
    double[] bad = new double[n];
    for (int i = 0; i < n; i++) {
      params[i] = 1 + i / 20;
      good[i] = 60 - params[i] + 0.5 * random.nextDouble();
      bad[i] = 60.6 - params[i] + 0.5 * random.nextDouble();
    }
    PairEstimates pair =
        estimates(
                STRATA
                    .of(
                        List.of(
                            References.population("good", good, params),
                            References.population("bad", bad, params)))
                    .populations(),
                10)
            .pair(0, 1);
    assertTrue(pair.probabilityABetterAtEqualComplexity().orElseThrow().value() > 0.9);
    assertTrue(pair.probabilityABetter().value() < 0.55);
  }

  @Test
  void theSimultaneousBandClaimsNothingWhereTenModelsAreMissingOnOneSide() {
    List<NormalizedPopulation> spaces =
        STRATA
            .of(
                List.of(
                    Populations.simulated("a", 200, 0, SEED.child("p")),
                    Populations.simulated("b", 200, 0, SEED.child("q"))))
            .populations();
    EdfBand band = estimates(spaces, 200).pair(0, 1).difference();
    int claimed = 0;
    for (int g = 0; g < band.grid().size(); g++) {
      double fewest = Double.POSITIVE_INFINITY;
      for (NormalizedPopulation p : spaces) {
        double share = p.edf().at(band.grid().get(g));
        fewest = Math.min(fewest, Math.min(share, 1 - share) * p.effectiveSampleSize());
      }
      if (fewest < 10) {
        assertEquals(-1, band.simultaneousLow().get(g));
        assertEquals(1, band.simultaneousHigh().get(g));
      } else {
        claimed++;
        assertTrue(band.simultaneousLow().get(g) > -0.5 && band.simultaneousHigh().get(g) < 0.5);
      }
    }
    assertTrue(claimed > 10 && claimed < band.grid().size(), "claimed at " + claimed);
  }

  @Test
  void populationsOfDifferentStrataAreNotResampledTogether() {
    Population a = Populations.simulated("a", 60, 0, SEED.child("a"));
    Population b = Populations.simulated("b", 60, 0, SEED.child("b"));
    List<NormalizedPopulation> mixed =
        List.of(
            STRATA.of(List.of(a, b)).populations().get(0),
            STRATA.of(List.of(b, a)).populations().get(0));
    assertThrows(IllegalArgumentException.class, () -> estimates(mixed, 10));
  }

  @Test
  void ofThePublishedDifferenceByBinsHalfIsComplexityInsideThem() {
    Normalization bins =
        Normalization.withDefaults()
            .within(new Normalization.Range(24_000, 856_000))
            .withBins(10)
            .with(EmptyBins.ERROR);
    List<Population> pair = List.of(References.resnet(), References.resnextA());
    List<NormalizedPopulation> binned = bins.of(pair).populations();
    List<NormalizedPopulation> refined = bins.inStrataInsideBins().of(pair).populations();
    double composition =
        Composition.expected(binned.get(0), binned.get(1), refined.get(0), refined.get(1), 20);
    assertEquals(0.15, 20 * composition, 0.005);
    Interval difference = estimates(refined, 400).pair(0, 1).areaDifference();
    assertEquals(0.18, 20 * difference.value(), 0.005);
    assertEquals(0.12, 20 * difference.low(), 0.012);
    assertEquals(0.25, 20 * difference.high(), 0.012);
  }

  @Test
  void compositionIsTheMeanOverPermutationsWithinStrataInsideTheBins() {
    // Two models of each space in one bin of two strata: all labellings can be written out.
    List<NormalizedPopulation> binned =
        Populations.normalized(
            0,
            100,
            1,
            Populations.of("a", new double[] {1, 2, 9}, new long[] {10, 11, 50}),
            Populations.of("b", new double[] {3, 8, 12}, new long[] {10, 51, 52}));
    // Strata {1, 2 | 3} and {9 | 8, 12}: mean gain of A minus B by hand, ε = 20.
    double left = (2 - 1) / 3.0 * (3 - (1 + 2 + 3) / 20.0) / 3;
    double right = (1 - 2) / 3.0 * (3 - (9 + 8 + 12) / 20.0) / 3;
    assertEquals(
        left + right,
        Composition.expected(
            binned.get(0), binned.get(1), new int[] {0, 0, 1}, new int[] {0, 1, 1}, 20),
        1e-15);
    // Without a counterpart every model keeps its label: all of the difference is composition.
    int[] none = {-1, -1, -1};
    assertEquals(
        binned.get(0).edf().area(20) - binned.get(1).edf().area(20),
        Composition.expected(binned.get(0), binned.get(1), none, none, 20),
        1e-15);
  }
}
