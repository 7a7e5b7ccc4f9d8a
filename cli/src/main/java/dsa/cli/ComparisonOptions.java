package dsa.cli;

import dsa.analysis.report.Comparison;
import dsa.analysis.report.ComparisonReport.Settings;
import dsa.core.run.Population;
import java.util.List;
import java.util.TreeSet;
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
          "Error up to which the area under the EDF is taken. Default: 20, or the error of guessing if half the models of a population are above 20.")
  private Double epsilon;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Level of intervals and bands. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Permutations within bins for each pair. Default: ${DEFAULT-VALUE}.")
  private int permutations;

  @Option(
      names = "--smallest-difference",
      paramLabel = "POINTS",
      defaultValue = "0.1",
      description =
          "Difference of mean errors that would matter, percentage points. Default: ${DEFAULT-VALUE}.")
  private double smallestDifference;

  @Option(
      names = "--budgets",
      paramLabel = "M",
      split = ",",
      defaultValue = "1,2,4,8,16,32,64,128,256,512",
      description = "Models per random search. Default: ${DEFAULT-VALUE}.")
  private List<Integer> budgets;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of everything random; the same seed gives the same report. Default: 1.")
  private long seed;

  NormalizationOptions normalization() {
    return normalization;
  }

  /** Ends a command that was wrongly used. */
  void check(CommandSpec spec) {
    normalization.normalization(spec);
    Require.that(
        epsilon == null || (epsilon > 0 && epsilon <= 100),
        spec,
        "--epsilon " + epsilon + " is not above 0 and at most 100 %");
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    Require.that(resamples >= 2, spec, "--resamples " + resamples + " is below 2");
    Require.that(permutations >= 1, spec, "--permutations " + permutations + " is below 1");
    Require.that(
        smallestDifference >= 0 && smallestDifference <= 100,
        spec,
        "--smallest-difference " + smallestDifference + " is outside [0, 100] points");
    Require.that(
        !budgets.isEmpty() && budgets.stream().allMatch(m -> m >= 1),
        spec,
        "--budgets " + budgets + " are not numbers of models, 1 or more");
  }

  /** The settings, with what was left open chosen to fit these populations. */
  Settings settings(List<Population> populations) {
    Settings defaults = Comparison.defaults(seed);
    return new Settings(
        seed,
        epsilon == null ? Defaults.epsilon(populations) : epsilon,
        level,
        resamples,
        permutations,
        smallestDifference,
        defaults.quantiles(),
        List.copyOf(new TreeSet<>(budgets)),
        normalization.diverged());
  }
}
