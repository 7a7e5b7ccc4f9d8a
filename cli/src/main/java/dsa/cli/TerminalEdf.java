package dsa.cli;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import java.util.List;
import java.util.Optional;

/** EDFs as a plot of characters. */
final class TerminalEdf {

  private TerminalEdf() {}

  static String of(
      List<NormalizedPopulation> models, Optional<ComplexityMeasure> given, Console console) {
    return "";
  }
}
