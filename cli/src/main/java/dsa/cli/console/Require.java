package dsa.cli.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Checks of option values before any work begins: what fails them is wrong usage, not bad input.
 */
public final class Require {

  private Require() {}

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
