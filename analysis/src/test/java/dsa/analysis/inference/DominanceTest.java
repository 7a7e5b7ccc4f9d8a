package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Dominance.Leader;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A mean difference hides that the curves cross; a wrong crossing hides who is better where. */
final class DominanceTest {

  @Test
  void aSpaceShiftedToSmallerErrorsDominatesInEveryOrder() {
    Dominance d = Dominance.of(Edf.of(new double[] {1, 2, 4}), Edf.of(new double[] {2, 3, 5}));
    assertEquals(Leader.A, d.firstOrder());
    assertEquals(Leader.A, d.secondOrder());
    assertEquals(List.of(), d.crossings());
    assertEquals(OptionalDouble.of(0), d.violationOfA());
    assertEquals(0, d.distances().minus());
  }

  @Test
  void curvesThatCrossAreReportedWhereTheyCross() {
    // F_A leads from 1, F_B from 3, nobody from 6.
    Edf a = Edf.of(new double[] {1, 6});
    Edf b = Edf.of(new double[] {3, 3});
    Dominance d = Dominance.of(a, b);
    assertEquals(List.of(3.0), d.crossings());
    assertEquals(Leader.NEITHER, d.firstOrder());
    // A gains ½·2 before 3 and loses ½·3 after.
    assertEquals(Leader.NEITHER, d.secondOrder());
    // quantiles: 1 against 3 and 6 against 3, so 9 / (4 + 9) speak against A
    assertEquals(9.0 / 13, d.violationOfA().orElseThrow(), 1e-15);
    assertEquals(4.0 / 13, Dominance.of(b, a).violationOfA().orElseThrow(), 1e-15);
  }

  @Test
  void aSpaceMayDominateInTheSecondOrderOnly() {
    Dominance d = Dominance.of(Edf.of(new double[] {1, 5}), Edf.of(new double[] {3, 4}));
    assertEquals(Leader.NEITHER, d.firstOrder());
    assertEquals(Leader.A, d.secondOrder());
    assertTrue(d.violationOfA().orElseThrow() < 0.5);
  }

  @Test
  void equalSpacesDominateEachOtherAndTouchingIsNoCrossing() {
    Edf edf = Edf.of(new double[] {1, 2, 2});
    Dominance same = Dominance.of(edf, edf);
    assertEquals(Leader.BOTH, same.firstOrder());
    assertEquals(Leader.BOTH, same.secondOrder());
    assertEquals(OptionalDouble.empty(), same.violationOfA());
    Dominance touching =
        Dominance.of(Edf.of(new double[] {1, 3, 4}), Edf.of(new double[] {2, 3, 5}));
    assertEquals(List.of(), touching.crossings());
    assertEquals(Leader.A, touching.firstOrder());
  }
}
