package dsa.cli.compare;

import dsa.analysis.report.EdfReport;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.cli.population.MetricOption;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.figures.ComparisonFigures;
import dsa.figures.table.EdfTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the error distribution of populations. */
@Command(
    name = "edf",
    description = {
      "Show the error distribution (EDF) of one or more populations, complexity taken out or not.",
      "",
      "Shares are of models strictly below an error, the definition of the papers. The band is the"
          + " bootstrap's simultaneous one; for a single share, the half-width of the"
          + " Dvoretzky-Kiefer-Wolfowitz band is given too (with weights, from the effective sample"
          + " size: a heuristic)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa edf resnet.csv --given none --at 6,7,8",
      "  dsa edf resnet.csv resnext-a.csv --given flops --format csv",
      "",
      "Reads: population files, or foreign CSV tables whose columns are recognised.",
      "Writes: nothing, or with -o DIR the figure and its data."
    })
public final class EdfCommand implements Callable<Integer> {

  private static final List<Double> DEFAULT_ERRORS = List.of(5.0, 6.0, 7.0, 8.0, 10.0, 15.0);

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Option(
      names = "--at",
      paramLabel = "ERROR",
      split = ",",
      description =
          "Errors, percent, or losses, nats, to give the share of models below. Default:"
              + " 5,6,7,8,10,15 for errors, none for losses.")
  private List<Double> at;

  @Mixin private NormalizationOptions options;

  @Mixin private ResamplingOptions resampling;

  @Mixin private PopulationOptions selection;

  @Mixin private MetricOption metric;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public EdfCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    resampling.check(spec);
    options.check(spec);
    List<Population> loaded =
        PopulationArguments.load(populations, metric.metric(), selection, spec, console);
    Metric held = Metric.common(loaded);
    List<Double> values = at != null ? at : held.isLoss() ? List.of() : DEFAULT_ERRORS;
    for (double value : values) {
      Require.that(
          held.admits(value),
          spec,
          "--at " + value + " is no " + held.axis() + ": outside " + held.range());
    }
    EdfReport report =
        EdfReport.of(
            options.weighted(loaded),
            values,
            resampling.level(),
            resampling.resamples(),
            resampling.seed());
    figures.write("edf", ComparisonFigures.edf(report));
    figures.tell(console);
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.print(report.json());
      case CSV -> out.print(output.render(EdfTables.steps(report)));
      case TEXT -> {
        out.println(report.conditions());
        out.println();
        out.println(TerminalEdf.of(report.normalization(), console));
        out.print(output.render(EdfTables.shares(report)));
        out.print(output.notes(report.warnings()));
      }
      default -> {
        out.print(output.render(EdfTables.shares(report)));
        out.print(output.notes(report.warnings()));
      }
    }
    return ExitCode.OK;
  }
}
