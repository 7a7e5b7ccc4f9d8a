package dsa.figures.render;

import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Figure;
import dsa.figures.Histogram;
import dsa.figures.Line;
import dsa.figures.Points;
import dsa.figures.Scale;
import dsa.figures.Series;
import dsa.figures.StepLine;
import dsa.figures.table.Decimals;
import dsa.figures.table.LatexTable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Figures as LaTeX source for pgfplots, which reads the numbers from the figure's CSV: the rows of
 * a series are picked by its number in the first column.
 */
final class Pgfplots {

  private static final String PREAMBLE =
      """
      \\usepackage{pgfplots}
      \\pgfplotsset{compat=1.16}
      \\usepgfplotslibrary{fillbetween}
      """;

  private final Figure figure;
  private final String csv;
  private final StringBuilder out = new StringBuilder();

  private Pgfplots(Figure figure, String csv) {
    this.figure = figure;
    this.csv = csv;
  }

  /** A {@code tikzpicture} that reads the file {@code csv}, in the folder {@code \dsafolder}. */
  static String picture(Figure figure, String csv) {
    return new Pgfplots(figure, csv).picture();
  }

  /** A whole document with nothing but the picture. */
  static String document(Figure figure, String csv) {
    return "\\documentclass[border=2pt]{standalone}\n"
        + "\\usepackage[T1]{fontenc}\n"
        + PREAMBLE
        + "\\setlength{\\textwidth}{240pt}\n"
        + "\\begin{document}\n"
        + picture(figure, csv)
        + "\\end{document}\n";
  }

  private String picture() {
    out.append("% Reads ").append(csv).append(" from the folder \\dsafolder, by default that of ");
    out.append("the document. Needs in the preamble:\n");
    PREAMBLE.lines().forEach(line -> out.append("% ").append(line).append('\n'));
    out.append("\\providecommand{\\dsafolder}{}%\n");
    out.append("\\begin{tikzpicture}\n");
    List<String> names = figure.names();
    for (int i = 0; i < names.size(); i++) {
      int rgb = Look.of(figure, i).rgb();
      out.append("\\definecolor{dsa").append(i + 1).append("}{RGB}{").append(rgb >> 16 & 255);
      out.append(',').append(rgb >> 8 & 255).append(',').append(rgb & 255).append("}\n");
    }
    axis();
    for (boolean bands : new boolean[] {true, false}) {
      for (int s = 0; s < figure.series().size(); s++) {
        if (figure.series().get(s) instanceof Band == bands) {
          plot(s + 1, figure.series().get(s));
        }
      }
    }
    out.append("\\end{axis}\n\\end{tikzpicture}\n");
    return out.toString();
  }

  private void axis() {
    Axis x = figure.x();
    Axis y = figure.y();
    out.append("\\begin{axis}[\n  width=\\columnwidth, height=0.74\\columnwidth,\n");
    if (!figure.title().isBlank()) {
      out.append("  title={").append(LatexTable.escape(figure.title())).append("},\n");
    }
    out.append("  xlabel={").append(LatexTable.escape(x.label())).append("},\n");
    out.append("  ylabel={").append(LatexTable.escape(y.label())).append("},\n");
    axis("x", x);
    axis("y", y);
    out.append("  axis lines=left, axis line style={-}, tick align=outside, tick pos=left,\n");
    out.append("  scaled ticks=false, tick label style={/pgf/number format/fixed,");
    out.append(" /pgf/number format/1000 sep={}},\n");
    out.append(
        "  legend style={at={(0.5,-0.28)}, anchor=north}, legend columns=2, legend cell align=left,\n");
    if (y.scale() == Scale.LINEAR && y.low() < 0 && y.high() > 0) {
      out.append("  extra y ticks={0}, extra y tick labels={}, extra y tick style={grid=major},\n");
    }
    out.append("  legend style={draw=none, fill=white, fill opacity=0.85, text opacity=1,");
    out.append(" font=\\footnotesize},\n");
    out.append("  unbounded coords=discard, filter discard warning=false,\n");
    out.append("  only/.style={x filter/.append code={\\edef\\dsarow{\\thisrow{series}}");
    out.append(
        "\\edef\\dsawanted{#1}\\ifx\\dsarow\\dsawanted\\else\\def\\pgfmathresult{nan}\\fi}},\n");
    out.append("]\n");
  }

  private void axis(String letter, Axis axis) {
    out.append("  ").append(letter).append("min=").append(axis.low()).append(", ");
    out.append(letter).append("max=").append(axis.high()).append(",\n");
    if (axis.scale() != Scale.LINEAR) {
      List<Double> ticks = axis.ticks(8);
      String base = axis.scale() == Scale.LOG2 ? "2" : "10";
      out.append("  ").append(letter).append("mode=log, log basis ").append(letter);
      out.append('=').append(base).append(",\n  ").append(letter).append("tick={");
      out.append(ticks.stream().map(Axis::tickLabel).collect(Collectors.joining(",")));
      out.append("}, ").append(letter).append("ticklabels={");
      out.append(ticks.stream().map(Axis::tickLabel).collect(Collectors.joining(",")));
      out.append("}, minor tick num=0,\n");
    }
  }

  private void plot(int number, Series series) {
    int index = figure.names().indexOf(series.name());
    Look look = Look.of(figure, index);
    String color = "dsa" + (index + 1);
    boolean leads = figure.leader(series.name()).equals(series);
    if (series instanceof Band band) {
      String step = band.stepwise() ? ", const plot" : "";
      addplot("draw=none, forget plot, name path=low" + number + step, number, "x", "low");
      addplot("draw=none, forget plot, name path=high" + number + step, number, "x", "high");
      out.append("\\addplot[").append(color).append(", fill opacity=0.2, draw=none");
      out.append(leads ? ", area legend" : ", forget plot").append("] fill between[of=low");
      out.append(number).append(" and high").append(number).append("];\n");
    } else if (series instanceof Histogram bars) {
      double width = bars.high()[0] - bars.low()[0];
      addplot(
          "ybar, bar shift=0pt, bar width="
              + width
              + ", area legend, draw="
              + color
              + ", fill="
              + color
              + ", fill opacity=0.25"
              + dashes(look),
          number,
          "x",
          "y");
    } else if (series instanceof Points points) {
      addplot(
          "only marks, mark="
              + look.mark().pgf()
              + ", mark size=0.7pt, draw opacity=0, color="
              + color
              + (points.shade().isPresent() ? ", fill opacity=1" : ", fill opacity=0.4")
              + ", legend image post style={mark size=1.8pt, fill opacity=1}",
          number,
          "x",
          "y");
    } else if (series instanceof Line line) {
      addplot(
          color
              + ", thick"
              + dashes(look)
              + (line.marked()
                  ? ", mark=" + look.mark().pgf() + ", mark size=1.6pt, mark options={solid}"
                  : ", mark=none"),
          number,
          "x",
          "y");
    } else if (series instanceof StepLine steps) {
      double first = steps.x()[0];
      out.append("\\addplot[").append(color).append(", thick").append(dashes(look));
      out.append(", forget plot] coordinates {(");
      out.append(first).append(",0) (").append(first).append(',').append(steps.y()[0]);
      out.append(")};\n");
      addplot(color + ", thick, const plot, mark=none" + dashes(look), number, "x", "y");
    } else {
      throw new AssertionError(series.kind());
    }
    if (leads) {
      out.append("\\addlegendentry{").append(LatexTable.escape(figure.legend(series.name())));
      out.append("}\n");
    }
  }

  private void addplot(String options, int number, String x, String y) {
    out.append("\\addplot[").append(options).append(", only=").append(number);
    out.append("] table[col sep=comma, x=").append(x).append(", y=").append(y);
    out.append("] {\\dsafolder ").append(csv).append("};\n");
  }

  private static String dashes(Look look) {
    List<Float> dash = look.dash();
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < dash.size(); i++) {
      pattern.append(i % 2 == 0 ? " on " : " off ");
      pattern.append(Decimals.fixed(dash.get(i) * 0.6, 2)).append("pt");
    }
    return dash.isEmpty() ? "" : ", dash pattern={" + pattern.substring(1) + "}";
  }
}
