package dsa.figures.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.figures.Axis;
import dsa.figures.Figure;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.StepLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A plot of characters that is a row off, or prints shapes the terminal lacks, misleads at once.
 */
final class TerminalPlotTest {

  private static final Figure TWO =
      new Figure(
          "",
          Axis.linear("error", 0, 20),
          Axis.linear("cumulative prob.", 0, 1),
          List.of(
              StepLine.of("a", new double[] {2, 4, 6}, new double[] {0.25, 0.5, 1}).noted("3"),
              StepLine.of("b", new double[] {12, 18}, new double[] {0.5, 1})));

  @Test
  void curvesStandWhereTheirValuesAre() {
    assertEquals(
        """
        cumulative prob.
          1 +     **          oo
            |     *           o
        0.5 +   **      oooooo
            | **
          0 +
            ++---------+--------+
             0        10       20
                    error
             * [3] a
             o b
        """,
        String.join("\n", TerminalPlot.withDefaults().sized(25, 5).lines(TWO)) + "\n");
  }

  @Test
  void aCurveNeverReachesARowItsValuesDoNot() {
    List<String> lines = TerminalPlot.withDefaults().sized(40, 11).lines(TWO);
    String top = lines.get(1);
    assertTrue(top.contains("*") && !top.startsWith("*"), top);
    String bottom = lines.get(11);
    assertEquals("0 +", bottom.strip(), "F is never 0 where a curve is drawn");
  }

  @Test
  void asciiIsTheFallbackWhereShapesCannotBePrinted() {
    TerminalPlot plot = TerminalPlot.withDefaults();
    assertTrue(plot.in(StandardCharsets.US_ASCII).lines(TWO).stream().allMatch(this::isAscii));
    assertTrue(plot.in(StandardCharsets.UTF_8).lines(TWO).stream().anyMatch(l -> l.contains("●")));
  }

  private boolean isAscii(String line) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(line);
  }

  @Test
  void colourOnlyAddsEscapesAroundTheSamePlot() {
    TerminalPlot plot = TerminalPlot.withDefaults();
    List<String> colored = plot.colored(true).lines(TWO);
    assertTrue(colored.stream().anyMatch(line -> line.contains("\u001b[31mo\u001b[0m")));
    assertEquals(
        plot.lines(TWO),
        colored.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")).toList());
  }

  @Test
  void curvesThatCoincideBothShow() {
    double[] x = {1, 8};
    Figure figure =
        new Figure(
            "",
            Axis.linear("m", 1, 8),
            Axis.linear("e", 0, 4),
            List.of(Line.of("a", x, new double[] {2, 2}), Line.of("b", x, new double[] {2, 2})));
    String row = TerminalPlot.withDefaults().sized(30, 5).lines(figure).get(3);
    assertTrue(row.contains("*o*o*o"), row);
  }

  @Test
  void aFigureWithoutCurvesIsRefused() {
    double[] x = {1, 2};
    Figure points =
        new Figure(
            "", Axis.linear("x", 0, 3), Axis.linear("y", 0, 3), List.of(Points.of("a", x, x)));
    assertThrows(IllegalArgumentException.class, () -> TerminalPlot.withDefaults().lines(points));
  }
}
