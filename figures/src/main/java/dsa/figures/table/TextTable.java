package dsa.figures.table;

import java.util.ArrayList;
import java.util.List;

/** Tables as aligned text for terminals: two spaces between columns, no frame. */
public final class TextTable {

  private TextTable() {}

  /**
   * The lines of the table: headers, units if any column has one, rows. No line ends in blanks; no
   * cell is cut.
   */
  public static List<String> lines(Table table) {
    List<Column> columns = table.columns();
    List<List<String>> grid = new ArrayList<>();
    grid.add(columns.stream().map(Column::header).toList());
    if (columns.stream().anyMatch(column -> !column.unit().isEmpty())) {
      grid.add(columns.stream().map(Column::unit).toList());
    }
    for (int r = 0; r < table.size(); r++) {
      List<String> row = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        row.add(table.shown(r, c));
      }
      grid.add(row);
    }
    int[] widths = new int[columns.size()];
    for (List<String> row : grid) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], width(row.get(c)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : grid) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String cell = row.get(c);
        String pad = " ".repeat(widths[c] - width(cell));
        line.append(c == 0 ? "" : "  ");
        line.append(columns.get(c).align() == Column.Align.LEFT ? cell + pad : pad + cell);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The lines as one text, each ended by a line feed. */
  public static String of(Table table) {
    return String.join("\n", lines(table)) + "\n";
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
