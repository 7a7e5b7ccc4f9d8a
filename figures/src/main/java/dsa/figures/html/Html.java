package dsa.figures.html;

import dsa.figures.table.Column;
import dsa.figures.table.Table;

/** Text and tables as HTML. */
final class Html {

  private Html() {}

  /** {@code text} with everything escaped that HTML would take for markup. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(shown(c) ? c : '\uFFFD');
      }
    }
    return out.toString();
  }

  /** Whether HTML allows a character and it cannot turn around the text beside it. */
  private static boolean shown(char c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean direction = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    return !control && !direction;
  }

  /** A name from a file, which may be written from right to left. */
  static String name(String text) {
    return "<bdi>" + escape(text) + "</bdi>";
  }

  /** A table under {@code caption}. */
  static String table(String caption, Table table) {
    StringBuilder out = new StringBuilder("<div class=\"wide\" tabindex=\"0\" role=\"region\"");
    out.append(" aria-label=\"").append(escape(caption)).append("\">\n<table>\n<caption>");
    out.append(escape(caption)).append("</caption>\n<thead><tr>");
    for (Column column : table.columns()) {
      out.append("<th scope=\"col\">").append(escape(column.title())).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int r = 0; r < table.size(); r++) {
      out.append("<tr>");
      for (int c = 0; c < table.columns().size(); c++) {
        boolean text = table.columns().get(c).align() == Column.Align.LEFT;
        out.append(c == 0 && text ? "<th scope=\"row\">" : text ? "<td>" : "<td class=\"n\">");
        String cell = table.shown(r, c);
        out.append(text ? name(cell) : escape(cell)).append(c == 0 && text ? "</th>" : "</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n</table>\n</div>\n").toString();
  }
}
