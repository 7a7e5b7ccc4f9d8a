package dsa.cli.compare;

import dsa.analysis.report.RankMapReport;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputOptions;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Population;
import dsa.figures.RankMapFigure;
import dsa.figures.table.RankMapTable;
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

/** Shows where in the plane of two settings the good models are. */
@Command(
    name = "rank-map",
    description = {
      "Show where in the plane of two settings, such as learning rate and weight decay, the good"
          + " models are.",
      "",
      "Models are ranked by their errors and put into fifths, from the best to the worst. The table"
          + " has the quartiles of both settings in each fifth; the figure has every model, darker"
          + " the better it ranks, as figure 12 of the NDS paper. Any two columns of numbers will"
          + " do: settings that the file holds, costs, depth, width, d1, w1, ..."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa rank-map sweep.json -x lr -y wd -o figures",
      "  dsa rank-map trials.csv -x params_lr -y params_weight_decay --where 'epochs>=50'",
      "",
      "Reads: a population, or a table whose columns are recognised.",
      "Writes: nothing, or with -o DIR the figure rank-map and its data.",
      "Prints: as csv one row a model; as json everything."
    })
public final class RankMapCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private String argument;

  @Option(
      names = "-x",
      paramLabel = "COLUMN",
      required = true,
      description = "The setting on the horizontal axis.")
  private String x;

  @Option(
      names = "-y",
      paramLabel = "COLUMN",
      required = true,
      description = "The setting on the vertical axis.")
  private String y;

  @Mixin private PopulationOptions selection;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public RankMapCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Population population =
        PopulationArguments.load(List.of(argument), selection, spec, console).get(0);
    RankMapReport report = RankMapReport.of(population, x, y);
    if (figures.folder().isPresent()) {
      figures.write("rank-map", RankMapFigure.of(report));
      figures.tell(console);
    }
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.print(report.json());
      case CSV -> out.print(output.render(RankMapTable.points(report)));
      default -> out.print(output.render(RankMapTable.of(report)));
    }
    return ExitCode.OK;
  }
}
