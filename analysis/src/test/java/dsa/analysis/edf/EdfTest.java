package dsa.analysis.edf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every number of a comparison is read off an EDF. A weighted one that is divided by the number of
 * models, or counts a tie twice, looks right until weights are unequal or errors repeat.
 */
final class EdfTest {

  @Test
  void integerWeightsActLikeRepeatedErrors() {
    Edf weighted = Edf.of(new double[] {5, 3, 4}, new double[] {1, 3, 2});
    Edf repeated = Edf.of(new double[] {3, 3, 3, 4, 4, 5});
    assertArrayEquals(repeated.values(), weighted.values());
    assertArrayEquals(repeated.cumulative(), weighted.cumulative(), 1e-15);
    assertEquals(repeated.mean(), weighted.mean(), 1e-15);
    assertEquals(repeated.area(10), weighted.area(10), 1e-15);
    assertEquals(36 / 14.0, weighted.effectiveSampleSize(), 1e-15);
    assertEquals(6, repeated.effectiveSampleSize());
  }

  @Test
  void onlyTheRatiosOfWeightsMatter() {
    double[] errors = {7, 5, 6, 5};
    Edf small = Edf.of(errors, new double[] {1, 2, 3, 4});
    Edf large = Edf.of(errors, new double[] {1024, 2048, 3072, 4096});
    assertArrayEquals(small.cumulative(), large.cumulative());
    assertEquals(small.mean(), large.mean());
    assertEquals(small.effectiveSampleSize(), large.effectiveSampleSize());
  }

  /** The sum of twelve twelfths passes one half at 0.49999999999999994. */
  @Test
  void equalWeightsCountModelsExactly() {
    for (int n : new int[] {12, 20, 40, 42, 48, 50, 97}) {
      int half = n / 2;
      double[] errors = IntStream.range(0, n).mapToDouble(i -> i < half ? 5 : 50).toArray();
      double[] weights = new double[n];
      Arrays.fill(weights, 1.0 / n);
      Edf edf = Edf.of(errors, weights);
      assertEquals((double) half / n, edf.at(5), "n=" + n);
      assertEquals(n % 2 == 0 ? 5 : 50, edf.quantile(0.5), "n=" + n);
      assertEquals(n, edf.effectiveSampleSize());
    }
  }

  /** The better half of the weight is in one bin of m models, the rest in one of m + 1. */
  @Test
  void aQuantileIsNotMissedByTheRoundingOfWeights() {
    for (int m = 1; m < 200; m++) {
      double[] errors = new double[2 * m + 1];
      double[] weights = new double[2 * m + 1];
      for (int i = 0; i < weights.length; i++) {
        errors[i] = i < m ? 5 : 6 + i;
        weights[i] = i < m ? 1.0 / (2.0 * m) : 1.0 / (2.0 * (m + 1));
      }
      assertEquals(5, Edf.of(errors, weights).quantile(0.5), "m=" + m);
    }
  }

  @Test
  void stepsIncludeTheirErrorAndBelowExcludesIt() {
    Edf edf = Edf.of(new double[] {6, 5, 6, 9});
    assertEquals(0, edf.at(Math.nextDown(5)));
    assertEquals(0.25, edf.at(5));
    assertEquals(0, edf.below(5));
    assertEquals(0.25, edf.below(6));
    assertEquals(0.75, edf.at(6));
    assertEquals(0.75, edf.at(8.99));
    assertEquals(0.75, edf.below(9));
    assertEquals(1, edf.at(9));
    assertEquals(1, edf.below(Math.nextUp(9)));
  }

  @Test
  void aQuantileIsTheSmallestErrorThatReachesIt() {
    Edf edf = Edf.of(new double[] {1, 2, 3, 4});
    assertEquals(1, edf.quantile(0));
    assertEquals(1, edf.quantile(0.25));
    assertEquals(2, edf.quantile(0.2501));
    assertEquals(2, edf.quantile(0.5));
    assertEquals(4, edf.quantile(0.76));
    assertEquals(4, edf.quantile(1));
    Edf unseen = Edf.of(new double[] {1, 2, 3}, new double[] {0, 1, 1});
    assertEquals(2, unseen.quantile(0), "an error without weight is none");
  }

  @Test
  void theAreaIsTheIntegralOfTheEdf() {
    RandomGenerator random = SeedPath.root(1).child("edf").generator();
    double[] errors = random.doubles(50, 0, 30).toArray();
    double[] weights = random.doubles(50).toArray();
    Edf edf = Edf.of(errors, weights);
    for (double epsilon : new double[] {0.5, 12, 30, 100}) {
      double integral = 0;
      double before = 0;
      for (double value : edf.values()) {
        double to = Math.min(epsilon, value);
        integral += (to - before) * edf.at(before);
        before = to;
      }
      integral += (epsilon - before) * edf.at(before);
      assertEquals(integral / epsilon, edf.area(epsilon), 1e-13);
    }
  }

  @Test
  void theOrderOfErrorsIsNoMatterAndArgumentsAreLeftAlone() {
    double[] errors = {9, 3, 7, 3, 5};
    double[] weights = {1, 2, 3, 4, 5};
    Edf edf = Edf.of(errors, weights);
    assertArrayEquals(new double[] {9, 3, 7, 3, 5}, errors);
    Edf turned = Edf.of(new double[] {5, 3, 7, 3, 9}, new double[] {5, 4, 3, 2, 1});
    assertArrayEquals(edf.values(), turned.values());
    assertArrayEquals(edf.cumulative(), turned.cumulative(), 1e-15);
    edf.values()[0] = -1;
    edf.cumulative()[0] = -1;
    assertEquals(3, edf.min());
    assertEquals(0.4, edf.at(3), 1e-15);
  }

  @Test
  void theLastStepIsExactlyOne() {
    RandomGenerator random = SeedPath.root(2).child("edf").generator();
    for (int n = 1; n < 60; n++) {
      double[] cumulative =
          Edf.of(random.doubles(n).toArray(), random.doubles(n).toArray()).cumulative();
      assertEquals(1, cumulative[n - 1]);
      assertTrue(IntStream.range(1, n).allMatch(i -> cumulative[i] >= cumulative[i - 1]));
    }
  }

  @Test
  void whatHasNoDistributionIsRefused() {
    List<Runnable> attempts =
        List.of(
            () -> Edf.of(new double[0]),
            () -> Edf.of(new double[0], new double[0]),
            () -> Edf.of(new double[] {1, Double.NaN}),
            () -> Edf.of(new double[] {Double.NEGATIVE_INFINITY}),
            () -> Edf.of(new double[] {1}, new double[] {1, 2}),
            () -> Edf.of(new double[] {1}, new double[] {0}),
            () -> Edf.of(new double[] {1, 2}, new double[] {-1, 2}),
            () -> Edf.of(new double[] {1}, new double[] {Double.NaN}),
            () -> Edf.of(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}),
            () -> Edf.of(new double[] {1}).quantile(1.01),
            () -> Edf.of(new double[] {1}).quantile(Double.NaN),
            () -> Edf.of(new double[] {1}).area(0));
    for (int i = 0; i < attempts.size(); i++) {
      assertThrows(IllegalArgumentException.class, attempts.get(i)::run, "attempt " + i);
    }
  }
}
