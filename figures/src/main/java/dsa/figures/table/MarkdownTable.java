package dsa.figures.table;

/** Tables as GitHub-flavoured Markdown. */
public final class MarkdownTable {

  private MarkdownTable() {}

  /** A pipe table. */
  public static String of(Table table) {
    StringBuilder out = new StringBuilder("|");
    for (Column column : table.columns()) {
      out.append(' ').append(escape(column.title())).append(" |");
    }
    out.append("\n|");
    for (Column column : table.columns()) {
      out.append(column.align() == Column.Align.LEFT ? " :--- |" : " ---: |");
    }
    for (int r = 0; r < table.size(); r++) {
      out.append("\n|");
      for (int c = 0; c < table.columns().size(); c++) {
        out.append(' ').append(escape(table.shown(r, c))).append(" |");
      }
    }
    return out.append('\n').toString();
  }

  /** {@code text} with everything escaped that Markdown would take for markup. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n', '\r' -> out.append(' ');
        case '<' -> out.append("&lt;");
        case '\\', '|', '*', '_', '`', '[', ']' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
