package dsa.cli.compare;

import dsa.cli.console.Console;
import dsa.cli.console.Made;
import dsa.cli.console.ReportFolder;
import dsa.cli.console.Require;
import dsa.figures.Figure;
import dsa.figures.render.Appearance;
import dsa.figures.render.FigureWriter;
import dsa.figures.render.Format;
import dsa.figures.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a report and its figures go and as what; shared by the commands that write them. */
public final class FigureOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Also write a report, tables and figures, with their data and an index, into this folder;"
              + " see Writes below.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--force",
      description = "Let -o replace files that no earlier report wrote; never those of the input.")
  private boolean force;

  @Option(
      names = "--figures",
      paramLabel = "KIND",
      split = ",",
      defaultValue = "png,svg,pdf,latex",
      description =
          "Kinds of figure files for -o: png, svg, pdf, eps, latex, latex_standalone. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<Format> formats;

  @Mixin private AppearanceOptions look;

  @Option(
      names = "--plots",
      paramLabel = "PLOT,...",
      split = ",",
      description = "Figures for -o, by name; see Writes below. Default: all that apply.")
  private List<String> plots;

  private final Map<String, String> written = new LinkedHashMap<>();

  /** The folder, if there is something to write. */
  public Optional<Path> folder() {
    return folder;
  }

  /**
   * Checks the names of figures that were asked for, and that the folder is free for them: before
   * the work, which may take long.
   *
   * @param known those that the command can draw
   */
  public void check(List<String> known) throws IOException {
    look.check(command, known.size() == 1 || (plots != null && plots.size() == 1));
    for (String name : plots == null ? List.<String>of() : plots) {
      Require.that(
          known.stream().anyMatch(name::equalsIgnoreCase),
          command,
          "--plots '"
              + name
              + "' is none of "
              + (known.isEmpty() ? "this command's, which draws none" : String.join(", ", known)));
    }
    if (folder.isPresent()) {
      List<String> names = new ArrayList<>(List.of("report.json"));
      known.stream().filter(this::isWanted).forEach(name -> names.add(name + ".csv"));
      ReportFolder.open(folder.get()).claim(names, force, command.commandLine());
    }
  }

  private boolean isWanted(String name) {
    return plots == null || plots.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** A figure under its name, made only if it is wanted. */
  record Named(String name, Supplier<Figure> figure) {}

  /** A table under its name, as it is shown and as numbers. */
  record NamedTable(String name, Table shown, Table data) {}

  /** Writes a report, if there is a folder for it, and says so. */
  void write(String json, List<NamedTable> tables, List<Named> figures, Console console)
      throws IOException {
    write(json, Map.of(), tables, figures, console);
  }

  /** The same with pages for a browser, by the names of their files. */
  void write(
      String json,
      Map<String, String> pages,
      List<NamedTable> tables,
      List<Named> figures,
      Console console)
      throws IOException {
    if (folder.isEmpty()) {
      return;
    }
    Appearance appearance = look.appearance(command);
    ReportFiles files =
        new ReportFiles(folder.get(), FigureWriter.to(folder.get()).with(appearance), formats);
    files.json(json);
    pages.forEach(files::page);
    tables.forEach(table -> files.table(table.name(), table.shown(), table.data()));
    for (Named each : figures) {
      if (isWanted(each.name())) {
        files.figure(each.name(), each.figure().get());
      }
    }
    files.write(force, command.commandLine(), console);
  }

  /**
   * Writes one figure into the folder at once; does nothing without one. After the last, {@link
   * #tell} writes the index.
   */
  public void write(String name, Figure figure) throws IOException {
    if (folder.isPresent() && isWanted(name)) {
      List<String> names = new ArrayList<>(List.of(name + ".csv"));
      formats.forEach(format -> names.add(name + format.ending()));
      ReportFolder.open(folder.get()).claim(names, force, command.commandLine());
      FigureWriter.to(folder.get())
          .with(look.appearance(command))
          .write(name, figure, formats.toArray(Format[]::new));
      for (String file : names) {
        written.put(file, (file.endsWith(".csv") ? "numbers of figure " : "figure ") + name);
      }
    }
  }

  /** Writes the index and says what was written, if anything was. */
  public void tell(Console console) throws IOException {
    if (folder.isPresent()) {
      ReportFolder.open(folder.get()).finish(written, Made.by(command).get("command"), console);
    }
  }
}
