package dsa.cli.compare;

import dsa.analysis.report.ComparisonSettings;
import dsa.cli.console.Require;
import dsa.core.run.Population;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Everything that decides what a comparison computes. */
public final class ComparisonOptions {

  @Mixin private NormalizationOptions normalization;

  @Option(
      names = "--epsilon",
      paramLabel = "PERCENT",
      description =
          "Error up to which the area under the EDF is taken. Default: 20, or the error of guessing"
              + " if half the models of a population are above 20.")
  private Double epsilon;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      description =
          "Permutations within bins for each pair. Default: "
              + ComparisonSettings.DEFAULT_PERMUTATIONS
              + ", or 40 for each pair if that is more.")
  private Integer permutations;

  @Option(
      names = "--smallest-difference",
      paramLabel = "POINTS",
      description =
          "Difference of mean errors that would matter, percentage points. Default: "
              + ComparisonSettings.DEFAULT_SMALLEST_DIFFERENCE
              + ".")
  private Double smallestDifference;

  @Option(
      names = "--budgets",
      paramLabel = "M",
      split = ",",
      description = "Models per random search. Default: 1,2,4,8,16,32,64,128,256,512.")
  private List<Integer> budgets;

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description =
          "Compare every other population with this one only. Default: all pairs; beyond 20"
              + " populations, the best of them.")
  private String reference;

  @Mixin private ResamplingOptions resampling;

  /** Ends a command that was wrongly used. */
  void check(CommandSpec spec) {
    normalization.check(spec);
    Require.that(
        epsilon == null || (epsilon > 0 && epsilon <= 10_000),
        spec,
        "--epsilon " + epsilon + " is not above 0 and at most 10,000");
    resampling.check(spec);
    if (permutations != null) {
      Require.within("--permutations", permutations, 1, ComparisonSettings.MOST_PERMUTATIONS, spec);
    }
    Require.that(
        smallestDifference == null || (smallestDifference >= 0 && smallestDifference <= 100),
        spec,
        "--smallest-difference " + smallestDifference + " is outside [0, 100] points");
    Require.that(
        budgets == null || (!budgets.isEmpty() && budgets.stream().allMatch(m -> m >= 1)),
        spec,
        "--budgets " + budgets + " are not numbers of models, 1 or more");
  }

  /** The settings; what was left open is the library's choice for these populations. */
  ComparisonSettings settings(List<Population> populations) {
    ComparisonSettings settings =
        ComparisonSettings.fittedTo(populations, resampling.seed())
            .with(normalization.weighting(populations))
            .with(normalization.diverged())
            .withLevel(resampling.level())
            .withResamples(resampling.resamples());
    settings = epsilon == null ? settings : settings.withEpsilon(epsilon);
    settings = permutations == null ? settings : settings.withPermutations(permutations);
    settings =
        smallestDifference == null ? settings : settings.withSmallestDifference(smallestDifference);
    settings = reference == null ? settings : settings.withReference(reference);
    return budgets == null ? settings : settings.withBudgets(budgets);
  }
}
