package dsa.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.Complexity;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A sweep that says an hour and takes a day is planned around. */
final class TimeLeftTest {

  private static Complexity cost(long macs, long activations) {
    return new Complexity(1, macs, macs, activations);
  }

  @Test
  void nothingIsKnownBeforeTheFirstRun() {
    assertEquals(OptionalDouble.empty(), new TimeLeft().seconds(cost(1000, 10)));
  }

  @Test
  void oneRunScalesWithCost() {
    TimeLeft left = new TimeLeft();
    left.add(cost(10_000_000, 100_000), 30);
    assertEquals(60, left.seconds(cost(20_000_000, 200_000)).orElseThrow(), 1e-9);
  }

  @Test
  void manyRunsTellMultiplyAddsAndActivationsApart() {
    TimeLeft left = new TimeLeft();
    for (int i = 0; i < 12; i++) {
      long macs = 5_000_000 + 1_000_000L * i;
      long activations = 100_000 + 37_000L * (i * 5 % 12);
      left.add(cost(macs, activations), 1e-6 * macs + 2e-4 * activations);
    }
    assertEquals(
        1e-6 * 30_000_000 + 2e-4 * 400_000,
        left.seconds(cost(30_000_000, 400_000)).orElseThrow(),
        1e-6);
  }

  @Test
  void noEstimateIsNegative() {
    TimeLeft left = new TimeLeft();
    for (int i = 0; i < 12; i++) {
      left.add(cost(20_000_000 - 1_000_000L * i, 100_000 + 10_000L * i), 10 + i);
    }
    assertTrue(left.seconds(cost(100_000_000, 1000)).orElseThrow() > 0);
    assertTrue(left.seconds(cost(1000, 1_000_000)).orElseThrow() > 0);
  }
}
