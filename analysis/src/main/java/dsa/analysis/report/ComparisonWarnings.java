package dsa.analysis.report;

import dsa.analysis.inference.Composition;
import dsa.analysis.inference.Interval;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.weighting.ComplexityBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What should make the reader of a comparison careful. */
final class ComparisonWarnings {

  /** With more pairs the text would drown in them; the JSON has all. */
  private static final int MOST_COMPOSITIONS = 6;

  /** Of mean logarithms of complexity; more is said. */
  private static final double LARGEST_IMBALANCE = 0.05;

  private ComparisonWarnings() {}

  static List<String> of(ComparisonReport report) {
    List<String> warnings = new ArrayList<>();
    differ(report, p -> p.origin().error().label())
        .ifPresent(
            kinds ->
                warnings.add(
                    "not all errors are of the same kind ("
                        + kinds
                        + "); a smallest over epochs is below a last one by construction, more so"
                        + " the more epochs."));
    differ(report, p -> p.origin().recipe().orElse("unstated"))
        .ifPresent(
            recipes ->
                warnings.add(
                    "the models were trained by different recipes ("
                        + recipes
                        + "), whose effect on errors can exceed that of the spaces."));
    differ(report, p -> Conditions.number(p.runsPerModel()))
        .ifPresent(
            runs ->
                warnings.add(
                    "errors are means of different numbers of runs a model ("
                        + runs
                        + "); averaging narrows an EDF, so single runs look luckier in a search."));
    if (report.populations().size() > 2) {
      several(report, warnings);
    }
    double reachable = (double) report.pairs().size() / (1 + report.settings().permutations());
    if (reachable > 1 - report.settings().level()) {
      warnings.add(
          "with "
              + report.pairs().size()
              + " pairs and "
              + report.settings().permutations()
              + " permutations no p-value can fall below "
              + Conditions.number(reachable)
              + "; raise the number of permutations.");
    }
    if (report.populations().stream()
        .flatMap(p -> p.search().stream())
        .anyMatch(point -> point.support() != RandomSearchCurve.Support.AMPLE)) {
      warnings.add(
          "? and - mark searches of more than a tenth, or all, of the effective sample size: what"
              + " they find hangs on a few lucky models.");
    }
    for (PopulationFindings p : report.populations()) {
      int empty = p.estimates().resamplesWithEmptyBin();
      if (empty * 20 > report.settings().resamples()) {
        warnings.add(
            "a bin of "
                + p.name()
                + " was empty in "
                + empty
                + " of "
                + report.settings().resamples()
                + " resamples, which makes its intervals rough; use fewer bins.");
      }
    }
    warnings.addAll(Conditions.warnings(report.normalization()));
    if (report.pairs().size() <= MOST_COMPOSITIONS) {
      for (PairFindings pair : report.pairs()) {
        pair.composition().ifPresent(c -> warnings.add(composition(report, pair, c)));
      }
    }
    return warnings;
  }

  /** What holds of several populations at once. */
  private static void several(ComparisonReport report, List<String> warnings) {
    Optional<Integer> reference = report.ranking().reference();
    if (reference.isPresent() && report.settings().reference().isEmpty()) {
      warnings.add(
          "all were compared with "
              + report.populations().get(reference.get()).name()
              + " only, which was chosen as the best by the same data: those worse than it may seem"
              + " so by a little more than they are.");
    }
    if (report.normalization().strata().isPresent()) {
      double unequal =
          ComplexityBalance.of(
                  report.populations().stream().map(PopulationFindings::models).toList())
              .logDifference();
      if (unequal > LARGEST_IMBALANCE) {
        warnings.add(
            "these populations share so few values of "
                + report.given().orElseThrow()
                + " that it is hardly held fixed: their mean logarithms differ by up to "
                + Conditions.rounded(unequal)
                + "; compare fewer of them at a time.");
      }
    }
  }

  /** How much of a difference by bins is complexity inside them, in points of capped means. */
  private static String composition(
      ComparisonReport report, PairFindings pair, Composition composition) {
    double epsilon = report.settings().epsilon();
    Interval refined = composition.refined();
    String given = report.given().orElseThrow();
    return report.populations().get(pair.a()).name()
        + " and "
        + report.populations().get(pair.b()).name()
        + ": of the "
        + Conditions.rounded(epsilon * pair.estimates().areaDifference().value())
        + " points by which the first is ahead (errors above "
        + Conditions.number(epsilon)
        + " % counted as that), "
        + Conditions.rounded(epsilon * composition.areaDifference())
        + " come of different "
        + given
        + " inside the bins; at equal "
        + given
        + " it is ahead by "
        + Conditions.rounded(epsilon * refined.value())
        + " ("
        + Conditions.rounded(epsilon * refined.low())
        + " to "
        + Conditions.rounded(epsilon * refined.high())
        + ").";
  }

  /** What {@code property} is for each population, if it is not the same for all. */
  private static Optional<String> differ(
      ComparisonReport report, Function<PopulationFindings, String> property) {
    return report.populations().stream().map(property).distinct().count() == 1
        ? Optional.empty()
        : Optional.of(
            report.populations().stream()
                .map(p -> p.name() + ": " + property.apply(p))
                .collect(Collectors.joining(", ")));
  }
}
