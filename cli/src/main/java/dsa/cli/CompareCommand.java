package dsa.cli;

import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.report.Comparison;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.report.ReportJson;
import dsa.analysis.weighting.DivergedModels;
import dsa.core.io.AtomicFile;
import dsa.core.run.Population;
import dsa.figures.ComparisonFigures;
import dsa.figures.ComparisonFigures.Plot;
import dsa.figures.ComparisonTables;
import dsa.figures.Figure;
import dsa.figures.render.FigureWriter;
import dsa.figures.table.CsvTable;
import dsa.figures.table.LatexTable;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Compares two or more populations. */
@Command(
    name = "compare",
    description = {
      "Compare design spaces through their populations of trained models.",
      "",
      "Complexity is taken out by giving every complexity bin the same weight; then errors are compared as distributions: "
          + "Kolmogorov-Smirnov distances, areas under the EDF, the probability that a model of one space beats one of the other, "
          + "random-search efficiency, all with intervals, and a verdict in words."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa compare data/example-narrow.csv data/example-wide.csv",
      "  dsa compare resnet=nds/resnet.csv resnext-a=nds/resnext-a.csv --given flops -o report",
      "  dsa compare a.csv b.csv --range 0.024M:0.856M --empty-bins error --format json",
      "",
      "Reads: populations: files, sweeps, built-in names, or foreign CSV tables whose columns are recognised.",
      "Prints: as text, latex or markdown all tables; as csv that of the pairs; as json everything.",
      "Writes: nothing, or with -o DIR report.json, tables (.csv, .tex) and figures."
    })
final class CompareCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Mixin private ComparisonOptions options;
  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  @Option(
      names = "--plots",
      paramLabel = "PLOT,...",
      split = ",",
      converter = PlotConverter.class,
      description =
          "Figures for -o: edf, edf-difference, random-search, error-against-complexity, complexity; the last two need --given. Default: all that apply.")
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
              + "' is none of edf, edf-difference, random-search, error-against-complexity, complexity");
    }
  }

  @Override
  public Integer call() throws IOException {
    options.check(spec);
    if (figures.folder().isPresent()) {
      FigureWriter.warmUp();
    }
    List<Population> loaded = PopulationArguments.load(populations, dsa.console());
    Comparison comparison =
        Comparison.of(
            options.normalization().normalization(spec, loaded), options.settings(loaded));
    ComparisonReport report;
    try (ProgressMeter meter = new ProgressMeter(dsa.console(), "comparing")) {
      report = comparison.watchedBy(meter).of(loaded);
    }
    if (figures.folder().isPresent()) {
      write(report, figures.folder().get());
    }
    PrintWriter out = dsa.console().out();
    switch (output.format()) {
      case JSON -> out.print(ReportJson.of(report));
      case TEXT -> text(report, out);
      case CSV -> out.print(output.render(ComparisonTables.pairData(report)));
      default -> {
        out.println(output.render(ComparisonTables.populations(report)));
        out.println(output.render(ComparisonTables.pairs(report)));
        out.print(output.render(ComparisonTables.randomSearch(report)));
      }
    }
    return ExitCode.OK;
  }

  private void text(ComparisonReport report, PrintWriter out) {
    out.println(frame(report));
    out.println();
    out.println(output.render(ComparisonTables.populations(report)));
    out.println(output.render(ComparisonTables.pairs(report)));
    out.println(
        TerminalEdf.of(
            report.normalization().populations(), report.normalization().given(), dsa.console()));
    out.println(output.render(ComparisonTables.randomSearch(report)));
    for (PairFindings pair : report.pairs()) {
      out.println(pair.verdict().text());
    }
    for (String warning : warnings(report)) {
      out.println("Note: " + warning);
    }
  }

  /** What the numbers below are conditional on, in one line. */
  private static String frame(ComparisonReport report) {
    StringBuilder line = new StringBuilder(Frame.of(report.normalization()));
    if (report.populations().stream().anyMatch(p -> p.models().diverged() > 0)) {
      line.append("; diverged models ")
          .append(
              report.settings().diverged() == DivergedModels.WORST ? "kept as worst" : "dropped");
    }
    return line.append("; area up to ")
        .append(number(report.settings().epsilon()))
        .append(" %; seed ")
        .append(report.settings().seed())
        .toString();
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros().toPlainString();
  }

  private static List<String> warnings(ComparisonReport report) {
    List<String> warnings = new ArrayList<>();
    differ(report, p -> p.origin().error().label())
        .ifPresent(
            kinds ->
                warnings.add(
                    "not all errors are of the same kind ("
                        + kinds
                        + "); a smallest over epochs is below a last one by construction, more so the more epochs."));
    differ(report, p -> p.origin().recipe().orElse("unstated"))
        .ifPresent(
            recipes ->
                warnings.add(
                    "the models were trained by different recipes ("
                        + recipes
                        + "), whose effect on errors can exceed that of the spaces."));
    differ(report, p -> number(p.runsPerModel()))
        .ifPresent(
            runs ->
                warnings.add(
                    "errors are means of different numbers of runs a model ("
                        + runs
                        + "); averaging narrows an EDF, so single runs look luckier in a search."));
    double reachable = (double) report.pairs().size() / (1 + report.settings().permutations());
    if (reachable > 1 - report.settings().level()) {
      warnings.add(
          "with "
              + report.pairs().size()
              + " pairs and "
              + report.settings().permutations()
              + " permutations no p-value can fall below "
              + number(reachable)
              + "; raise --permutations.");
    }
    if (report.populations().stream()
        .flatMap(p -> p.search().stream())
        .anyMatch(point -> point.support() != RandomSearchCurve.Support.AMPLE)) {
      warnings.add(
          "? and - mark searches of more than a tenth, or all, of the effective sample size: what they find hangs on a few lucky models.");
    }
    for (PopulationFindings p : report.populations()) {
      int empty = p.estimates().resamplesWithEmptyBin();
      if (empty * 20 > report.settings().resamples()) {
        warnings.add(
            "a bin of "
                + p.name()
                + " was empty in "
                + empty
                + " of "
                + report.settings().resamples()
                + " resamples, which makes its intervals rough; use fewer bins.");
      }
    }
    warnings.addAll(Frame.warnings(report.normalization()));
    return warnings;
  }

  /** What {@code property} is for each population, if it is not the same for all. */
  private static Optional<String> differ(
      ComparisonReport report, Function<PopulationFindings, String> property) {
    return report.populations().stream().map(property).distinct().count() == 1
        ? Optional.empty()
        : Optional.of(
            report.populations().stream()
                .map(p -> p.name() + ": " + property.apply(p))
                .collect(Collectors.joining(", ")));
  }

  private void write(ComparisonReport report, Path folder) throws IOException {
    AtomicFile.writeText(folder.resolve("report.json"), ReportJson.of(report));
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
    for (Map.Entry<String, Figure> figure : ComparisonFigures.of(report, plots).entrySet()) {
      figures.write(figure.getKey(), figure.getValue());
    }
    figures.tell(dsa.console());
  }

  private static void table(Path folder, String name, Table shown, Table data) throws IOException {
    AtomicFile.writeText(folder.resolve(name + ".tex"), LatexTable.of(shown));
    AtomicFile.writeText(folder.resolve(name + ".csv"), CsvTable.of(data));
  }
}
