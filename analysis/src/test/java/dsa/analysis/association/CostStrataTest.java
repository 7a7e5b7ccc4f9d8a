package dsa.analysis.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Large networks are better than small ones, so any recipe orders networks of all sizes well. What
 * it says about networks of one size is the question, and pairs that differ in size must not answer
 * it.
 */
final class CostStrataTest {

  private static final SeedPath SEED = SeedPath.root(1).child("strata");

  /** The stratum of each network, by the definition. */
  private static int[] strata(double[] costs) {
    int n = costs.length;
    int strata = Math.max(1, (int) Math.floor(Math.min(n / 2.0, 4 * Math.sqrt(n))));
    int[] stratum = new int[n];
    for (int i = 0; i < n; i++) {
      double rank = 0;
      for (double other : costs) {
        rank += other < costs[i] ? 1 : other == costs[i] ? 0.5 : 0;
      }
      stratum[i] = (int) Math.min(strata - 1, Math.floor(strata * (rank / n) + 1e-9));
    }
    return stratum;
  }

  private static OptionalDouble byPairs(double[] x, double[] y, int[] stratum) {
    long excess = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        if (stratum[i] == stratum[j]) {
          excess += (long) (Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]));
          untiedX += x[i] != x[j] ? 1 : 0;
          untiedY += y[i] != y[j] ? 1 : 0;
        }
      }
    }
    return untiedX == 0 || untiedY == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(excess / Math.sqrt((double) untiedX * untiedY));
  }

  @Test
  void pairsAreThoseOfOneStratum() {
    for (int n : new int[] {1, 2, 3, 5, 20, 63, 64, 65, 300}) {
      for (int levels : new int[] {2, 7, 1000}) {
        RandomGenerator random = SEED.child(n).child(levels).generator();
        double[] costs = random.ints(n, 1, levels + 1).asDoubleStream().toArray();
        double[] x = random.ints(n, 0, 30).asDoubleStream().toArray();
        double[] y = random.ints(n, 0, 40).asDoubleStream().toArray();
        int[] stratum = strata(costs);
        CostStrata found = CostStrata.of(costs);
        String where = "n=" + n + ", " + levels + " costs";
        OptionalDouble expected = byPairs(x, y, stratum);
        assertEquals(expected.isPresent(), found.kendallTauB(x, y).isPresent(), where);
        assertEquals(expected.orElse(0), found.kendallTauB(x, y).orElse(0), 1e-14, where);
        int[] drawn = random.ints(n, 0, n).toArray();
        assertEquals(
            byPairs(at(x, drawn), at(y, drawn), Arrays.stream(drawn).map(i -> stratum[i]).toArray())
                .orElse(9),
            found.drawn(drawn).kendallTauB(at(x, drawn), at(y, drawn)).orElse(9),
            1e-14,
            where);
      }
    }
  }

  private static double[] at(double[] column, int[] places) {
    return Arrays.stream(places).mapToDouble(i -> column[i]).toArray();
  }

  @Test
  void anyIncreasingMapOfCostsLeavesTheStrataAlone() {
    RandomGenerator random = SEED.child("map").generator();
    double[] costs = random.doubles(200, 1, 20).toArray();
    double[] x = random.doubles(200).toArray();
    double[] y = random.doubles(200).toArray();
    CostStrata linear = CostStrata.of(costs);
    CostStrata curved = CostStrata.of(Arrays.stream(costs).map(c -> Math.pow(c, 5)).toArray());
    assertEquals(linear.kendallTauB(x, y), curved.kendallTauB(x, y));
    assertEquals(linear.pairs(), curved.pairs());
  }

  @Test
  void anOrderThatCostsExplainIsNoneWithinStrata() {
    double[] costs = IntStream.range(0, 2000).mapToDouble(i -> i).toArray();
    RandomGenerator random = SEED.child("explained").generator();
    double[] x = Arrays.stream(costs).map(c -> -c / 20 + 10 * random.nextGaussian()).toArray();
    double[] y = Arrays.stream(costs).map(c -> -c / 20 + 10 * random.nextGaussian()).toArray();
    assertTrue(RankCorrelation.of(x, y).kendallTauB().orElseThrow() > 0.6);
    double within = CostStrata.of(costs).kendallTauB(x, y).orElseThrow();
    assertEquals(0, within, 0.03, "10,000 pairs, standard error 0.007");
  }

  @Test
  void networksOfOneCostAreOneStratum() {
    CostStrata one = CostStrata.of(new double[] {4, 4, 4, 4, 4});
    assertEquals(1, one.size());
    assertEquals(10, one.pairs());
    CostStrata pairs = CostStrata.of(new double[] {1, 2, 3, 4});
    assertEquals(2, pairs.size());
    assertEquals(2, pairs.pairs());
    assertEquals(0, CostStrata.of(new double[] {1}).size());
  }
}
