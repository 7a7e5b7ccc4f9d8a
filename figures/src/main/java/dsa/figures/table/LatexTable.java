package dsa.figures.table;

/** Tables as LaTeX source for the booktabs package. */
public final class LatexTable {

  private LatexTable() {}

  /** A {@code tabular} with top, middle and bottom rules, to be put into a float of your own. */
  public static String of(Table table) {
    StringBuilder out = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{tabular}{");
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
    return out.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  private static String end(int column, int columns) {
    return column + 1 < columns ? " & " : " \\\\\n";
  }

  /** A leading minus as a minus, not a hyphen. */
  private static String number(String cell) {
    return cell.matches("-[0-9].*") ? "$-$" + cell.substring(1) : cell;
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
