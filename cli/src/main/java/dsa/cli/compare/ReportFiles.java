package dsa.cli.compare;

import dsa.cli.console.Console;
import dsa.cli.console.Made;
import dsa.cli.console.ReportFolder;
import dsa.core.io.AtomicFile;
import dsa.figures.Figure;
import dsa.figures.render.FigureWriter;
import dsa.figures.render.Format;
import dsa.figures.table.CsvTable;
import dsa.figures.table.LatexTable;
import dsa.figures.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * What a command writes into the folder of {@code -o}: a report, its tables and figures. Nothing is
 * written before it is sure that no file of the user's is lost.
 */
final class ReportFiles {

  private final FigureWriter writer;
  private final Path folder;
  private final List<Format> formats;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  ReportFiles(Path folder, FigureWriter writer, List<Format> formats) {
    this.folder = folder;
    this.writer = writer;
    this.formats = formats;
  }

  /** Everything, as {@code report.json}. */
  void json(String json) {
    text("report.json", json, "everything, as JSON");
  }

  /** One page that holds everything, to be opened in a browser. */
  void page(String name, String html) {
    text(name, html, "everything, to be opened in a browser");
  }

  /** A table as people read it, in LaTeX, and its numbers as CSV. */
  void table(String name, Table shown, Table data) {
    if (data.size() > 0) {
      text(name + ".csv", CsvTable.of(data), "table " + name + ", one number a cell");
      text(name + ".tex", LatexTable.of(shown), "table " + name + " for LaTeX");
    }
  }

  /** A figure in all formats asked for, and its numbers as CSV. */
  void figure(String name, Figure figure) {
    figures.put(name, figure);
    names.put(name + ".csv", "numbers of figure " + name);
    for (Format format : formats) {
      names.put(name + format.ending(), "figure " + name);
    }
  }

  private void text(String name, String content, String what) {
    texts.put(name, content);
    names.put(name, what);
  }

  /** Writes all of them and the index. */
  void write(boolean force, CommandLine command, Console console) throws IOException {
    ReportFolder report = ReportFolder.open(folder);
    report.claim(names.keySet(), force, command);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      AtomicFile.writeText(folder.resolve(text.getKey()), text.getValue());
    }
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      writer.write(figure.getKey(), figure.getValue(), formats.toArray(Format[]::new));
    }
    report.finish(names, Made.by(command.getCommandSpec()).get("command"), console);
  }
}
