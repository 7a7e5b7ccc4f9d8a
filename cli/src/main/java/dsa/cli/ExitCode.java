package dsa.cli;

/** What the program's exit status says. */
final class ExitCode {

  static final int OK = 0;
  static final int INTERNAL_FAILURE = 1;
  static final int USAGE = 2;
  static final int BAD_INPUT = 3;
  static final int FAILED_RUNS = 4;

  private ExitCode() {}
}
