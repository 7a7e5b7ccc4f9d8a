package dsa.cli;

import dsa.analysis.report.ComparisonSettings;
import dsa.core.run.Population;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Everything that decides what a comparison computes. */
final class ComparisonOptions {

  @Mixin private NormalizationOptions normalization;

  @Option(
      names = "--epsilon",
      paramLabel = "PERCENT",
      description =
          "Error up to which the area under the EDF is taken. Default: 20, or the error of guessing"
              + " if half the models of a population are above 20.")
  private Double epsilon;

  @Option(
      names = "--level",
      paramLabel = "P",
      description =
          "Level of intervals and bands. Default: " + ComparisonSettings.DEFAULT_LEVEL + ".")
  private Double level;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description = "Bootstrap resamples. Default: " + ComparisonSettings.DEFAULT_RESAMPLES + ".")
  private Integer resamples;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      description =
          "Permutations within bins for each pair. Default: "
              + ComparisonSettings.DEFAULT_PERMUTATIONS
              + ".")
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
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of everything random; the same seed gives the same report. Default: 1.")
  private long seed;

  /** Ends a command that was wrongly used. */
  void check(CommandSpec spec) {
    normalization.check(spec);
    Require.that(
        epsilon == null || (epsilon > 0 && epsilon <= 100),
        spec,
        "--epsilon " + epsilon + " is not above 0 and at most 100 %");
    Require.that(
        level == null || (level > 0 && level < 1), spec, "--level " + level + " is outside (0, 1)");
    Require.that(
        resamples == null || resamples >= 2, spec, "--resamples " + resamples + " is below 2");
    Require.that(
        permutations == null || permutations >= 1,
        spec,
        "--permutations " + permutations + " is below 1");
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
        ComparisonSettings.fittedTo(populations, seed)
            .with(normalization.weighting(populations))
            .with(normalization.diverged());
    settings = epsilon == null ? settings : settings.withEpsilon(epsilon);
    settings = level == null ? settings : settings.withLevel(level);
    settings = resamples == null ? settings : settings.withResamples(resamples);
    settings = permutations == null ? settings : settings.withPermutations(permutations);
    settings =
        smallestDifference == null ? settings : settings.withSmallestDifference(smallestDifference);
    return budgets == null ? settings : settings.withBudgets(budgets);
  }
}
