package dsa.cli.compare;

import dsa.analysis.report.BestRangeReport;
import dsa.cli.compare.FigureOptions.NamedTable;
import dsa.cli.console.Completion;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.cli.population.PopulationArguments;
import dsa.core.run.Population;
import dsa.figures.table.BestRangeTable;
import dsa.figures.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which parameter values good models have. */
@Command(
    name = "best-range",
    description = {
      "Say which depths, widths and costs the good models of a space have.",
      "",
      "The empirical bootstrap of the RegNet paper: draw a share of the models with replacement,"
          + " keep the best, repeat; the range holds 95 %% of the winners' values, the middle is"
          + " their median. Beside the simulation stands its limit of infinitely many searches, in"
          + " closed form."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa best-range resnet.csv",
      "  dsa best-range resnet.csv --share 0.1 --seed 7 --format latex",
      "",
      "Reads: a population file, or a foreign CSV table whose columns are recognised.",
      "Writes: nothing, or with -o DIR index.md, report.json and the table ranges."
    })
public final class BestRangeCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "POPULATION",
      completionCandidates = Completion.Populations.class,
      description = "A file, a sweep's folder, a name, or name=file.")
  private String argument;

  @Option(
      names = "--share",
      paramLabel = "S",
      defaultValue = "0.25",
      description = "Share of the models drawn for one search. Default: ${DEFAULT-VALUE}.")
  private double share;

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "2500",
      description = "Searches. Default: ${DEFAULT-VALUE}.")
  private int searches;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Share of the winners inside the range. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of the searches. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public BestRangeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Require.that(share > 0 && share <= 1, spec, "--share " + share + " is outside (0, 1]");
    Require.within("--searches", searches, 1, Require.MOST_TIMES, spec);
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    figures.check(List.of());
    Population population = PopulationArguments.load(List.of(argument), spec, console).get(0);
    BestRangeReport report = BestRangeReport.of(population, share, searches, level, seed);
    Table ranges = BestRangeTable.of(report);
    figures.write(
        report.json(), List.of(new NamedTable("ranges", ranges, ranges)), List.of(), console);
    console
        .out()
        .print(output.format() == OutputFormat.JSON ? report.json() : output.render(ranges));
    return ExitCode.OK;
  }
}
