package dsa.cli;

import dsa.analysis.report.EdfReport;
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
import picocli.CommandLine.ParentCommand;
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
final class EdfCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;
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
      defaultValue = "5,6,7,8,10,15",
      description =
          "Errors, percent, to give the share of models below. Default: ${DEFAULT-VALUE}.")
  private List<Double> at;

  @Mixin private NormalizationOptions options;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Level of the bands. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of the bootstrap. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  @Override
  public Integer call() throws IOException {
    for (double error : at) {
      Require.that(
          error >= 0 && error <= 100, spec, "--at " + error + " is no error: outside [0, 100] %");
    }
    Require.that(resamples >= 2, spec, "--resamples " + resamples + " is below 2");
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    options.check(spec);
    List<Population> loaded = PopulationArguments.load(populations, dsa.console());
    EdfReport report = EdfReport.of(options.weighted(loaded), at, level, resamples, seed);
    figures.write("edf", ComparisonFigures.edf(report));
    figures.tell(dsa.console());
    PrintWriter out = dsa.console().out();
    switch (output.format()) {
      case JSON -> out.print(report.json());
      case CSV -> out.print(output.render(EdfTables.steps(report)));
      case TEXT -> {
        out.println(report.conditions());
        out.println();
        out.println(
            TerminalEdf.of(
                report.normalization().populations(),
                report.normalization().given(),
                dsa.console()));
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
