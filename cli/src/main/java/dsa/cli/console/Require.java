package dsa.cli.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks of option values before any work begins: what fails them is wrong usage, not bad input.
 */
public final class Require {

  private Require() {}

  /** The most repetitions of anything that a command takes. */
  public static final int MOST_TIMES = 1_000_000;

  /** Ends the command as wrongly used unless {@code low <= value <= high}. */
  public static void within(String option, long value, long low, long high, CommandSpec spec) {
    that(value >= low, spec, option + " " + value + " is below " + low);
    that(value <= high, spec, option + " " + value + " is above " + high + "; give fewer");
  }

  /**
   * Ends the command as wrongly used unless {@code condition} holds.
   *
   * @param spec the command whose option it is
   * @param message one sentence that names the option and the value
   */
  public static void that(boolean condition, CommandSpec spec, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
