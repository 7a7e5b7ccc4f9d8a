package dsa.cli.compare;

import dsa.analysis.report.Comparison;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ReportJson;
import dsa.cli.compare.FigureOptions.Named;
import dsa.cli.compare.FigureOptions.NamedTable;
import dsa.cli.console.Completion;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.Made;
import dsa.cli.console.OpenedFile;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.ProgressMeter;
import dsa.cli.console.Require;
import dsa.cli.population.MetricOption;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Population;
import dsa.figures.ComparisonFigures;
import dsa.figures.ComparisonFigures.Plot;
import dsa.figures.html.ComparisonPage;
import dsa.figures.render.FigureWriter;
import dsa.figures.table.ComparisonTables;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
          + " efficiency, all with intervals, and a verdict in words.",
      "",
      "Of more than two populations: a ranking, with letters for groups that are not told apart,"
          + " and all pairs in a matrix; with --reference, or beyond 20 populations, every other"
          + " one against the reference, which is then the best."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa compare data/example-narrow.csv data/example-wide.csv",
      "  dsa compare resnet=nds/resnet.csv resnext-a=nds/resnext-a.csv --given flops -o report",
      "  dsa compare a.csv b.csv --range 0.024M..0.856M --published --empty-bins error --format"
          + " json",
      "",
      "Reads: populations: files, sweeps, built-in names, or foreign CSV tables whose columns are"
          + " recognised.",
      "Prints: as text, latex or markdown all tables; as csv that of the pairs; as json"
          + " everything.",
      "Writes: nothing, or with -o DIR index.md, report.html, report.json, tables (.csv, .tex) and"
          + " the figures edf, edf-difference, random-search, error-against-complexity and"
          + " complexity, of which the last two need --given."
    })
public final class CompareCommand implements Callable<Integer> {

  private static final String PAGE = "report.html";

  /** More curves cannot be told apart in characters, nor more columns be read. */
  private static final int MOST_CURVES = 12;

  private static final String MATRIX =
      "Pairs: above the diagonal by how many points the row's mean is lower than the column's, *"
          + " where one is better; below it p after Holm.";

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "POPULATION",
      completionCandidates = Completion.Populations.class,
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Mixin private ComparisonOptions options;
  @Mixin private PopulationOptions selection;

  @Mixin private MetricOption metric;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  @Option(names = "--open", description = "Open report.html of -o in the browser.")
  private boolean open;

  /** The command, speaking to {@code console}. */
  public CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    options.check(spec);
    figures.check(Stream.of(Plot.values()).map(Plot::label).toList());
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
      figures.write(
          ReportJson.of(report),
          Map.of(PAGE, ComparisonPage.of(report, loaded, Made.by(spec))),
          tables(report),
          figures(report),
          console);
    }
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.print(ReportJson.of(report));
      case TEXT -> text(report, out);
      case CSV -> out.print(output.render(ComparisonTables.pairData(report)));
      default -> {
        out.println(output.render(ComparisonTables.populations(report)));
        out.println(comparisons(report));
        out.print(output.render(ComparisonTables.randomSearch(report)));
        if (report.sensitivity().isPresent()) {
          out.println();
          out.print(output.render(ComparisonTables.sensitivity(report)));
        }
        out.print(output.notes(report.warnings()));
      }
    }
    if (open) {
      OpenedFile.inBrowser(figures.folder().get().resolve(PAGE), console);
    }
    return ExitCode.OK;
  }

  /** The table of the pair; of more populations their ranking and, if it has room, the matrix. */
  private String comparisons(ComparisonReport report) {
    if (report.populations().size() == 2) {
      return output.render(ComparisonTables.pairs(report));
    }
    Table matrix = ComparisonTables.matrix(report);
    return output.render(ComparisonTables.ranking(report))
        + (matrix.size() == 0
            ? ""
            : "\n"
                + (output.format() == OutputFormat.TEXT ? MATRIX + "\n" : "")
                + output.render(matrix));
  }

  private void text(ComparisonReport report, PrintWriter out) {
    out.println(report.conditions());
    out.println();
    out.println(output.render(ComparisonTables.populations(report)));
    out.println(comparisons(report));
    if (report.populations().size() <= MOST_CURVES) {
      console.drawnOut().println(TerminalEdf.of(report.normalization(), console));
      out.println(output.render(ComparisonTables.randomSearch(report)));
    }
    if (report.populations().size() > 2) {
      out.println(report.ranking().text());
    } else {
      for (PairFindings pair : report.pairs()) {
        out.println(pair.verdict().text());
      }
    }
    report.sensitivity().ifPresent(changes -> out.println(changes.text()));
    out.print(output.notes(report.warnings()));
  }

  private static List<NamedTable> tables(ComparisonReport report) {
    Table sensitivity = ComparisonTables.sensitivity(report);
    Table ranking = ComparisonTables.ranking(report);
    Table matrix = ComparisonTables.matrix(report);
    return List.of(
        new NamedTable(
            "populations",
            ComparisonTables.populations(report),
            ComparisonTables.populationData(report)),
        new NamedTable("pairs", ComparisonTables.pairs(report), ComparisonTables.pairData(report)),
        new NamedTable("ranking", ranking, ranking),
        new NamedTable("matrix", matrix, matrix),
        new NamedTable(
            "random-search-table",
            ComparisonTables.randomSearch(report),
            ComparisonTables.randomSearchData(report)),
        new NamedTable("sensitivity", sensitivity, sensitivity));
  }

  private static List<Named> figures(ComparisonReport report) {
    return ComparisonFigures.of(report, EnumSet.allOf(Plot.class)).entrySet().stream()
        .map(figure -> new Named(figure.getKey(), figure::getValue))
        .toList();
  }
}
