package dsa.analysis.planning;

import static dsa.analysis.testing.References.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.testing.References;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** A study that measured its reference against itself would call any sample size enough. */
final class SampleSizeStudyTest {

  @Test
  void theReferenceOverlapsItsSamplesSoTheDistanceVanishesAtFullSize() {
    double[] errors = SeedPath.root(1).generator().doubles(1024).toArray();
    List<SampleSizeStudy.Point> points = SampleSizeStudy.of(errors, 1024, 50, SeedPath.root(2));
    SampleSizeStudy.Point last = points.get(points.size() - 1);
    assertEquals(1024, last.size());
    assertEquals(0, last.meanDistance(), 1e-12);
    assertTrue(last.expectedDistance() > .03, "what independent samples would have");
    // F_all - F_part = (1 - k/N) (F_rest - F_part), and the rest is independent given the whole.
    for (SampleSizeStudy.Point point : points.subList(3, points.size() - 1)) {
      int k = point.size();
      double overlapping = (1 - k / 1024.0) * SampleSizeStudy.expectedDistance(k, 1024 - k);
      assertEquals(
          overlapping,
          point.meanDistance(),
          4 * point.standardDeviation() / Math.sqrt(50) + .03 * overlapping,
          "k = " + k);
    }
  }

  @Test
  void aSampleOfAHundredIsATenthOffAndOfAThousandHardly() {
    assertEquals(.75, SampleSizeStudy.expectedDistance(1, 16384));
    assertEquals(.26, SampleSizeStudy.expectedDistance(10, 16384), .005);
    assertEquals(.086, SampleSizeStudy.expectedDistance(100, 16384), .0005);
    assertEquals(.028, SampleSizeStudy.expectedDistance(1000, 16384), .0005);
  }

  @Test
  void measuredDistancesOfIndependentSamplesFollowTheApproximation() {
    double[] errors = SeedPath.root(1).generator().doubles(60_000).toArray();
    for (SampleSizeStudy.Point point :
        SampleSizeStudy.of(errors, 4096, 50, SeedPath.root(3)).subList(0, 10)) {
      assertEquals(
          point.expectedDistance(),
          point.meanDistance(),
          4 * point.standardDeviation() / Math.sqrt(50) + .03 * point.expectedDistance(),
          "k = " + point.size());
    }
  }

  @Test
  void theResNetCurveFallsAsInThePaper() {
    double[] errors = column(References.RESNET, "mean_min_test_top1_error");
    List<SampleSizeStudy.Point> points = SampleSizeStudy.of(errors, 5000, 50, SeedPath.root(1));
    assertEquals(13, points.size()); // 1, 2, ..., 4096
    for (int i = 1; i < points.size(); i++) {
      assertTrue(points.get(i).meanDistance() < points.get(i - 1).meanDistance());
    }
    assertTrue(points.get(6).meanDistance() > .09, "about 0.1 at n = 100: above it at 64");
    assertTrue(points.get(7).meanDistance() < .09, "and below it at 128");
    assertTrue(points.get(10).meanDistance() < .03, "flat after 1000");
  }

  @Test
  void theSameSeedGivesTheSameCurveAndAnotherSeedAnother() {
    double[] errors = SeedPath.root(1).generator().doubles(300).toArray();
    List<SampleSizeStudy.Point> once = SampleSizeStudy.of(errors, 200, 5, SeedPath.root(1));
    assertEquals(once, SampleSizeStudy.of(errors, 200, 5, SeedPath.root(1)));
    assertTrue(!once.equals(SampleSizeStudy.of(errors, 200, 5, SeedPath.root(2))));
    assertEquals(128, once.get(once.size() - 1).size());
  }

  @Test
  void drawsAreWithoutReplacement() {
    double[] values = {1, 2, 3, 4, 5};
    double[] drawn = SampleSizeStudy.draw(values, 5, SeedPath.root(9).generator());
    Arrays.sort(drawn);
    assertEquals(List.of(1., 2., 3., 4., 5.), Arrays.stream(drawn).boxed().toList());
    assertEquals(List.of(1., 2., 3., 4., 5.), Arrays.stream(values).boxed().toList());
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    double[] errors = SeedPath.root(1).generator().doubles(300).toArray();
    assertEquals(study(errors, 1), study(errors, 8));
  }

  private static List<SampleSizeStudy.Point> study(double[] errors, int threads) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> SampleSizeStudy.of(errors, 200, 20, SeedPath.root(1))).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void nonsenseIsRefused() {
    double[] errors = {1, 2, 3};
    SeedPath seed = SeedPath.root(1);
    assertThrows(IllegalArgumentException.class, () -> SampleSizeStudy.of(errors, 4, 50, seed));
    assertThrows(IllegalArgumentException.class, () -> SampleSizeStudy.of(errors, 0, 50, seed));
    assertThrows(IllegalArgumentException.class, () -> SampleSizeStudy.of(errors, 3, 0, seed));
    assertThrows(IllegalArgumentException.class, () -> SampleSizeStudy.expectedDistance(0, 3));
  }
}
