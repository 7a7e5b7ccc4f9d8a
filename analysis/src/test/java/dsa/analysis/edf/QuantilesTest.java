package dsa.analysis.edf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/**
 * A quantile read off a line between two errors is an error no model has; a report that mixes both
 * kinds disagrees with itself in the second digit.
 */
final class QuantilesTest {

  @Test
  void interpolatedAndStepQuantilesDifferAndEachIsItsOwnKind() {
    double[] errors = {4, 1, 2, 3};
    assertEquals(2.5, Quantiles.of(errors).median());
    assertEquals(2, Edf.of(errors).quantile(0.5)); // F(2) = 1/2 already
    assertEquals(1.75, Quantiles.of(errors).at(0.25));
    assertEquals(1, Edf.of(errors).quantile(0.25));
    assertEquals(3, Edf.of(errors).quantile(0.51));
  }

  @Test
  void aStepQuantileIsTheLeastErrorWhoseFReachesP() {
    double[] errors = {7, 7, 5, 9, 6, 6, 6};
    Edf edf = Edf.of(errors, new double[] {1, 2, 3, 4, 5, 6, 7});
    for (int percent = 1; percent < 100; percent++) {
      double p = percent / 100.0;
      double q = edf.quantile(p);
      assertEquals(true, edf.at(q) >= p && edf.below(q) < p, "p = " + p);
    }
  }

  @Test
  void endsAreTheExtremes() {
    assertEquals(1, Quantiles.of(new double[] {3, 1, 2}).at(0));
    assertEquals(3, Quantiles.of(new double[] {3, 1, 2}).at(1));
    assertEquals(5, Quantiles.of(new double[] {5}).at(0.3));
  }

  @Test
  void argumentsAreNotReordered() {
    double[] values = {3, 1, 2};
    Quantiles.of(values);
    assertArrayEquals(new double[] {3, 1, 2}, values);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Quantiles.of(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> Quantiles.of(new double[] {1, Double.NaN}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Quantiles.of(new double[] {Double.NEGATIVE_INFINITY, 1}));
    Quantiles quantiles = Quantiles.of(new double[] {1});
    assertThrows(IllegalArgumentException.class, () -> quantiles.at(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> quantiles.at(1.1));
  }
}
