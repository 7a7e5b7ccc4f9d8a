package dsa.figures.table;

import java.util.regex.Pattern;

/** Tables as LaTeX source for the booktabs package. */
public final class LatexTable {

  private static final Pattern MINUS = Pattern.compile("(?<![^ {}\\[])-(?=[0-9])");

  private LatexTable() {}

  /** As wide as it is, or as the line where it is wider. */
  private static final String FITTED =
      "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n";

  /**
   * A {@code tabular} with top, middle and bottom rules, to be put into a float of your own; it is
   * made smaller where it is wider than the line.
   */
  public static String of(Table table) {
    StringBuilder out = new StringBuilder("% needs \\usepackage{booktabs,graphicx}\n");
    out.append(FITTED).append("\\begin{tabular}{");
    for (Column column : table.columns()) {
      out.append(column.align() == Column.Align.LEFT ? 'l' : 'r');
    }
    out.append("}\n\\toprule\n");
    int columns = table.columns().size();
    for (int c = 0; c < columns; c++) {
      out.append(escape(table.columns().get(c).title())).append(end(c, columns));
    }
    out.append("\\midrule\n");
    for (int r = 0; r < table.size(); r++) {
      for (int c = 0; c < columns; c++) {
        out.append(number(escape(table.shown(r, c)))).append(end(c, columns));
      }
    }
    return out.append("\\bottomrule\n\\end{tabular}}\n").toString();
  }

  private static String end(int column, int columns) {
    return column + 1 < columns ? " & " : " \\\\\n";
  }

  /** The minus of a number as a minus, not a hyphen, also within an interval. */
  private static String number(String cell) {
    return MINUS.matcher(cell).replaceAll("\\$-\\$");
  }

  /** {@code text} with every character that LaTeX would act on written so that it prints. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\textbackslash{}");
        case '~' -> out.append("\\textasciitilde{}");
        case '^' -> out.append("\\textasciicircum{}");
        case '<' -> out.append("\\textless{}");
        case '>' -> out.append("\\textgreater{}");
        case '≤' -> out.append("$\\le$");
        case '|' -> out.append("\\textbar{}");
        case '[', ']' -> out.append('{').append(c).append('}'); // \\[ would read as a length
        case '"' -> out.append("\\char34{}");
        case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
