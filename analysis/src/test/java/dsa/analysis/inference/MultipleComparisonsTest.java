package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** With ten spaces there are 45 pairs; unadjusted, two are significant by chance. */
final class MultipleComparisonsTest {

  // R 4: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.8), method)
  private static final double[] P = {0.01, 0.04, 0.03, 0.005, 0.8};

  @Test
  void holmMultipliesStepByStep() {
    assertArrayEquals(
        new double[] {0.04, 0.09, 0.09, 0.025, 0.8}, MultipleComparisons.holm(P), 1e-15);
  }

  @Test
  void benjaminiAndHochbergStepUp() {
    assertArrayEquals(
        new double[] {0.025, 0.05, 0.05, 0.025, 0.8},
        MultipleComparisons.benjaminiHochberg(P),
        1e-15);
  }

  @Test
  void oneTestIsNotAdjustedAndNothingExceedsOne() {
    assertArrayEquals(new double[] {0.3}, MultipleComparisons.holm(new double[] {0.3}));
    assertArrayEquals(
        new double[] {1, 1, 1}, MultipleComparisons.holm(new double[] {0.9, 0.8, 0.5}));
    assertArrayEquals(new double[0], MultipleComparisons.benjaminiHochberg(new double[0]));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MultipleComparisons.holm(new double[] {0.5, Double.NaN}));
  }
}
