package dsa.cli.compare;

import dsa.analysis.report.ComparisonSettings;
import dsa.cli.console.Require;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How intervals and bands are found by drawing again, in every command that does. */
public final class ResamplingOptions {

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "" + ComparisonSettings.DEFAULT_LEVEL,
      description = "Level of intervals and bands. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "" + ComparisonSettings.DEFAULT_RESAMPLES,
      description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description =
          "Of everything random; the same seed gives the same report. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Ends a command that was wrongly used. */
  public void check(CommandSpec spec) {
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    Require.that(resamples >= 2, spec, "--resamples " + resamples + " is below 2");
  }

  /** Of intervals and bands, in (0, 1). */
  public double level() {
    return level;
  }

  /** Of the bootstrap, at least 2. */
  public int resamples() {
    return resamples;
  }

  /** Root of what is random. */
  public long seed() {
    return seed;
  }
}
