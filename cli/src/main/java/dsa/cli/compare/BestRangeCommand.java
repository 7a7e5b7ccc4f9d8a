package dsa.cli.compare;

import dsa.analysis.report.BestRangeReport;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Population;
import dsa.figures.BestRangeFigure;
import dsa.figures.table.BestRangeTable;
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
      "Say which depths, widths, costs and settings the good models of a space have.",
      "",
      "The empirical bootstrap of the RegNet paper: draw a share of the models with replacement,"
          + " keep the best, repeat; the range holds 95 %% of the winners' values, between them is"
          + " their median, which the paper calls the best value. Beside the simulation stands its"
          + " limit of infinitely many searches, in closed form. Any column of numbers has a range:"
          + " costs, depth, width, d1, w1, ..., and the settings that a file holds, such as lr."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa best-range resnet.csv",
      "  dsa best-range resnet.csv --share 0.1 --seed 7 --format latex",
      "  dsa best-range sweep.json --of lr,wd --where 'epochs>=50' -o figures",
      "",
      "Reads: a population, or a table whose columns are recognised.",
      "Writes: nothing, or with -o DIR a figure for each column, best-range-COLUMN: error against"
          + " the column, the range shaded."
    })
public final class BestRangeCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private String argument;

  @Option(
      names = "--of",
      paramLabel = "COLUMN",
      split = ",",
      description = "The columns whose ranges are asked for. Default: all of numbers.")
  private List<String> columns = List.of();

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

  @Mixin private PopulationOptions selection;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public BestRangeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Require.that(share > 0 && share <= 1, spec, "--share " + share + " is outside (0, 1]");
    Require.that(searches >= 1, spec, "--searches " + searches + " is below 1");
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    Population population =
        PopulationArguments.load(List.of(argument), selection, spec, console).get(0);
    BestRangeReport report = BestRangeReport.of(population, columns, share, searches, level, seed);
    if (figures.folder().isPresent()) {
      for (BestRangeReport.ParameterRange range : report.parameters()) {
        figures.write(
            "best-range-" + range.parameter().replaceAll("[^A-Za-z0-9._-]+", "-"),
            BestRangeFigure.of(report, range));
      }
      figures.tell(console);
    }
    console
        .out()
        .print(
            output.format() == OutputFormat.JSON
                ? report.json()
                : output.render(BestRangeTable.of(report)));
    return ExitCode.OK;
  }
}
