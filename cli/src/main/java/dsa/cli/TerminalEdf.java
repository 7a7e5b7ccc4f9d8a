package dsa.cli;

import dsa.analysis.report.ComparisonReport;

/** The EDFs of a comparison as a plot of characters. */
final class TerminalEdf {

  private TerminalEdf() {}

  static String of(ComparisonReport report, Console console) {
    return "";
  }
}
