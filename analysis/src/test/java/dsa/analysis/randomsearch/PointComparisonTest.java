package dsa.analysis.randomsearch;

import static dsa.analysis.testing.References.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.testing.References;
import dsa.core.random.SeedPath;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ties counted as wins would report 91 % where the paper's data give less. */
final class PointComparisonTest {

  @Test
  void handCountsOfTwoAgainstOne() {
    // Best of two from {1, 2}: 1 with 3/4. Best of one: 1 with 1/2.
    PointComparison with =
        PointComparison.of(RandomSearchCurve.withReplacement(Edf.of(new double[] {1, 2})), 2, 1);
    assertEquals(3 / 8.0, with.wins(), 1e-15);
    assertEquals(1 / 8.0, with.losses(), 1e-15);
    assertEquals(4 / 8.0, with.ties(), 1e-15);
    assertEquals(.25, with.expectedDifference(), 1e-15);
    assertEquals(1 / 8.0, with.differenceAtMost(-1), 1e-15);
    assertEquals(5 / 8.0, with.differenceAtMost(0), 1e-15);
    assertEquals(5 / 8.0, with.differenceAtMost(.99), 1e-15);
    assertEquals(1, with.differenceAtMost(1), 1e-15);
    assertEquals(0, with.differenceAtMost(-1.01));
    // Without replacement the best of two is always 1.
    PointComparison without =
        PointComparison.of(RandomSearchCurve.withoutReplacement(new double[] {1, 2}), 2, 1);
    assertEquals(.5, without.wins(), 1e-15);
    assertEquals(0, without.losses());
  }

  @Test
  void withoutTiesTheShareIsTheShareOfModels() {
    double[] errors = SeedPath.root(1).generator().doubles(200_000).toArray();
    PointComparison comparison =
        PointComparison.of(RandomSearchCurve.withReplacement(Edf.of(errors)), 1000, 100);
    assertEquals(1000 / 1100.0, PointComparison.winsWithoutTies(1000, 100));
    assertEquals(1000 / 1100.0, comparison.wins() + comparison.ties() / 2, 1e-3);
    assertTrue(comparison.ties() < 1e-3);
  }

  @Test
  void theThousandBeatTheHundredAboutNineTimesInTen() {
    RandomSearchCurve space =
        RandomSearchCurve.withoutReplacement(column(References.RESNET, "mean_min_test_top1_error"));
    PointComparison comparison = PointComparison.of(space, 1000, 100);
    assertEquals(.9, comparison.wins(), .015);
    assertTrue(comparison.ties() > .005);
    PointComparison reversed = PointComparison.of(space, 100, 1000);
    assertEquals(comparison.wins(), reversed.losses(), 1e-14);
    assertEquals(comparison.ties(), reversed.ties(), 1e-14);
    assertEquals(-comparison.expectedDifference(), reversed.expectedDifference());
  }

  @Test
  void outcomesAddUpToOneAndAgreeWithTheDifference() {
    RandomGenerator random = SeedPath.root(2).generator();
    for (int round = 0; round < 50; round++) {
      int n = 1 + random.nextInt(60);
      double[] errors = IntStream.range(0, n).mapToDouble(i -> random.nextInt(12)).toArray();
      int m = 1 + random.nextInt(n);
      int b = 1 + random.nextInt(n);
      PointComparison comparison =
          PointComparison.of(RandomSearchCurve.withoutReplacement(errors), m, b);
      assertEquals(1, comparison.wins() + comparison.ties() + comparison.losses(), 1e-12);
      assertEquals(comparison.losses(), comparison.differenceAtMost(-.5), 1e-12);
      assertEquals(1 - comparison.wins(), comparison.differenceAtMost(0), 1e-12);
      assertEquals(1, comparison.differenceAtMost(12), 1e-12);
    }
  }

  @Test
  void nonsenseIsRefused() {
    RandomSearchCurve space = RandomSearchCurve.withoutReplacement(new double[] {1, 2, 3});
    assertThrows(IllegalArgumentException.class, () -> PointComparison.of(space, 4, 1));
    assertThrows(IllegalArgumentException.class, () -> PointComparison.of(space, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> PointComparison.winsWithoutTies(0, 1));
  }
}
