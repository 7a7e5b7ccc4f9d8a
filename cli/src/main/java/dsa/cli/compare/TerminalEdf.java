package dsa.cli.compare;

import dsa.analysis.weighting.Normalization;
import dsa.cli.console.Console;
import dsa.figures.EdfFigure;
import dsa.figures.terminal.TerminalPlot;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** EDFs as a plot of characters. */
public final class TerminalEdf {

  private static final int ROWS = 14;

  private TerminalEdf() {}

  /** The plot, with a line end after each line. */
  static String of(Normalization.Result result, Console console) {
    List<String> lines =
        TerminalPlot.withDefaults()
            .sized(Math.min(console.columns(), 90), ROWS)
            .in(console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII)
            .colored(console.terminal())
            .lines(
                EdfFigure.of(
                    result.metric(),
                    result.given(),
                    result.populations().stream()
                        .map(population -> EdfFigure.line(population.name(), population.edf()))
                        .toList()));
    return String.join("\n", lines) + "\n";
  }
}
