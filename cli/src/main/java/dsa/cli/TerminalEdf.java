package dsa.cli;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.complexity.ComplexityMeasure;
import dsa.figures.EdfFigure;
import dsa.figures.terminal.TerminalPlot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** EDFs as a plot of characters. */
final class TerminalEdf {

  private static final int ROWS = 14;

  private TerminalEdf() {}

  /** The plot, with a line end after each line. */
  static String of(
      List<NormalizedPopulation> models, Optional<ComplexityMeasure> given, Console console) {
    List<String> lines =
        TerminalPlot.withDefaults()
            .sized(Math.min(console.columns(), 90), ROWS)
            .in(console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII)
            .colored(console.terminal())
            .lines(
                EdfFigure.of(
                    given,
                    models.stream()
                        .map(population -> EdfFigure.line(population.name(), population.edf()))
                        .toList()));
    return String.join("\n", lines) + "\n";
  }
}
