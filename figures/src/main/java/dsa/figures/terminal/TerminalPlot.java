package dsa.figures.terminal;

import dsa.figures.Axis;
import dsa.figures.Figure;
import dsa.figures.Line;
import dsa.figures.Series;
import dsa.figures.StepLine;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a figure drawn with characters, each curve with its own; where two curves meet,
 * their characters take turns. Bands, bars and points are left out.
 */
public final class TerminalPlot {

  private static final String MARKS = "●○▲△■□◆◇";
  private static final String ASCII_MARKS = "*o+x#@%&";
  private static final int[] COLORS = {34, 31, 32, 35, 36, 33, 94, 91}; // SGR foreground codes
  private static final int EMPTY = -1;

  private final int width;
  private final int height;
  private final boolean unicode;
  private final boolean colored;

  private TerminalPlot(int width, int height, boolean unicode, boolean colored) {
    if (width < 24 || height < 4) {
      throw new IllegalArgumentException(
          "a plot of " + width + " x " + height + " characters is below 24 x 4");
    }
    this.width = width;
    this.height = height;
    this.unicode = unicode;
    this.colored = colored;
  }

  /** A plot 72 characters wide with 16 rows of curve area, ASCII only, without colour. */
  public static TerminalPlot withDefaults() {
    return new TerminalPlot(72, 16, false, false);
  }

  /**
   * The same plot in another size.
   *
   * @param newWidth of every line but the legend's, in characters, at least 24
   * @param newHeight rows of the curve area, at least 4; axes, labels and legend come on top
   */
  public TerminalPlot sized(int newWidth, int newHeight) {
    return new TerminalPlot(newWidth, newHeight, unicode, colored);
  }

  /** Draws with shapes and lines if {@code charset} has them, else with ASCII characters. */
  public TerminalPlot in(Charset charset) {
    boolean has = charset.canEncode() && charset.newEncoder().canEncode(MARKS + "│┤└─┬");
    return new TerminalPlot(width, height, has, colored);
  }

  /** Also tells curves apart by colour, with ANSI escape sequences, if {@code on}. */
  public TerminalPlot colored(boolean on) {
    return new TerminalPlot(width, height, unicode, on);
  }

  /**
   * The plot from top to bottom: the label of y, the curves between axes, the label of x, and one
   * line of legend for each name. No line ends in blanks.
   *
   * @throws IllegalArgumentException if the figure has no lines or step lines
   */
  public List<String> lines(Figure figure) {
    List<String> names = new ArrayList<>();
    for (String name : figure.names()) {
      if (isCurve(figure.leader(name))) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no models: the figure has no curve to plot as text");
    }
    List<Double> ticks = figure.y().ticks(Math.max(2, height / 2 + 1));
    int margin = 1;
    for (double tick : ticks) {
      margin = Math.max(margin, Axis.tickLabel(tick).length());
    }
    int columns = width - margin - 2;
    int[][] cells = new int[height][columns];
    for (int[] row : cells) {
      Arrays.fill(row, EMPTY);
    }
    for (Series series : figure.series()) {
      if (isCurve(series)) {
        trace(cells, figure, series, names.indexOf(series.name()));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(figure.y().label());
    for (int row = 0; row < height; row++) {
      lines.add(label(ticks, figure.y(), row, margin) + curves(cells[row]));
    }
    axis(lines, figure.x(), margin, columns);
    for (int i = 0; i < names.size(); i++) {
      lines.add(" ".repeat(margin + 2) + mark(i) + " " + figure.legend(names.get(i)));
    }
    lines.replaceAll(String::stripTrailing);
    return lines;
  }

  private static boolean isCurve(Series series) {
    return series instanceof StepLine || series instanceof Line;
  }

  /** Fills the cells that the curve passes: in each column, from its height left to that right. */
  private void trace(int[][] cells, Figure figure, Series series, int index) {
    Curve curve = Curve.of(series, figure.x());
    int columns = cells[0].length;
    for (int column = 0; column < columns; column++) {
      double left = Math.max(curve.value((double) column / columns), curve.first());
      double right = Math.min(curve.value((column + 1.0) / columns), curve.last());
      if (left > right) {
        continue;
      }
      int from = row(figure.y(), curve.at(left));
      int to = row(figure.y(), curve.at(right));
      int step = Integer.signum(to - from);
      for (int row = from + step; row != to + step || step == 0; row += step) {
        if (row >= 0 && row < height && (cells[row][column] == EMPTY || column % 2 == 1)) {
          cells[row][column] = index;
        }
        if (step == 0) {
          break;
        }
      }
    }
  }

  private int row(Axis y, double value) {
    return (int) Math.round((1 - y.fraction(value)) * (height - 1));
  }

  private String label(List<Double> ticks, Axis y, int row, int margin) {
    for (double tick : ticks) {
      if (row(y, tick) == row) {
        String label = Axis.tickLabel(tick);
        return " ".repeat(margin - label.length()) + label + (unicode ? " ┤" : " +");
      }
    }
    return " ".repeat(margin) + (unicode ? " │" : " |");
  }

  private String curves(int[] row) {
    StringBuilder line = new StringBuilder();
    for (int cell : row) {
      line.append(cell == EMPTY ? " " : mark(cell));
    }
    return line.toString();
  }

  private String mark(int index) {
    String marks = unicode ? MARKS : ASCII_MARKS;
    char mark = marks.charAt(index % marks.length());
    return colored
        ? "\u001b[" + COLORS[index % COLORS.length] + "m" + mark + "\u001b[0m"
        : Character.toString(mark);
  }

  private void axis(List<String> lines, Axis x, int margin, int columns) {
    StringBuilder rule = new StringBuilder((unicode ? "─" : "-").repeat(columns));
    StringBuilder labels = new StringBuilder(" ".repeat(width));
    int free = 0;
    for (double tick : x.ticks(columns / 7 + 1)) {
      int column = (int) Math.round(x.fraction(tick) * (columns - 1));
      String label = Axis.tickLabel(tick);
      int from = Math.min(width - label.length(), margin + 2 + column - label.length() / 2);
      rule.setCharAt(column, unicode ? '┬' : '+');
      if (from >= free) {
        labels.replace(from, from + label.length(), label);
        free = from + label.length() + 1;
      }
    }
    lines.add(" ".repeat(margin + 1) + (unicode ? "└" : "+") + rule);
    lines.add(labels.toString());
    int indent = margin + 2 + Math.max(0, (columns - x.label().length()) / 2);
    lines.add(" ".repeat(indent) + x.label());
  }

  /** A curve to be read off at any place of the x axis. */
  private static final class Curve {

    private final Axis axis;
    private final boolean steps;
    private final double[] x;
    private final double[] y;

    private Curve(Axis axis, boolean steps, double[] x, double[] y) {
      this.axis = axis;
      this.steps = steps;
      this.x = x;
      this.y = y;
    }

    static Curve of(Series series, Axis axis) {
      if (series instanceof StepLine line) {
        return new Curve(axis, true, line.x(), line.y());
      }
      Line line = (Line) series;
      return new Curve(axis, false, line.x(), line.y());
    }

    double first() {
      return x[0];
    }

    double last() {
      return x[x.length - 1];
    }

    /** The abscissa at a fraction of the axis. */
    double value(double fraction) {
      double start = axis.scale().position(axis.low());
      double end = axis.scale().position(axis.high());
      return axis.scale().value(start + fraction * (end - start));
    }

    /** The ordinate at {@code value}, which is not before the first nor after the last point. */
    double at(double value) {
      int found = Arrays.binarySearch(x, value);
      if (found >= 0) {
        return y[found];
      }
      int before = -found - 2;
      if (steps) {
        return y[before];
      }
      double left = axis.fraction(x[before]);
      double share = (axis.fraction(value) - left) / (axis.fraction(x[before + 1]) - left);
      return y[before] + share * (y[before + 1] - y[before]);
    }
  }
}
