package dsa.figures.table;

import dsa.core.SpreadsheetText;

/** Tables as comma-separated values (RFC 4180, lines ended by a single line feed). */
public final class CsvTable {

  private CsvTable() {}

  /**
   * The table with all digits of its numbers. A column with a unit is called {@code header (unit)};
   * an empty cell means absent; an apostrophe keeps spreadsheets from running a text as a formula.
   */
  public static String of(Table table) {
    StringBuilder out = new StringBuilder();
    int columns = table.columns().size();
    for (int c = 0; c < columns; c++) {
      out.append(quoted(table.columns().get(c).title())).append(c + 1 < columns ? ',' : '\n');
    }
    for (int r = 0; r < table.size(); r++) {
      for (int c = 0; c < columns; c++) {
        out.append(quoted(table.exact(r, c))).append(c + 1 < columns ? ',' : '\n');
      }
    }
    return out.toString();
  }

  private static String quoted(String text) {
    String cell = SpreadsheetText.guarded(text);
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return '"' + cell.replace("\"", "\"\"") + '"';
      }
    }
    return cell;
  }
}
