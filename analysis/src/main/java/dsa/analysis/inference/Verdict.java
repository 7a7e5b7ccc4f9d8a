package dsa.analysis.inference;

import dsa.core.run.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/**
 * What a comparison comes to, in words that follow from its numbers alone. Differences are stated
 * as mean error with errors above epsilon counted as epsilon: the area difference times epsilon, in
 * percentage points.
 *
 * @param outcome the answer in one word
 * @param text the answer in one to three sentences
 */
public record Verdict(Outcome outcome, String text) {

  /**
   * A difference of mean errors below this, in percentage points, matters to nobody unless said
   * otherwise.
   */
  public static final double DEFAULT_SMALLEST_DIFFERENCE = 0.1;

  /** With fewer effective models than this in a population no verdict is given. */
  static final int FEWEST_MODELS = 30;

  /** A lead in F that is worth mentioning. */
  private static final double NOTABLE_LEAD = 0.02;

  /** The possible answers. */
  public enum Outcome {
    /** The first space has the lower errors. */
    A_BETTER,
    /** The second space has the lower errors. */
    B_BETTER,
    /** The spaces differ by less than the smallest difference of interest, if they differ. */
    NEGLIGIBLE,
    /** The EDFs differ, but neither space is better throughout. */
    MIXED,
    /** The data do not say. That is no evidence of equality. */
    CANNOT_TELL;

    /** The lower-case name used in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The numbers a verdict rests on.
   *
   * @param a name of the first population
   * @param b name of the second
   * @param given the complexity measure held fixed, if one was
   * @param epsilon where areas end, percent
   * @param level of the intervals, in (0, 1); p-values are held against 1 − level
   * @param areaDifference A minus B
   * @param probabilityABetter ties counted half; of models of equal complexity where there are
   *     strata
   * @param goodTail the 5 % quantile of A minus that of B, percentage points; negative if the good
   *     models of A are better
   * @param pValue of the permutation test, adjusted for the number of pairs
   * @param pairs how many pairs the p-value was adjusted for, at least 1
   * @param effectiveSampleSizeA of the weighted models of A
   * @param effectiveSampleSizeB of the weighted models of B
   * @param dominance of the normalized EDFs
   * @param complexity how complexity was held fixed, and whether that worked
   * @param metric what the errors are; percent and points above are in its unit
   */
  public record Evidence(
      String a,
      String b,
      Optional<String> given,
      double epsilon,
      double level,
      Interval areaDifference,
      Interval probabilityABetter,
      Interval goodTail,
      double pValue,
      int pairs,
      double effectiveSampleSizeA,
      double effectiveSampleSizeB,
      Dominance dominance,
      Equalization complexity,
      Metric metric) {

    /** Evidence of test errors by bins, with a p-value above the smallest possible one. */
    public Evidence(
        String a,
        String b,
        Optional<String> given,
        double epsilon,
        double level,
        Interval areaDifference,
        Interval probabilityABetter,
        Interval goodTail,
        double pValue,
        int pairs,
        double effectiveSampleSizeA,
        double effectiveSampleSizeB,
        Dominance dominance) {
      this(
          a,
          b,
          given,
          epsilon,
          level,
          areaDifference,
          probabilityABetter,
          goodTail,
          pValue,
          pairs,
          effectiveSampleSizeA,
          effectiveSampleSizeB,
          dominance,
          new Equalization(false, false, Optional.empty(), false),
          Metric.TEST_ERROR);
    }
  }

  /**
   * How complexity was held fixed.
   *
   * @param inStrata whether strata carry the weights, so that P is one of equal complexity
   * @param coarsened whether the strata had to be widened for lack of common complexities
   * @param refined the area difference by strata inside bins, where bins carry the weights: what a
   *     difference is at equal complexity
   * @param pAtFloor whether no permutation was as extreme as the data
   */
  public record Equalization(
      boolean inStrata, boolean coarsened, Optional<Interval> refined, boolean pAtFloor) {}

  /** The verdict with {@link #DEFAULT_SMALLEST_DIFFERENCE}. */
  public static Verdict of(Evidence evidence) {
    return of(evidence, DEFAULT_SMALLEST_DIFFERENCE);
  }

  /**
   * The verdict on {@code evidence}.
   *
   * @param smallestDifference of mean errors that matters, percentage points, at least 0
   */
  public static Verdict of(Evidence evidence, double smallestDifference) {
    if (!(smallestDifference >= 0)) {
      throw new IllegalArgumentException("smallest difference " + smallestDifference + " < 0");
    }
    return new Writer(evidence, smallestDifference).verdict();
  }

  /** Finds the words; {@code points} is the mean error of B minus that of A. */
  private record Writer(Evidence e, double smallest, Interval points) {

    Writer(Evidence e, double smallest) {
      this(
          e,
          smallest,
          new Interval(
              e.areaDifference.value() * e.epsilon,
              e.areaDifference.low() * e.epsilon,
              e.areaDifference.high() * e.epsilon));
    }

    Verdict verdict() {
      double fewest = Math.min(e.effectiveSampleSizeA, e.effectiveSampleSizeB);
      if (fewest < FEWEST_MODELS) {
        return new Verdict(
            Outcome.CANNOT_TELL,
            "Too few models to tell "
                + e.a
                + " and "
                + e.b
                + " apart: "
                + (e.effectiveSampleSizeA <= e.effectiveSampleSizeB ? e.a : e.b)
                + " has an effective sample size of "
                + String.format(Locale.ROOT, "%.1f", Math.floor(10 * fewest) / 10)
                + ", and below "
                + FEWEST_MODELS
                + " no verdict is given.");
      }
      if (e.complexity.coarsened) {
        return new Verdict(
            Outcome.CANNOT_TELL,
            "The data cannot tell "
                + e.a
                + " and "
                + e.b
                + " apart"
                + condition()
                + ": they share too few values of "
                + e.given.orElse("complexity")
                + " to hold it fixed.");
      }
      boolean tested = e.pValue <= 1 - e.level;
      boolean small = points.low() > -smallest && points.high() < smallest;
      if (small) {
        return new Verdict(
            Outcome.NEGLIGIBLE,
            "No difference that matters"
                + condition()
                + ": the mean "
                + e.metric.plural()
                + " of "
                + e.a
                + " and "
                + e.b
                + " differ by "
                + range()
                + unit()
                + clipped()
                + ", less than the "
                + plain(smallest)
                + " that would matter. "
                + (tested
                    ? "The EDFs are not the same ("
                        + p()
                        + "), as with enough models they never are."
                    : "The EDFs may still differ in shape (" + p() + ")."));
      }
      if (points.contains(0)) {
        return tested ? mixed() : cannotTell();
      }
      if (!tested) {
        return new Verdict(
            Outcome.CANNOT_TELL,
            "The data cannot tell "
                + e.a
                + " and "
                + e.b
                + " apart"
                + condition()
                + ": the mean "
                + e.metric.axis()
                + " of "
                + (points.value() > 0 ? e.a : e.b)
                + " is lower by "
                + range()
                + unit()
                + clipped()
                + ", but the permutation test does not confirm it ("
                + p()
                + ").");
      }
      boolean aWins = points.value() > 0;
      Interval better = e.probabilityABetter;
      if (aWins ? better.high() < 0.5 : better.low() > 0.5) {
        return mixed();
      }
      if (aWins ? e.goodTail.low() > 0 : e.goodTail.high() < 0) {
        return goodModelsElsewhere(aWins ? e.a : e.b, aWins ? e.b : e.a);
      }
      return new Verdict(
          aWins ? Outcome.A_BETTER : Outcome.B_BETTER,
          (aWins ? e.a : e.b)
              + " is better than "
              + (aWins ? e.b : e.a)
              + (confirmed(aWins) ? condition() : byWeightsOnly())
              + ": its mean "
              + e.metric.axis()
              + " is lower by "
              + range()
              + unit()
              + clipped()
              + ", and a model of it has the lower "
              + e.metric.axis()
              + equally()
              + " with probability "
              + plain(aWins ? better.value() : 1 - better.value())
              + " ("
              + p()
              + ")."
              + (Math.min(Math.abs(points.low()), Math.abs(points.high())) < smallest
                  ? " The difference may be below the " + plain(smallest) + unit() + " that matter."
                  : "")
              + lead(aWins ? e.b : e.a, aWins ? minus() : plus(), aWins ? minusAt() : plusAt()));
    }

    /** Whether the difference by bins is also one at equal complexity. */
    private boolean confirmed(boolean aWins) {
      return e.complexity.refined.map(r -> aWins ? r.low() > 0 : r.high() < 0).orElse(true);
    }

    private String byWeightsOnly() {
      return " by published weights, not at equal " + e.given.orElse("complexity");
    }

    /** Which models are compared with each other. */
    private String equally() {
      return e.complexity.inStrata ? e.given.map(c -> " at equal " + c).orElse("") : "";
    }

    private Verdict cannotTell() {
      return new Verdict(
          Outcome.CANNOT_TELL,
          "The data cannot tell"
              + condition()
              + ": the mean "
              + e.metric.axis()
              + " of "
              + e.a
              + " minus that of "
              + e.b
              + " lies between "
              + plain(-points.high())
              + " and "
              + plain(-points.low())
              + unit()
              + clipped()
              + ". That "
              + p()
              + " does not show that the spaces are equal.");
    }

    /** One space is better on average, the other where a search would look. */
    private Verdict goodModelsElsewhere(String winner, String other) {
      Interval tail = e.goodTail;
      boolean turn = tail.value() < 0;
      return new Verdict(
          Outcome.MIXED,
          "Neither space is better throughout"
              + condition()
              + ": the mean "
              + e.metric.axis()
              + " of "
              + winner
              + " is lower by "
              + range()
              + unit()
              + clipped()
              + ", but the good models of "
              + other
              + " are better: the "
              + e.metric.axis()
              + " that its best 5 % stay below is lower by "
              + plain(Math.abs(tail.value()))
              + " ("
              + plain(turn ? -tail.high() : tail.low())
              + " to "
              + plain(turn ? -tail.low() : tail.high())
              + ")"
              + unit()
              + " ("
              + p()
              + ").");
    }

    private String clipped() {
      return " (" + e.metric.plural() + " above " + amount(e.epsilon) + " counted as that)";
    }

    private Verdict mixed() {
      return new Verdict(
          Outcome.MIXED,
          "Neither space is better throughout"
              + condition()
              + ", though their EDFs differ ("
              + p()
              + "): the mean "
              + e.metric.axis()
              + " of "
              + e.a
              + " minus that of "
              + e.b
              + " lies between "
              + plain(-points.high())
              + " and "
              + plain(-points.low())
              + unit()
              + clipped()
              + ", and a model of "
              + e.a
              + " has the lower "
              + e.metric.axis()
              + equally()
              + " with probability "
              + plain(e.probabilityABetter.value())
              + "."
              + lead(e.a, plus(), plusAt())
              + lead(e.b, minus(), minusAt()));
    }

    private String lead(String name, double distance, double at) {
      return distance < NOTABLE_LEAD || e.dominance.crossings().isEmpty()
          ? ""
          : " At "
              + amount(at)
              + " "
              + e.metric.axis()
              + " "
              + name
              + " has the larger share of models, by "
              + plain(distance)
              + ".";
    }

    private double plus() {
      return e.dominance.distances().plus();
    }

    private double plusAt() {
      return e.dominance.distances().plusAt();
    }

    private double minus() {
      return e.dominance.distances().minus();
    }

    private double minusAt() {
      return e.dominance.distances().minusAt();
    }

    /** A value with its unit. */
    private String amount(double value) {
      return plain(value) + " " + e.metric.unit();
    }

    /** The unit of differences. */
    private String unit() {
      return " " + e.metric.differenceUnit();
    }

    private String condition() {
      return e.given.map(measure -> " given " + measure).orElse("");
    }

    /** The size of the difference with its interval, seen from the population that is ahead. */
    private String range() {
      boolean turn = points.value() < 0;
      return plain(Math.abs(points.value()))
          + " ("
          + plain(turn ? -points.high() : points.low())
          + " to "
          + plain(turn ? -points.low() : points.high())
          + ")";
    }

    private String p() {
      return (e.complexity.pAtFloor ? "p ≤ " : "p = ")
          + plain(e.pValue)
          + (e.pairs > 1 ? " over " + e.pairs + " pairs" : "");
    }

    /** Three significant digits, the same in every locale. */
    private static String plain(double number) {
      BigDecimal rounded = new BigDecimal(number).round(new MathContext(3));
      return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
  }
}
