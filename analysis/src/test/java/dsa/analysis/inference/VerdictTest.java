package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Verdict.Outcome;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The verdict is what people quote; one that says more than its numbers is worse than none. */
final class VerdictTest {

  private static final Interval HALF = new Interval(0.5, 0.48, 0.52);

  @Test
  void aClearDifferenceNamesTheBetterSpaceItsSizeAndItsCertainty() {
    Verdict verdict =
        Verdict.of(
            evidence(new Interval(0.016, 0.012, 0.02), new Interval(0.55, 0.53, 0.57), 0.0005));
    assertEquals(Outcome.A_BETTER, verdict.outcome());
    assertEquals(
        "resnet is better than resnext given params: its mean error is lower by 0.32 (0.24 to 0.4)"
            + " points (errors above 20 % counted as that), and a model of it has the lower error"
            + " with probability 0.55 (p = 0.0005).",
        verdict.text());
  }

  @Test
  void theSecondSpaceMayBeTheBetterOne() {
    Verdict verdict =
        Verdict.of(
            evidence(new Interval(-0.016, -0.02, -0.003), new Interval(0.45, 0.43, 0.47), 0.0005));
    assertEquals(Outcome.B_BETTER, verdict.outcome());
    assertTrue(verdict.text().startsWith("resnext is better than resnet"), verdict.text());
    assertTrue(verdict.text().contains("0.32 (0.06 to 0.4)"), verdict.text());
    assertTrue(verdict.text().contains("probability 0.55"), verdict.text());
    assertTrue(verdict.text().contains("may be below the 0.1 points"), verdict.text());
  }

  @Test
  void trapT20ALargePValueIsNotCalledEquality() {
    Verdict verdict = Verdict.of(evidence(new Interval(0.002, -0.02, 0.024), HALF, 0.6));
    assertEquals(Outcome.CANNOT_TELL, verdict.outcome());
    assertTrue(verdict.text().startsWith("The data cannot tell"), verdict.text());
    assertTrue(verdict.text().contains("does not show that the spaces are equal"), verdict.text());
    assertTrue(verdict.text().contains("between -0.48 and 0.4"), verdict.text());
  }

  @Test
  void trapT21ASignificantDifferenceTooSmallToMatterIsCalledNegligible() {
    Verdict verdict = Verdict.of(evidence(new Interval(0.002, 0.001, 0.003), HALF, 0.0005));
    assertEquals(Outcome.NEGLIGIBLE, verdict.outcome());
    assertTrue(verdict.text().startsWith("No difference that matters"), verdict.text());
    assertTrue(verdict.text().contains("0.04 (0.02 to 0.06)"), verdict.text());
    assertEquals(
        Outcome.A_BETTER,
        Verdict.of(evidence(new Interval(0.002, 0.001, 0.003), HALF, 0.0005), 0.01).outcome());
  }

  @Test
  void differentShapesWithoutADifferenceOnAverageAreMixedAndSayWhoLeadsWhere() {
    Verdict verdict = Verdict.of(evidence(new Interval(0.002, -0.02, 0.024), HALF, 0.001));
    assertEquals(Outcome.MIXED, verdict.outcome());
    assertTrue(
        verdict.text().contains("At 1 % error resnet has the larger share of models, by 0.5"),
        verdict.text());
    assertTrue(
        verdict.text().contains("At 3 % error resnext has the larger share of models, by 0.5"),
        verdict.text());
  }

  @Test
  void aMeanAndATypicalModelThatDisagreeAreMixed() {
    Verdict verdict =
        Verdict.of(evidence(new Interval(0.016, 0.012, 0.02), new Interval(0.4, 0.38, 0.42), 0.01));
    assertEquals(Outcome.MIXED, verdict.outcome());
  }

  @Test
  void anIntervalThatTheTestDoesNotConfirmTellsNothing() {
    Verdict verdict = Verdict.of(evidence(new Interval(0.016, 0.001, 0.03), HALF, 0.2));
    assertEquals(Outcome.CANNOT_TELL, verdict.outcome());
    assertTrue(verdict.text().contains("does not confirm"), verdict.text());
    assertTrue(verdict.text().contains("tell resnet and resnext apart given params"));
    assertTrue(verdict.text().contains("the mean error of resnet is lower by 0.32"));
  }

  @Test
  void fewEffectiveModelsGetNoVerdict() {
    Verdict.Evidence many =
        evidence(new Interval(0.016, 0.012, 0.02), new Interval(0.55, 0.53, 0.57), 0.0005);
    Verdict verdict =
        Verdict.of(
            new Verdict.Evidence(
                many.a(),
                many.b(),
                many.given(),
                20,
                0.95,
                many.areaDifference(),
                many.probabilityABetter(),
                many.goodTail(),
                many.pValue(),
                1,
                3000,
                29.9,
                many.dominance()));
    assertEquals(Outcome.CANNOT_TELL, verdict.outcome());
    assertEquals(
        "Too few models to tell "
            + many.a()
            + " and "
            + many.b()
            + " apart: resnext has an effective sample size of 29.9, and below 30 no verdict is"
            + " given.",
        verdict.text());
  }

  @Test
  void theWordsAreTheSameInEveryLocale() {
    Verdict.Evidence evidence =
        evidence(new Interval(0.016, 0.012, 0.02), new Interval(0.55, 0.53, 0.57), 0.0005);
    String expected = Verdict.of(evidence).text();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(expected, Verdict.of(evidence).text());
    } finally {
      Locale.setDefault(before);
    }
    assertFalse(expected.contains("E-"));
  }

  /** A search cares for the good models, and the better mean may be the worse tail. */
  @Test
  void aBetterMeanWithWorseGoodModelsIsNoVictory() {
    Verdict.Evidence mean =
        evidence(new Interval(.016, .013, .019), new Interval(.54, .53, .55), .0005);
    assertEquals(Outcome.A_BETTER, Verdict.of(mean).outcome());
    Verdict tail =
        Verdict.of(
            new Verdict.Evidence(
                mean.a(),
                mean.b(),
                mean.given(),
                mean.epsilon(),
                mean.level(),
                mean.areaDifference(),
                mean.probabilityABetter(),
                new Interval(.14, .05, .23),
                mean.pValue(),
                mean.pairs(),
                mean.effectiveSampleSizeA(),
                mean.effectiveSampleSizeB(),
                mean.dominance()));
    assertEquals(Outcome.MIXED, tail.outcome());
    assertTrue(tail.text().contains("good models of resnext"), tail.text());
    assertTrue(tail.text().contains("0.14 (0.05 to 0.23)"), tail.text());
  }

  @Test
  void aPValueThatNoPermutationReachedIsAnUpperBound() {
    Verdict verdict = Verdict.of(clear(Optional.empty(), false, true));
    assertEquals(Outcome.A_BETTER, verdict.outcome());
    assertTrue(verdict.text().endsWith("(p ≤ 0.0005)."), verdict.text());
  }

  @Test
  void spacesThatShareTooFewComplexitiesGetNoVerdict() {
    Verdict verdict = Verdict.of(clear(Optional.empty(), true, false));
    assertEquals(Outcome.CANNOT_TELL, verdict.outcome());
    assertEquals(
        "The data cannot tell resnet and resnext apart given params: they share too few values of"
            + " params to hold it fixed.",
        verdict.text());
  }

  @Test
  void aDifferenceByBinsIsOneGivenParamsOnlyIfItHoldsWithinThem() {
    Verdict holds = Verdict.of(clear(Optional.of(new Interval(.01, .005, .02)), false, false));
    assertTrue(holds.text().startsWith("resnet is better than resnext given params:"));
    for (Interval refined :
        new Interval[] {new Interval(.01, -.001, .02), new Interval(-.01, -.02, -.001)}) {
      Verdict fails = Verdict.of(clear(Optional.of(refined), false, false));
      assertTrue(
          fails
              .text()
              .startsWith(
                  "resnet is better than resnext by published weights, not at equal params:"),
          fails.text());
      assertFalse(fails.text().contains("given params"));
    }
  }

  private static Verdict.Evidence clear(
      Optional<Interval> refined, boolean coarsened, boolean atFloor) {
    Verdict.Evidence e =
        evidence(new Interval(0.016, 0.012, 0.02), new Interval(0.55, 0.53, 0.57), 0.0005);
    return new Verdict.Evidence(
        e.a(),
        e.b(),
        e.given(),
        e.epsilon(),
        e.level(),
        e.areaDifference(),
        e.probabilityABetter(),
        e.goodTail(),
        e.pValue(),
        e.pairs(),
        e.effectiveSampleSizeA(),
        e.effectiveSampleSizeB(),
        e.dominance(),
        new Verdict.Equalization(refined.isEmpty(), coarsened, refined, atFloor),
        e.metric());
  }

  private static Verdict.Evidence evidence(Interval area, Interval better, double p) {
    Dominance crossing = Dominance.of(Edf.of(new double[] {1, 6}), Edf.of(new double[] {3, 3}));
    boolean clear = !area.contains(0) && better.low() > 0.5;
    return new Verdict.Evidence(
        "resnet",
        "resnext",
        Optional.of("params"),
        20,
        0.95,
        area,
        better,
        new Interval(0, -0.1, 0.1),
        p,
        1,
        3000,
        2000,
        clear ? Dominance.of(Edf.of(new double[] {1}), Edf.of(new double[] {2})) : crossing);
  }
}
