package dsa.analysis.pareto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.association.EpsilonHull;
import dsa.analysis.association.ParetoFront;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hulls, fronts and what samples attain: easily confused with each other, and with luck. */
final class FrontsTest {

  private static Set<Integer> set(int[] values) {
    return new HashSet<>(Arrays.stream(values).boxed().toList());
  }

  @Test
  void theHullIsPartOfTheFrontWhichIsNearIt() {
    for (int trial = 0; trial < 50; trial++) {
      RandomStream random = SeedPath.root(6).child(trial).generator();
      int n = 1 + random.nextInt(60);
      double[] costs = random.doubles(n, 1, 10).toArray();
      double[] errors = new double[n];
      for (int i = 0; i < n; i++) {
        errors[i] = 5 + 20 / costs[i] * (1 + random.nextDouble());
      }
      EpsilonHull hull = EpsilonHull.of(costs, errors);
      Set<Integer> corners = set(hull.vertices());
      Set<Integer> front = set(ParetoFront.of(costs, errors).indices());
      assertTrue(front.containsAll(corners));
      assertEquals(corners, set(hull.within(0)));
      assertTrue(set(hull.within(0.025)).containsAll(corners));
      assertTrue(set(hull.within(10)).containsAll(front));
      for (int i = 0; i < n; i++) {
        assertTrue(errors[i] >= hull.at(costs[i]) * (1 - 1e-12), "below the hull");
      }
    }
  }

  @Test
  void onePointAndEqualCostsAreHulls() {
    assertArrayEquals(new int[] {0}, EpsilonHull.of(new double[] {3}, new double[] {7}).vertices());
    EpsilonHull equal = EpsilonHull.of(new double[] {3, 3, 3}, new double[] {7, 5, 6});
    assertArrayEquals(new int[] {1}, equal.vertices());
    assertArrayEquals(new int[] {1}, equal.within(0));
    assertArrayEquals(new int[] {1, 2}, equal.within(0.2));
    assertEquals(5, equal.at(100));
  }

  @Test
  void volumesAgreeWithPointsThrownAtTheRectangle() {
    RandomStream random = SeedPath.root(8).generator();
    double[] costs = random.doubles(30, 0, 1).toArray();
    double[] errors = random.doubles(30, 0, 1).toArray();
    double exact = SampledVolume.share(costs, errors, 1, 1);
    int thrown = 100_000;
    long hit =
        IntStream.range(0, thrown)
            .filter(
                t -> {
                  double c = random.nextDouble();
                  double e = random.nextDouble();
                  return IntStream.range(0, 30).anyMatch(i -> costs[i] <= c && errors[i] <= e);
                })
            .count();
    assertEquals(exact, (double) hit / thrown, 4 * Math.sqrt(0.25 / thrown));
    double[] moreCosts = Arrays.copyOf(costs, 31);
    double[] moreErrors = Arrays.copyOf(errors, 31);
    moreCosts[30] = 0.99;
    moreErrors[30] = 0.99;
    assertEquals(exact, SampledVolume.share(moreCosts, moreErrors, 1, 1)); // dominated
    assertEquals(1, SampledVolume.coverage(costs, errors, costs, errors));
  }

  @Test
  void attainmentIsThatOfManySamples() {
    RandomStream random = SeedPath.root(9).generator();
    double[] costs = random.doubles(40, 0, 1).toArray();
    double[] errors = random.doubles(40, 5, 20).toArray();
    int m = 10;
    Attainment exact = Attainment.of(costs, errors, m);
    int samples = 20_000;
    double[] best = new double[samples];
    for (int s = 0; s < samples; s++) {
      best[s] = Double.POSITIVE_INFINITY;
      for (int i = 0; i < m; i++) {
        int drawn = random.nextInt(40);
        best[s] = costs[drawn] <= 0.6 ? Math.min(best[s], errors[drawn]) : best[s];
      }
    }
    for (double p : new double[] {0.1, 0.5, 0.9}) {
      double quantile = exact.quantile(0.6, p).orElseThrow();
      double atMost = Arrays.stream(best).filter(b -> b <= quantile).count() / (double) samples;
      double below = Arrays.stream(best).filter(b -> b < quantile).count() / (double) samples;
      assertTrue(below < p + 0.015 && atMost > p - 0.015, p + ": " + below + " to " + atMost);
    }
    assertTrue(exact.quantile(-1, 0.5).isEmpty());
  }

  @Test
  void aFrontChosenByLuckIsWorseTheNextTime() {
    RandomStream random = SeedPath.root(10).generator();
    int n = 400;
    double[] costs = random.doubles(n, 1, 2).toArray();
    double[][] errors = new double[3][n];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < 3; r++) {
        errors[r][i] = 10 + random.nextDouble(); // luck alone
      }
    }
    FrontOptimism optimism = FrontOptimism.of(costs, errors);
    assertTrue(optimism.againPct() > optimism.chosenPct() + 0.3);
    assertTrue(optimism.kept() < 0.5);
    double[][] steady = {errors[0], errors[0]};
    FrontOptimism none = FrontOptimism.of(costs, steady);
    assertEquals(none.chosenPct(), none.againPct(), 1e-12);
    assertEquals(1, none.kept());
  }

  @Test
  void theRewardIsThatOfMnasNet() {
    CostReward hard = CostReward.hard(75);
    CostReward soft = CostReward.soft(75);
    assertEquals(hard.of(70, 75), 70);
    assertEquals(hard.of(70, 75 + 1e-9), 70, 1e-6);
    assertEquals(hard.of(70, 10), 70);
    assertEquals(hard.of(70, 150), 70 * 75 / 150.0, 1e-12);
    assertEquals(soft.of(70, 75), soft.of(1.05 * 70, 150), 0.001 * 70);
    assertEquals(soft.of(70, 30), CostReward.soft(75e-3).of(70, 30e-3), 1e-9); // units
  }
}
