package dsa.analysis.randomsearch;

import static dsa.analysis.testing.References.costs;
import static dsa.analysis.testing.References.errors;
import static dsa.analysis.testing.References.space;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A range over all models, or over winners drawn anew for each parameter, looks like the published
 * one and means something else.
 */
final class BestRangeTest {

  private static final SeedPath SEED = SeedPath.root(1);

  @Test
  void winnersFollowTheirRanks() {
    // n = 4, s = 2: 16 draws; rank r wins ((5 - r) / 4)^2 - ((4 - r) / 4)^2 of them.
    double[] p = BestRange.winnerProbabilities(new double[] {8, 5, 7, 6}, 2);
    assertArrayEquals(new double[] {1 / 16.0, 7 / 16.0, 3 / 16.0, 5 / 16.0}, p, 1e-15);
  }

  @Test
  void tiedModelsShareTheProbabilityOfTheirRanks() {
    double[] p = BestRange.winnerProbabilities(new double[] {6, 5, 6, 6, 9}, 2);
    // ranks 2..4 together: (4/5)^2 - (1/5)^2 = 15/25
    assertArrayEquals(new double[] {.2, 9 / 25.0, .2, .2, 1 / 25.0}, p, 1e-15);
    assertEquals(1, Arrays.stream(p).sum(), 1e-15);
  }

  // numpy 2.4.6, 400,000 searches of 15 among the 60 models of golden space A: 396558, 817018,
  // 834372; models 0 and 1 won .01683 and .06558 of them.
  @Test
  void theClosedFormIsTheLimitOfManySearches() {
    Population a = space("A");
    double[] params = costs(a, ComplexityMeasure.PARAMS);
    BestRange.Range exact =
        BestRange.exact(errors(a), BestRange.draws(60, BestRange.SHARE)).of(params);
    assertEquals(new BestRange.Range(396558, 817018, 834372), exact);
    double[] p = BestRange.winnerProbabilities(errors(a), 15);
    assertEquals(.01683, p[0], 3.3 * Math.sqrt(.01683 / 400_000));
    assertEquals(.06558, p[1], 3.3 * Math.sqrt(.06558 / 400_000));
    BestRange.Range simulated = BestRange.simulated(errors(a), 15, 100_000, SEED).of(params);
    assertEquals(exact, simulated);
  }

  @Test
  void simulatedWinnersOfTiedErrorsAreEquallyOften() {
    double[] errors = {6, 5, 6, 6, 9};
    double[] which = {0, 1, 2, 3, 4};
    BestRange simulated = BestRange.simulated(errors, 2, 40_000, SEED);
    // Shares 0: .2, 1: .36, 2: .2, 3: .2, 4: .04; so quantiles at .19 -> 0 and .21 -> 1 ...
    double[] cumulative = {.2, .56, .76, .96};
    for (int i = 0; i < cumulative.length; i++) {
      // level 1 - 2 p puts the lower end at p, for p < 1/2; the upper end covers the rest
      double p = cumulative[i];
      double around = .01; // 4 sd
      if (p + around < .5) {
        assertEquals(which[i], simulated.of(which, 1 - 2 * (p - around)).low());
        assertEquals(which[i + 1], simulated.of(which, 1 - 2 * (p + around)).low());
      } else {
        assertEquals(which[i], simulated.of(which, 2 * (p - around) - 1).high());
        assertEquals(which[i + 1], simulated.of(which, 2 * (p + around) - 1).high());
      }
    }
  }

  @Test
  void oneSetOfWinnersServesAllParameters() {
    double[] errors = SEED.child("errors").generator().doubles(200).toArray();
    double[] x = SEED.child("x").generator().doubles(200).toArray();
    double[] twice = Arrays.stream(x).map(v -> 2 * v).toArray();
    double[] minus = Arrays.stream(x).map(v -> -v).toArray();
    BestRange range = BestRange.simulated(errors, 50, 500, SEED);
    assertEquals(2 * range.of(x).low(), range.of(twice).low(), 1e-12);
    assertEquals(2 * range.of(x).median(), range.of(twice).median(), 1e-12);
    assertEquals(-range.of(x).high(), range.of(minus).low(), 1e-12);
  }

  @Test
  void theBestModelsParameterIsInside() {
    double[] errors = IntStream.range(0, 1000).mapToDouble(i -> (i - 400) * (i - 400)).toArray();
    double[] x = IntStream.range(0, 1000).asDoubleStream().toArray();
    BestRange.Range range = BestRange.exact(errors, 250).of(x);
    assertEquals(400, range.median(), 1);
    assertTrue(range.low() <= 400 && range.high() >= 400);
    assertTrue(range.high() - range.low() < 20);
    BestRange.Range wide = BestRange.exact(errors, 25).of(x);
    assertTrue(wide.high() - wide.low() > range.high() - range.low());
    BestRange.Range all = BestRange.exact(errors, 1).of(x);
    assertEquals(new BestRange.Range(24, 499, 974), all, "one draw: every model is a winner");
  }

  @Test
  void theSameSeedGivesTheSameRange() {
    double[] errors = SEED.child("errors").generator().doubles(100).toArray();
    double[] x = SEED.child("x").generator().doubles(100).toArray();
    assertEquals(
        BestRange.simulated(errors, 5, 200, SEED).of(x),
        BestRange.simulated(errors, 5, 200, SEED).of(x));
  }

  @Test
  void drawsAreAShareRoundedDownButAtLeastOne() {
    assertEquals(1, BestRange.draws(3, .25));
    assertEquals(15, BestRange.draws(60, .25));
    assertEquals(15, BestRange.draws(63, .25));
    assertEquals(10, BestRange.draws(10, 1));
    assertThrows(IllegalArgumentException.class, () -> BestRange.draws(10, 0));
    assertThrows(IllegalArgumentException.class, () -> BestRange.draws(10, 1.5));
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    assertEquals(rangeWith(1), rangeWith(8));
  }

  private static BestRange.Range rangeWith(int threads) throws Exception {
    double[] errors = SEED.child("errors").generator().doubles(100).toArray();
    double[] x = SEED.child("x").generator().doubles(100).toArray();
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> BestRange.simulated(errors, 5, 200, SEED).of(x)).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void nonsenseIsRefused() {
    double[] errors = {1, 2};
    double[] none = {};
    double[] gap = {1, Double.NaN};
    assertThrows(IllegalArgumentException.class, () -> BestRange.exact(errors, 0));
    assertThrows(IllegalArgumentException.class, () -> BestRange.exact(none, 1));
    assertThrows(IllegalArgumentException.class, () -> BestRange.exact(gap, 1));
    assertThrows(IllegalArgumentException.class, () -> BestRange.simulated(gap, 1, 10, SEED));
    assertThrows(IllegalArgumentException.class, () -> BestRange.simulated(errors, 1, 0, SEED));
    BestRange range = BestRange.exact(errors, 1);
    assertThrows(IllegalArgumentException.class, () -> range.of(new double[3]));
    assertThrows(IllegalArgumentException.class, () -> range.of(gap));
    assertThrows(IllegalArgumentException.class, () -> range.of(errors, 1));
  }
}
