package dsa.cli.console;

/** What the program's exit status says. */
public final class ExitCode {

  public static final int OK = 0;
  public static final int INTERNAL_FAILURE = 1;
  public static final int USAGE = 2;
  public static final int BAD_INPUT = 3;
  public static final int FAILED_RUNS = 4;

  private ExitCode() {}
}
