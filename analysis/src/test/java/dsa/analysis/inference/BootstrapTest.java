package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.BootstrapResult.PairEstimates;
import dsa.analysis.inference.BootstrapResult.PopulationEstimates;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Intervals that forget that bin weights are random, or resample one population more often than
 * another, look plausible and hold the truth too rarely.
 */
final class BootstrapTest {

  private static final SeedPath SEED = SeedPath.root(8);
  private static final List<Integer> POWERS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);

  @Test
  void theEstimatesAreThoseOfThePopulationsThemselves() throws IOException {
    List<NormalizedPopulation> spaces = Populations.published();
    List<Double> grid = List.of(4.0, 5.5, 6.0, 6.65, 8.0, 90.0);
    List<Double> quantiles = List.of(0.05, 0.5, 0.9);
    BootstrapResult result =
        Bootstrap.withDefaults()
            .resamples(200)
            .run(spaces, new Evaluation(grid, 20, quantiles, POWERS), SEED);
    for (int p = 0; p < 2; p++) {
      Edf edf = spaces.get(p).edf();
      PopulationEstimates e = result.population(p);
      assertEquals(edf.area(20), e.area().value(), 1e-12);
      assertEquals(edf.mean(), e.mean().value(), 1e-11);
      for (int g = 0; g < grid.size(); g++) {
        assertEquals(edf.at(grid.get(g)), e.edf().value().get(g), 1e-12);
      }
      for (int q = 0; q < quantiles.size(); q++) {
        assertEquals(edf.quantile(quantiles.get(q)), e.quantiles().get(q).value(), 0);
      }
      assertTrue(e.area().low() < e.area().value() && e.area().value() < e.area().high());
      assertEquals(0, e.resamplesWithEmptyBin());
    }
    assertEquals(0.627170, result.population(0).area().value(), 5e-7);
    assertEquals(0.611187, result.population(1).area().value(), 5e-7);
    // numpy on the same population, rounded to six digits
    double[] best = {
      7.459773, 6.720827, 6.302010, 6.059585, 5.905281, 5.797563, 5.716581, 5.652735, 5.597951,
      5.546354
    };
    for (int k = 0; k < best.length; k++) {
      assertEquals(best[k], result.population(0).expectedBest().get(k).value(), 5e-7);
    }
    PairEstimates pair = result.pair(0, 1);
    EffectSizes sizes = EffectSizes.of(spaces.get(0).edf(), spaces.get(1).edf(), 20, quantiles);
    assertEquals(sizes.areaDifference(), pair.areaDifference().value(), 1e-12);
    assertEquals(sizes.probabilityABetter(), pair.probabilityABetter().value(), 1e-12);
    for (int q = 0; q < quantiles.size(); q++) {
      assertEquals(
          sizes.quantileDifferences().get(q), pair.quantileDifferences().get(q).value(), 1e-12);
    }
    assertThrows(IllegalArgumentException.class, () -> result.pair(1, 0));
  }

  @Test
  void theGoldenSpacesHaveTheExpectedBestOfTheReference() throws IOException {
    List<Integer> budgets = List.of(1, 2, 4, 8, 16, 32);
    BootstrapResult weighted =
        Bootstrap.withDefaults()
            .resamples(10)
            .run(Populations.golden(), new Evaluation(List.of(), 10, List.of(), budgets), SEED);
    BootstrapResult plain =
        Bootstrap.withDefaults()
            .resamples(10)
            .run(
                List.of(
                    Populations.plain(Populations.goldenErrors("A")),
                    Populations.plain(Populations.goldenErrors("B"))),
                new Evaluation(List.of(), 10, List.of(), budgets),
                SEED);
    for (int p = 0; p < 2; p++) {
      String space = p == 0 ? "A" : "B";
      for (int k = 0; k < budgets.size(); k++) {
        assertEquals(
            Golden.number("/rs/" + space + "_weighted/" + budgets.get(k) + "/0"),
            weighted.population(p).expectedBest().get(k).value(),
            1e-9);
        assertEquals(
            Golden.number("/rs/" + space + "/" + budgets.get(k) + "/mean_sd_with_repl/0"),
            plain.population(p).expectedBest().get(k).value(),
            1e-9);
      }
    }
  }

  @Test
  void budgetsNeedNotBePowersOfTwo() {
    NormalizedPopulation hand = Populations.plain(5, 6, 6, 9);
    BootstrapResult result =
        Bootstrap.withDefaults()
            .resamples(2)
            .run(
                List.of(hand),
                new Evaluation(List.of(), 10, List.of(), List.of(1, 3, 5, 10)),
                SEED);
    int[] budgets = {1, 3, 5, 10};
    for (int k = 0; k < 4; k++) {
      double expected = 5 + Math.pow(0.75, budgets[k]) + 3 * Math.pow(0.25, budgets[k]);
      assertEquals(expected, result.population(0).expectedBest().get(k).value(), 1e-12);
    }
  }

  @Tag("slow")
  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    // The truth of a normalized population is what the estimator tends to: 400,000 models.
    List<Double> grid = List.of(4.5, 5.0, 5.5, 6.0, 6.5);
    Evaluation evaluation = new Evaluation(grid, 20, List.of(0.25, 0.5), List.of(1, 8));
    NormalizedPopulation large = draw(400_000, SEED.child("truth"));
    PopulationEstimates truth =
        Bootstrap.withDefaults().resamples(2).run(List.of(large), evaluation, SEED).population(0);
    int trials = 400;
    int[] hits = new int[8];
    for (int t = 0; t < trials; t++) {
      SeedPath seed = SEED.child("coverage").child(t);
      BootstrapResult result =
          Bootstrap.withDefaults()
              .resamples(400)
              .run(
                  List.of(draw(150, seed.child("a")), draw(200, seed.child("b"))),
                  evaluation,
                  seed);
      PopulationEstimates e = result.population(0);
      hits[0] += e.area().contains(truth.area().value()) ? 1 : 0;
      hits[1] += e.mean().contains(truth.mean().value()) ? 1 : 0;
      hits[2] += e.quantiles().get(1).contains(truth.quantiles().get(1).value()) ? 1 : 0;
      hits[3] += e.expectedBest().get(1).contains(truth.expectedBest().get(1).value()) ? 1 : 0;
      hits[4] += result.pair(0, 1).areaDifference().contains(0) ? 1 : 0;
      hits[5] += result.pair(0, 1).probabilityABetter().contains(0.5) ? 1 : 0;
      hits[6] += holds(e.edf(), truth.edf().value()) ? 1 : 0;
      hits[7] += holds(result.pair(0, 1).difference(), Collections.nCopies(5, 0.0)) ? 1 : 0;
    }
    for (int k = 0; k < hits.length; k++) {
      // 95 % ± 3.3 standard deviations of 400 trials, and 1.5 % for n = 150
      double share = hits[k] / (double) trials;
      int which = k;
      assertTrue(share > 0.90 && share < 0.987, () -> "statistic " + which + ": " + share);
    }
  }

  private static NormalizedPopulation draw(int size, SeedPath seed) {
    return Populations.normalized(0, 1000, 3, Populations.simulated("s", size, 0, seed)).get(0);
  }

  private static boolean holds(EdfBand band, List<Double> truth) {
    for (int g = 0; g < truth.size(); g++) {
      if (!(band.simultaneousLow().get(g) <= truth.get(g)
          && truth.get(g) <= band.simultaneousHigh().get(g))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void theSimultaneousBandIsWiderThanThePointwiseOne() throws IOException {
    List<NormalizedPopulation> spaces = Populations.published();
    List<Double> grid = Evaluation.gridOver(spaces, 100);
    BootstrapResult result =
        Bootstrap.withDefaults()
            .resamples(500)
            .run(spaces, new Evaluation(grid, 20, List.of(), List.of()), SEED);
    for (EdfBand band : List.of(result.population(0).edf(), result.pair(0, 1).difference())) {
      double pointwise = 0;
      double simultaneous = 0;
      for (int g = 0; g < grid.size(); g++) {
        assertTrue(band.low().get(g) <= band.value().get(g) + 1e-12);
        assertTrue(band.high().get(g) >= band.value().get(g) - 1e-12);
        pointwise += band.high().get(g) - band.low().get(g);
        simultaneous += band.simultaneousHigh().get(g) - band.simultaneousLow().get(g);
      }
      assertTrue(simultaneous > 1.2 * pointwise && simultaneous < 2 * pointwise);
    }
  }

  @Test
  void weightsAreDrawnAnewWithEveryResample() {
    // Every error depends on the bin alone: recomputed weights leave no variance at all.
    double[] errors = new double[60];
    long[] params = new long[60];
    for (int i = 0; i < 60; i++) {
      errors[i] = i < 20 ? 5 : 9;
      params[i] = i < 20 ? 100 : 900;
    }
    NormalizedPopulation space =
        Populations.normalized(0, 1000, 2, Populations.of("two", errors, params)).get(0);
    Interval mean =
        Bootstrap.withDefaults()
            .resamples(300)
            .run(List.of(space), new Evaluation(List.of(6.0), 20, List.of(), List.of()), SEED)
            .population(0)
            .mean();
    assertEquals(7, mean.low(), 1e-12);
    assertEquals(7, mean.high(), 1e-12);
  }

  @Test
  void resamplesThatLoseABinAreCountedAndSpreadItsWeight() {
    double[] errors = {5, 9, 9, 9, 9};
    long[] params = {100, 900, 900, 900, 900};
    NormalizedPopulation space =
        Populations.normalized(0, 1000, 2, Populations.of("rare", errors, params)).get(0);
    int resamples = 4000;
    PopulationEstimates e =
        Bootstrap.withDefaults()
            .resamples(resamples)
            .run(List.of(space), new Evaluation(List.of(6.0), 20, List.of(), List.of()), SEED)
            .population(0);
    double lost = Math.pow(0.8, 5) + Math.pow(0.2, 5);
    assertEquals(
        lost,
        e.resamplesWithEmptyBin() / (double) resamples,
        3.3 * Math.sqrt(lost * (1 - lost) / resamples));
    assertEquals(9, e.mean().high(), 1e-12);
    assertEquals(7, e.mean().value(), 1e-12);
  }

  @Test
  void rowsInAnotherOrderAndOtherThreadCountsGiveTheSameBits() throws Exception {
    Population a = Populations.simulated("a", 401, 0, SEED.child("x"));
    Population b = Populations.simulated("b", 300, 0.05, SEED.child("y"));
    Evaluation evaluation = new Evaluation(List.of(5.0, 5.5, 6.0), 20, List.of(0.5), List.of(1, 7));
    BootstrapResult expected =
        Bootstrap.withDefaults()
            .resamples(300)
            .run(Populations.normalized(0, 1000, 4, a, b), evaluation, SEED);
    List<TrainedModel> rows = new ArrayList<>(a.models());
    Collections.reverse(rows);
    List<NormalizedPopulation> spaces =
        Populations.normalized(0, 1000, 4, new Population("a", rows, a.origin()), b);
    for (int threads : new int[] {1, 8}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        assertEquals(
            expected,
            pool.submit(() -> Bootstrap.withDefaults().resamples(300).run(spaces, evaluation, SEED))
                .get());
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void trapT18NoIntervalForTheSmallestErrorIsOffered() {
    for (double p : new double[] {0, 1}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Evaluation(List.of(), 20, List.of(p), List.of()));
    }
    assertFalse(
        Arrays.stream(PopulationEstimates.class.getRecordComponents())
            .anyMatch(component -> component.getName().contains("min")));
  }

  @Test
  void trapT10OneDivergedModelMovesTheMeanButHardlyTheEdf() {
    double[] errors = Populations.uniform(1000, SEED.child("diverged"));
    double[] diverged = errors.clone();
    diverged[17] = 90;
    NormalizedPopulation sound = Populations.plain(errors);
    NormalizedPopulation hurt = Populations.plain(diverged);
    assertTrue(hurt.edf().mean() - sound.edf().mean() > 0.089);
    assertTrue(KolmogorovSmirnov.distances(sound.edf(), hurt.edf()).distance() <= 0.001 + 1e-12);
    assertTrue(sound.edf().area(20) - hurt.edf().area(20) <= 0.001);
    BootstrapResult result =
        Bootstrap.withDefaults()
            .resamples(500)
            .run(
                List.of(sound, hurt),
                new Evaluation(List.of(0.5), 20, List.of(0.5), List.of()),
                SEED);
    double width = result.population(1).mean().high() - result.population(1).mean().low();
    double sane = result.population(0).mean().high() - result.population(0).mean().low();
    assertTrue(width > 4 * sane, "the mean's interval must show it");
  }

  @Test
  void senselessSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Bootstrap.withDefaults().resamples(1));
    assertThrows(IllegalArgumentException.class, () -> Bootstrap.withDefaults().level(Double.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Evaluation(List.of(2.0, 1.0), 20, List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Evaluation(List.of(), 20, List.of(), List.of(4, 4)));
  }

  @Test
  void bandsOfManyResamplesAreThoseOfTheFirstTenThousand() {
    NormalizedPopulation space = Populations.plain(5, 6, 6.5, 7, 8, 9);
    Evaluation evaluation = new Evaluation(List.of(6.0, 8.0), 20, List.of(), List.of());
    BootstrapResult some =
        Bootstrap.withDefaults().resamples(10_000).run(List.of(space), evaluation, SEED);
    BootstrapResult more =
        Bootstrap.withDefaults().resamples(10_001).run(List.of(space), evaluation, SEED);
    assertEquals(some.population(0).edf(), more.population(0).edf());
  }
}
