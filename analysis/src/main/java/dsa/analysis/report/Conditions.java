package dsa.analysis.report;

import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.ComplexityBalance;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.core.complexity.ComplexityMeasure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** What numbers are conditional on: what is held fixed, over which models. */
public final class Conditions {

  /** A weight of one model that a reader should know of. */
  private static final double HEAVY = 0.02;

  private Conditions() {}

  /** The measure, the bins and their range in one line. */
  public static String line(Normalization.Result result) {
    if (result.given().isEmpty()) {
      return result.metric().axis() + ", every model with the same weight";
    }
    ComplexityMeasure measure = result.given().get();
    if (result.strata().isPresent()) {
      return strata(result, result.strata().get(), measure);
    }
    Bins bins = result.bins().orElseThrow();
    StringBuilder line =
        new StringBuilder(result.metric().axis())
            .append(" | ")
            .append(measure.label())
            .append(": ")
            .append(bins.count())
            .append(bins.count() == 1 ? " bin" : " bins")
            .append(" from ")
            .append(amount(bins.low(), measure))
            .append(" to ")
            .append(amount(bins.high(), measure));
    int dropped = result.dropped().size();
    if (result.requestedBins() > bins.count()) {
      line.append(" (")
          .append(result.requestedBins())
          .append(" asked for, some were empty: ")
          .append(result.emptyBins().label())
          .append(')');
    } else if (dropped > 0) {
      line.append(" (").append(dropped).append(" empty in some space, dropped in all)");
    }
    return line.toString();
  }

  private static String strata(
      Normalization.Result result, Strata strata, ComplexityMeasure measure) {
    List<NormalizedPopulation> populations = result.populations();
    if (populations.size() == 1) {
      return result.metric().axis() + " of one space, every model with the same weight";
    }
    ComplexityBalance balance = ComplexityBalance.of(populations);
    StringBuilder line =
        new StringBuilder(result.metric().axis())
            .append(" | ")
            .append(measure.label())
            .append(": ")
            .append(strata.count())
            .append(strata.count() == 1 ? " stratum" : " strata")
            .append(strata.coarsened() ? " (widened: few common values)" : "")
            .append(", the middle 90 % of the weight from ")
            .append(amount(balance.low(), measure))
            .append(" to ")
            .append(amount(balance.high(), measure))
            .append(", mean ln ")
            .append(measure.label())
            .append(" equal to ")
            .append(
                new BigDecimal(balance.logDifference())
                    .round(new MathContext(2, RoundingMode.UP))
                    .stripTrailingZeros()
                    .toPlainString());
    List<String> alone = new ArrayList<>();
    for (NormalizedPopulation p : populations) {
      if (p.withoutCounterpart() > 0) {
        alone.add(p.withoutCounterpart() + " of " + p.name());
      }
    }
    return line.append(alone.isEmpty() ? "" : "; without a counterpart ")
        .append(String.join(", ", alone))
        .toString();
  }

  private static String amount(double count, ComplexityMeasure measure) {
    return number(count / measure.unitSize()) + " " + measure.unit();
  }

  /** The ends of {@code range}, in units of the measure. */
  static String range(ComplexityMeasure measure, Normalization.Range range) {
    return number(range.low() / measure.unitSize()) + " to " + amount(range.high(), measure);
  }

  /** Two significant digits. */
  static String rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(2));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Five significant digits, the same in every locale. */
  static String number(double value) {
    return new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros().toPlainString();
  }

  /** What should make a reader careful, one sentence each. */
  static List<String> warnings(Normalization.Result result) {
    List<String> warnings = new ArrayList<>();
    for (NormalizedPopulation models : result.populations()) {
      if (result.given().isPresent() && models.largestWeight() > HEAVY) {
        warnings.add(
            "one model of "
                + models.name()
                + " carries "
                + new BigDecimal(100 * models.largestWeight())
                    .setScale(1, RoundingMode.HALF_EVEN)
                    .toPlainString()
                + " % of the weight"
                + (result.strata().isPresent() ? "." : "; use fewer bins or another range."));
      }
      warnings.addAll(leftOut(result, models));
    }
    return warnings;
  }

  /** The warnings that hold whatever the weights. */
  static List<String> leftOut(Normalization.Result result, NormalizedPopulation models) {
    if (models.uncosted() == 0) {
      return List.of();
    }
    boolean one = models.uncosted() == 1;
    return List.of(
        models.uncosted()
            + (one ? " model of " : " models of ")
            + models.name()
            + (one ? " was left out because its " : " were left out because their ")
            + result.given().map(ComplexityMeasure::label).orElse("complexity")
            + " is not recorded.");
  }
}
