package dsa.cli.compare;

import dsa.analysis.report.Comparison;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ReportJson;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.Made;
import dsa.cli.console.OpenedFile;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.ProgressMeter;
import dsa.cli.console.Require;
import dsa.cli.population.MetricOption;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.io.AtomicFile;
import dsa.core.run.Population;
import dsa.figures.ComparisonFigures;
import dsa.figures.ComparisonFigures.Plot;
import dsa.figures.Figure;
import dsa.figures.html.ComparisonPage;
import dsa.figures.render.FigureWriter;
import dsa.figures.table.ComparisonTables;
import dsa.figures.table.CsvTable;
import dsa.figures.table.LatexTable;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Compares two or more populations. */
@Command(
    name = "compare",
    description = {
      "Compare design spaces through their populations of trained models.",
      "",
      "Complexity is taken out by weighting models in narrow strata of it that all populations"
          + " share, or in bins of equal weight as in the papers; then errors are"
          + " compared as distributions: Kolmogorov-Smirnov distances, areas under the EDF, the"
          + " probability that a model of one space beats one of the other, random-search"
          + " efficiency, all with intervals, and a verdict in words."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa compare data/example-narrow.csv data/example-wide.csv",
      "  dsa compare resnet=nds/resnet.csv resnext-a=nds/resnext-a.csv --given flops -o report",
      "  dsa compare a.csv b.csv --range 0.024M:0.856M --published --empty-bins error --format json",
      "",
      "Reads: populations: files, sweeps, built-in names, or foreign CSV tables whose columns are"
          + " recognised.",
      "Prints: as text, latex or markdown all tables; as csv that of the pairs; as json"
          + " everything.",
      "Writes: nothing, or with -o DIR report.html, report.json, tables (.csv, .tex) and figures."
    })
public final class CompareCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Mixin private ComparisonOptions options;
  @Mixin private PopulationOptions selection;

  @Mixin private MetricOption metric;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  @Option(names = "--open", description = "Open report.html of -o in the browser.")
  private boolean open;

  @Option(
      names = "--plots",
      paramLabel = "PLOT,...",
      split = ",",
      converter = PlotConverter.class,
      description =
          "Figures for -o: edf, edf-difference, random-search, error-against-complexity,"
              + " complexity; the last two need --given. Default: all that apply.")
  private Set<Plot> plots = EnumSet.allOf(Plot.class);

  private static final class PlotConverter implements ITypeConverter<Plot> {
    @Override
    public Plot convert(String text) {
      for (Plot plot : Plot.values()) {
        if (plot.label().equalsIgnoreCase(text)) {
          return plot;
        }
      }
      throw new TypeConversionException(
          "'"
              + text
              + "' is none of edf, edf-difference, random-search, error-against-complexity,"
              + " complexity");
    }
  }

  /** The command, speaking to {@code console}. */
  public CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    options.check(spec);
    Require.that(
        !open || figures.folder().isPresent(), spec, "--open needs a folder to write to, -o DIR");
    if (figures.folder().isPresent()) {
      FigureWriter.warmUp();
    }
    List<Population> loaded =
        PopulationArguments.load(populations, metric.metric(), selection, spec, console);
    Comparison comparison = Comparison.of(loaded, options.settings(loaded));
    ComparisonReport report;
    try (ProgressMeter meter = new ProgressMeter(console, "comparing")) {
      report = comparison.watchedBy(meter).report();
    }
    if (figures.folder().isPresent()) {
      write(report, loaded, figures.folder().get());
    }
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.print(ReportJson.of(report));
      case TEXT -> text(report, out);
      case CSV -> out.print(output.render(ComparisonTables.pairData(report)));
      default -> {
        out.println(output.render(ComparisonTables.populations(report)));
        out.println(output.render(ComparisonTables.pairs(report)));
        out.print(output.render(ComparisonTables.randomSearch(report)));
        if (report.sensitivity().isPresent()) {
          out.println();
          out.print(output.render(ComparisonTables.sensitivity(report)));
        }
        out.print(output.notes(report.warnings()));
      }
    }
    if (open) {
      OpenedFile.inBrowser(figures.folder().get().resolve("report.html"), console);
    }
    return ExitCode.OK;
  }

  private void text(ComparisonReport report, PrintWriter out) {
    out.println(report.conditions());
    out.println();
    out.println(output.render(ComparisonTables.populations(report)));
    out.println(output.render(ComparisonTables.pairs(report)));
    out.println(TerminalEdf.of(report.normalization(), console));
    out.println(output.render(ComparisonTables.randomSearch(report)));
    for (PairFindings pair : report.pairs()) {
      out.println(pair.verdict().text());
    }
    report.sensitivity().ifPresent(changes -> out.println(changes.text()));
    out.print(output.notes(report.warnings()));
  }

  private void write(ComparisonReport report, List<Population> loaded, Path folder)
      throws IOException {
    AtomicFile.writeText(folder.resolve("report.json"), ReportJson.of(report));
    AtomicFile.writeText(
        folder.resolve("report.html"), ComparisonPage.of(report, loaded, Made.by(spec)));
    table(
        folder,
        "populations",
        ComparisonTables.populations(report),
        ComparisonTables.populationData(report));
    table(folder, "pairs", ComparisonTables.pairs(report), ComparisonTables.pairData(report));
    table(
        folder,
        "random-search-table",
        ComparisonTables.randomSearch(report),
        ComparisonTables.randomSearchData(report));
    if (report.sensitivity().isPresent()) {
      Table sensitivity = ComparisonTables.sensitivity(report);
      table(folder, "sensitivity", sensitivity, sensitivity);
    }
    for (Map.Entry<String, Figure> figure : ComparisonFigures.of(report, plots).entrySet()) {
      figures.write(figure.getKey(), figure.getValue());
    }
    figures.tell(console);
  }

  private static void table(Path folder, String name, Table shown, Table data) throws IOException {
    AtomicFile.writeText(folder.resolve(name + ".tex"), LatexTable.of(shown));
    AtomicFile.writeText(folder.resolve(name + ".csv"), CsvTable.of(data));
  }
}
