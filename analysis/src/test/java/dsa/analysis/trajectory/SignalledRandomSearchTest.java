package dsa.analysis.trajectory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Interval;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A yardstick that chooses by what it is judged by makes random search look better than it is. */
final class SignalledRandomSearchTest {

  private static final double[] REPORTED = {5, 3, 8, 4, 9, 2};

  @Test
  void whereSignalAndReportAreOneItIsTheCurveOfRandomSearch() {
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(Edf.of(REPORTED));
    SignalledRandomSearch same = SignalledRandomSearch.of(List.of(REPORTED), REPORTED);
    for (long m : new long[] {1, 2, 3, 7, 50}) {
      assertEquals(curve.expectedBest(m), same.expected(m), 1e-12);
    }
    assertEquals(curve.budgetToReach(2.5).orElseThrow(), same.budgetToReach(2.5).orElseThrow());
    assertEquals(2, same.floor());
  }

  @Test
  void itAgreesWithSimulation() {
    double[] signal = {6, 3, 3, 5, 9, 4}; // two networks tie
    SignalledRandomSearch exact = SignalledRandomSearch.of(List.of(signal), REPORTED);
    RandomStream random = SeedPath.root(1).generator();
    int m = 4;
    int searches = 200_000;
    double sum = 0;
    double squares = 0;
    for (int s = 0; s < searches; s++) {
      int best = -1;
      for (int draw = 0; draw < m; draw++) {
        int drawn = random.nextInt(signal.length);
        best = best < 0 || signal[drawn] < signal[best] ? drawn : best;
      }
      sum += REPORTED[best];
      squares += REPORTED[best] * REPORTED[best];
    }
    double mean = sum / searches;
    double error = Math.sqrt((squares / searches - mean * mean) / searches);
    assertEquals(mean, exact.expected(m), 4 * error);
  }

  @Test
  void severalSignalsCountAlike() {
    double[] other = {1, 2, 3, 4, 5, 6};
    SignalledRandomSearch both = SignalledRandomSearch.of(List.of(REPORTED, other), REPORTED);
    double mean =
        (SignalledRandomSearch.of(List.of(REPORTED), REPORTED).expected(3)
                + SignalledRandomSearch.of(List.of(other), REPORTED).expected(3))
            / 2;
    assertEquals(mean, both.expected(3), 1e-12);
  }

  @Test
  void whatNoNumberOfDrawsReachesIsSaidToBeSo() {
    double[] misleading = {9, 8, 7, 6, 5, 10}; // the best network has the worst signal
    SignalledRandomSearch random = SignalledRandomSearch.of(List.of(misleading), REPORTED);
    assertTrue(random.budgetToReach(2).isEmpty());
    SignalledRandomSearch.Equivalent worth =
        SignalledRandomSearch.of(List.of(REPORTED), REPORTED)
            .equivalentTo(new Interval(2.5, 1.9, 3));
    assertTrue(worth.most().isEmpty());
    assertFalse(worth.budget().isEmpty());
    assertTrue(worth.least().orElseThrow() <= worth.budget().orElseThrow());
  }

  @Test
  void pairsAreComparedByTheirDifferences() {
    double[] a = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] b = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12};
    PairedSearches pair = PairedSearches.of(a, b, 500, 0.95, SeedPath.root(1));
    assertEquals(-1.1, pair.difference().value(), 1e-12);
    assertTrue(pair.difference().high() < 0 && pair.pValue() < 0.01);
    // of 100 pairs 54 are won, 9 tied: 1..10 against 2..10, 12
    assertEquals(0.595, pair.probabilityABetter(), 1e-12);
    PairedSearches same = PairedSearches.of(a, a, 500, 0.95, SeedPath.root(1));
    assertEquals(1, same.pValue());
    assertEquals(0.5, same.probabilityABetter());
  }

  @Test
  void theIntervalOfTheMeanShrinksWithRepeats() {
    double[] widths = new double[2];
    int[] repeats = {20, 2000};
    for (int k = 0; k < 2; k++) {
      double[][] values = new double[repeats[k]][];
      for (int r = 0; r < values.length; r++) {
        RandomStream random = SeedPath.root(3).child(r).generator();
        values[r] = new double[] {random.nextDouble(), random.nextDouble() / 2};
      }
      Trajectories.Point point = Trajectories.of(values).points(500, 0.95, SeedPath.root(4)).get(0);
      widths[k] = point.mean().high() - point.mean().low();
      assertTrue(point.mean().contains(point.mean().value()));
      assertTrue(point.lowerQuartile() < point.median() && point.median() < point.upperQuartile());
    }
    assertTrue(widths[1] < widths[0] / 5);
  }
}
