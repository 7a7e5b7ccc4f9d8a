package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/**
 * If labels are permuted across bins, or the observed labelling does not count as one of them,
 * spaces of different complexity look different in error, or p-values come out as zero.
 */
final class PermutationWithinBinsTest {

  private static final SeedPath SEED = SeedPath.root(7);

  @Test
  void trapT4TheWeightedDistanceIsGoldenAndItsPValueComesFromPermutations() throws IOException {
    List<NormalizedPopulation> spaces = Populations.golden();
    KsResult ks = compare(spaces, 4000, SEED).ks();
    assertEquals(Golden.number("/weighted_ks/D"), ks.distance(), 1e-9);
    assertEquals(Golden.number("/weighted_ks/at"), ks.atError());
    assertEquals(Golden.number("/weighted_ks/sign"), ks.sign());
    assertEquals(PValueMethod.PERMUTATION_WITHIN_BINS, ks.method());
    assertEquals(4000, ks.permutations().orElseThrow());
    // The approximation that is not reported, so that nobody takes one for the other.
    double a = spaces.get(0).effectiveSampleSize();
    double b = spaces.get(1).effectiveSampleSize();
    double plain = KolmogorovSmirnovTest.kolmogorov(Math.sqrt(a * b / (a + b)) * ks.distance());
    assertEquals(Golden.number("/weighted_ks/p_plain_neff"), plain, 1e-9);
    assertTrue(Math.abs(plain - ks.pValue()) > 0.03, () -> "p = " + ks.pValue());
  }

  @Test
  void withOneBinThePValueConvergesToTheExactOneGivenTies() {
    for (int trial = 0; trial < 5; trial++) {
      double[] a = Populations.tied(30 + trial, 15, SEED.child("one").child(trial));
      double[] b = Populations.tied(22, 15, SEED.child("bin").child(trial));
      double exact = KolmogorovSmirnov.compare(a, b).pValue();
      double estimate =
          compare(List.of(Populations.plain(a), Populations.plain(b)), 40_000, SEED).ks().pValue();
      double deviation = Math.sqrt(exact * (1 - exact) / 40_000) + 1e-4;
      assertEquals(exact, estimate, 3.5 * deviation);
    }
  }

  @Test
  void labellingsOfEqualDistanceCountWhateverTheirRounding() {
    // 7 against 3: thirds and sevenths are not exact in binary. D = 1 in 2 of 120 labellings.
    List<NormalizedPopulation> spaces =
        List.of(Populations.plain(1, 2, 3, 4, 5, 6, 7), Populations.plain(8, 9, 10));
    double p = compare(spaces, 60_000, SEED).ks().pValue();
    assertEquals(2 / 120.0, p, 3.5 * Math.sqrt(2 / 120.0 / 60_000));
  }

  @Test
  void thePValueIsUniformWhenTheSpacesAreTheSame() {
    int trials = 600;
    double[] area = new double[trials];
    double[] distance = new double[trials];
    for (int t = 0; t < trials; t++) {
      SeedPath seed = SEED.child("null").child(t);
      // One law of error given complexity, but A's models are larger.
      PermutationWithinBins.Result r =
          compare(
              Populations.normalized(
                  0,
                  1000,
                  3,
                  Populations.simulated("a", 80, 0, seed.child("a")),
                  flat(60, seed.child("b"))),
              199,
              seed);
      area[t] = r.areaPValue();
      distance[t] = r.ks().pValue();
    }
    // Kolmogorov's 0.1 % point 1.95/√n, and steps of 1/200.
    Arrays.sort(area);
    for (int t = 0; t < trials; t++) {
      assertEquals((t + 0.5) / trials, area[t], 1.95 / Math.sqrt(trials) + 0.006);
    }
    for (double level : new double[] {0.01, 0.05, 0.2}) {
      double share = Arrays.stream(distance).filter(p -> p <= level).count() / (double) trials;
      double slack = 3.1 * Math.sqrt(level * (1 - level) / trials);
      assertTrue(share <= level + slack && share >= level / 2 - slack, () -> level + ": " + share);
    }
  }

  /** As {@link Populations#simulated} with no shift, but of uniform complexity. */
  private static Population flat(int size, SeedPath seed) {
    double[] u = Populations.uniform(size, seed.child("params"));
    long[] params = Arrays.stream(u).mapToLong(x -> 1 + (long) (998 * x)).toArray();
    RandomStream random = seed.child("errors").generator();
    double[] errors =
        Arrays.stream(params).mapToDouble(p -> Populations.error(p, 0, random)).toArray();
    return Populations.of("flat", errors, params);
  }

  @Test
  void aRealDifferenceHasTheSmallestPossiblePValueAndIsNeverZero() throws IOException {
    PermutationWithinBins.Result result = compare(Populations.published(), 1999, SEED);
    assertEquals(0.072922, result.ks().distance(), 5e-7);
    assertEquals(0.627170 - 0.611187, result.areaDifference(), 1e-6);
    assertEquals(1 / 2000.0, result.ks().pValue());
    assertEquals(1 / 2000.0, result.areaPValue());
  }

  @Test
  void rowsInAnotherOrderAndOtherThreadCountsGiveTheSamePValues() throws Exception {
    Population a = Populations.simulated("a", 400, 0, SEED.child("x"));
    Population b = Populations.simulated("b", 300, 0.05, SEED.child("y"));
    PermutationWithinBins.Result expected =
        compare(Populations.normalized(0, 1000, 4, a, b), 500, SEED);
    List<TrainedModel> rows = new ArrayList<>(a.models());
    Collections.reverse(rows);
    Population reversed = new Population("a", rows, a.origin());
    List<NormalizedPopulation> spaces = Populations.normalized(0, 1000, 4, reversed, b);
    for (int threads : new int[] {1, 8}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        PermutationWithinBins.Result result = pool.submit(() -> compare(spaces, 500, SEED)).get();
        assertEquals(expected.ks().pValue(), result.ks().pValue());
        assertEquals(expected.areaPValue(), result.areaPValue());
        assertEquals(expected.areaDifference(), result.areaDifference());
        // The EDF adds the weights of ties in the order of the rows.
        assertEquals(expected.ks().distance(), result.ks().distance(), 1e-14);
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void swappingTheSpacesTurnsTheSignsAround() {
    List<NormalizedPopulation> spaces =
        Populations.normalized(
            0,
            1000,
            4,
            Populations.simulated("a", 400, 0, SEED.child("x")),
            Populations.simulated("b", 300, 0.3, SEED.child("y")));
    PermutationWithinBins.Result ab = compare(spaces, 99, SEED);
    PermutationWithinBins.Result ba = compare(List.of(spaces.get(1), spaces.get(0)), 99, SEED);
    assertEquals(ab.ks().distance(), ba.ks().distance());
    assertEquals(ab.ks().sign(), -ba.ks().sign());
    assertEquals(ab.areaDifference(), -ba.areaDifference(), 1e-15);
  }

  @Test
  void populationsThatWereNotNormalizedTogetherAreRefused() {
    NormalizedPopulation plain = Populations.plain(1, 2, 3);
    NormalizedPopulation binned =
        Populations.normalized(0, 1000, 2, Populations.simulated("a", 50, 0, SEED)).get(0);
    assertThrows(IllegalArgumentException.class, () -> compare(List.of(plain, binned), 99, SEED));
    assertThrows(
        IllegalArgumentException.class, () -> PermutationWithinBins.withDefaults().permutations(0));
  }

  private static PermutationWithinBins.Result compare(
      List<NormalizedPopulation> spaces, int permutations, SeedPath seed) {
    return PermutationWithinBins.withDefaults()
        .permutations(permutations)
        .compare(spaces.get(0), spaces.get(1), 20, seed);
  }
}
