package dsa.search.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.search.Budget;
import dsa.search.Evaluator;
import dsa.search.Examples;
import dsa.search.Search;
import dsa.search.SearchSpace;
import dsa.search.SearchTrace;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The rule has a direction: handed errors for accuracies, or counts the wrong way round, it moves
 * probability to the worst option and still looks like learning.
 */
final class MdenasTest {

  private static final double ALPHA = 0.01;

  private static double[] updated(
      boolean strict, MdenasRule.Clip clip, double[] p, double[] counts, double[] accuracies) {
    double[] next = p.clone();
    new MdenasRule(ALPHA, strict, clip).update(next, counts, accuracies);
    return next;
  }

  private static double[] third() {
    return new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0};
  }

  @Test
  void theRuleMovesProbabilityAsWorkedOutByHand() {
    double[] counts = {1, 2, 3};
    double[] better = {0.9, 0.8, 0.7};
    for (MdenasRule.Clip clip : MdenasRule.Clip.values()) {
      assertArrayEquals(
          new double[] {1 / 3.0 + 0.02, 1 / 3.0, 1 / 3.0 - 0.02},
          updated(true, clip, third(), counts, better),
          1e-12);
      assertArrayEquals(
          third(), updated(true, clip, third(), counts, new double[] {0.7, 0.8, 0.9}), 1e-15);
      double[] equal = {2, 2, 2};
      assertArrayEquals(third(), updated(true, clip, third(), equal, better), 1e-15);
      assertArrayEquals(
          new double[] {1 / 3.0 + 0.02, 1 / 3.0, 1 / 3.0 - 0.02},
          updated(false, clip, third(), equal, better),
          1e-12);
    }
  }

  @Test
  void massIsConservedAndNoOptionIsNegativeWhateverHappened() {
    for (MdenasRule.Clip clip : MdenasRule.Clip.values()) {
      for (int history = 0; history < 10_000; history++) {
        RandomStream random = SeedPath.root(2).child(history).generator();
        double[] p = {0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125};
        for (int step = 0; step < 6; step++) {
          double[] counts = new double[8];
          double[] accuracies = new double[8];
          for (int k = 0; k < 8; k++) {
            counts[k] = random.nextInt(5);
            accuracies[k] = random.nextDouble();
          }
          p = updated(history % 2 == 0, clip, p, counts, accuracies);
          double sum = 0;
          for (double each : p) {
            assertTrue(each >= 0, "p=" + each);
            sum += each;
          }
          assertEquals(1, sum, 1e-12);
        }
      }
    }
  }

  @Test
  void optionsHaveNoNames() {
    RandomStream random = SeedPath.root(3).generator();
    for (int trial = 0; trial < 100; trial++) {
      double[] counts = new double[4];
      double[] accuracies = new double[4];
      for (int k = 0; k < 4; k++) {
        counts[k] = random.nextInt(6);
        accuracies[k] = random.nextDouble();
      }
      double[] p = {0.25, 0.25, 0.25, 0.25};
      double[] next = updated(true, MdenasRule.Clip.PAIRWISE, p, counts, accuracies);
      int[] order = {2, 0, 3, 1};
      double[] permuted =
          updated(true, MdenasRule.Clip.PAIRWISE, p, at(counts, order), at(accuracies, order));
      assertArrayEquals(at(next, order), permuted, 1e-12);
    }
  }

  private static double[] at(double[] values, int[] order) {
    double[] ordered = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      ordered[i] = values[order[i]];
    }
    return ordered;
  }

  private static SearchTrace run(SearchSpace space, Map<String, String> settings, long seed) {
    return Search.run(
        Strategies.find("mdenas").on(space, 1, settings, SeedPath.root(seed)),
        space,
        p -> new Evaluator.Answer(10 + 5.0 * p.encoding().at(0), 0),
        Budget.evaluations(100_000));
  }

  @Test
  void onOneEdgeWithoutNoiseTheBestOptionMostlyWins() {
    int found = 0;
    for (int seed = 0; seed < 60; seed++) {
      SearchTrace trace = run(Examples.grid(1, 8), Map.of(), seed);
      assertEquals(150, trace.evaluations().size());
      found += trace.recommended().orElseThrow().at(0) == 0 ? 1 : 0;
    }
    assertTrue(found >= 42, found + " of 60"); // 83 percent is the expectation, 12.5 chance
  }

  @Test
  void everyWayToStopIsReachedAndNamed() {
    SearchSpace edge = Examples.grid(1, 3);
    assertEquals(Mdenas.EPOCH_CAP, run(edge, Map.of(), 1).stop());
    assertEquals(Mdenas.ONE_CHOICE, run(edge, Map.of("alpha", "1", "epochs", "100000"), 1).stop());
    assertEquals(Mdenas.ENTROPY, run(edge, Map.of("entropy", "0.95"), 1).stop());
  }

  @Test
  void warmUpTrainsEachOptionOnceFirst() {
    SearchTrace trace = run(Examples.grid(3, 4), Map.of("warmup", "yes", "epochs", "4"), 1);
    for (int position = 0; position < 3; position++) {
      int at = position;
      assertEquals(
          4, trace.evaluations().stream().map(e -> e.encoding().at(at)).distinct().count());
    }
  }
}
