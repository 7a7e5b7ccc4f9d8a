package dsa.cli;

import dsa.figures.table.CsvTable;
import dsa.figures.table.LatexTable;
import dsa.figures.table.MarkdownTable;
import dsa.figures.table.Table;
import dsa.figures.table.TextTable;
import java.util.List;
import picocli.CommandLine.Option;

/** Where and how a command prints what it found. */
final class OutputOptions {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, csv, latex or markdown. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  OutputFormat format() {
    return format;
  }

  /** {@code table} in the format asked for; JSON is not a table and is written by the command. */
  String render(Table table) {
    return switch (format) {
      case CSV -> CsvTable.of(table);
      case LATEX -> LatexTable.of(table);
      case MARKDOWN -> MarkdownTable.of(table);
      default -> TextTable.of(table);
    };
  }

  /**
   * What should make a reader careful, after the tables, a line end after each: in words where
   * people read; nothing in CSV and JSON, whose readers find it in the JSON.
   */
  String notes(List<String> notes) {
    StringBuilder text = new StringBuilder();
    for (String note : notes) {
      text.append(
          switch (format) {
            case TEXT -> "Note: " + note + "\n";
            case MARKDOWN -> "\nNote: " + MarkdownTable.escape(note) + "\n";
            case LATEX -> "\n\\noindent Note: " + LatexTable.escape(note) + "\n";
            default -> "";
          });
    }
    return text.toString();
  }
}
