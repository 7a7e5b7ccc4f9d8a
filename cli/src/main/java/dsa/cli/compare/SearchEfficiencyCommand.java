package dsa.cli.compare;

import dsa.analysis.report.RandomSearchReport;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Population;
import dsa.figures.RandomSearchFigure;
import dsa.figures.table.RandomSearchTable;
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

/** Says what random search finds in each space. */
@Command(
    name = "search-efficiency",
    description = {
      "Say how good the best of m randomly drawn models is, for each space.",
      "",
      "Exact, from the weighted EDF; nothing is simulated. The band holds the result of one search"
          + " of m models: it is a prediction, not the uncertainty of the mean. 'matches' is the"
          + " number of models a search of the first space needs to be as good on average."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa search-efficiency resnet.csv resnext-a.csv",
      "  dsa search-efficiency resnet.csv --given none --without-replacement --budgets 10,100,1000",
      "",
      "Reads: population files, or foreign CSV tables whose columns are recognised.",
      "Writes: nothing, or with -o DIR the figure random-search-prediction and its data."
    })
public final class SearchEfficiencyCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Option(
      names = "--budgets",
      paramLabel = "M",
      split = ",",
      defaultValue = "1,2,4,8,16,32,64,128,256,512",
      description = "Models per search. Default: ${DEFAULT-VALUE}.")
  private List<Long> budgets;

  @Option(
      names = "--without-replacement",
      description = "Draw no model twice; for equal weights only (--given none).")
  private boolean withoutReplacement;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Of the band. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Mixin private PopulationOptions selection;

  @Mixin private NormalizationOptions options;
  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public SearchEfficiencyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Require.that(
        !withoutReplacement || options.given().isEmpty(),
        spec,
        "draws without replacement are defined for equal weights; add --given none");
    for (long m : budgets) {
      Require.that(m >= 1, spec, "--budgets " + m + " is below 1");
    }
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    options.check(spec);
    List<Population> loaded = PopulationArguments.load(populations, selection, spec, console);
    RandomSearchReport report =
        RandomSearchReport.of(options.weighted(loaded), budgets, level, withoutReplacement);
    if (figures.folder().isPresent()) {
      figures.write("random-search-prediction", RandomSearchFigure.of(report));
      figures.tell(console);
    }
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      out.print(report.json());
      return ExitCode.OK;
    }
    String table = output.render(RandomSearchTable.of(report));
    if (output.format() == OutputFormat.TEXT) {
      out.println(report.conditions());
      out.println();
    }
    out.print(table);
    out.print(output.notes(report.warnings()));
    return ExitCode.OK;
  }
}
