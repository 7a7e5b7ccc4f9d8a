package dsa.cli.compare;

import dsa.analysis.association.Replicates;
import dsa.analysis.report.AgreementReport;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.cli.population.MetricOption;
import dsa.cli.population.PopulationArguments;
import dsa.cli.population.PopulationOptions;
import dsa.core.run.Metric;
import dsa.figures.table.AgreementTables;
import dsa.figures.table.Table;
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

/** Says how far several trainings of the same networks agree. */
@Command(
    name = "agreement",
    description = {
      "Say how far populations order the networks that they share alike: under another recipe,"
          + " another seed, another machine.",
      "",
      "Networks are matched by their architecture. Rank correlations (Kendall's tau-b, Spearman's"
          + " rho) have bootstrap percentile intervals over networks. Populations of one recipe,"
          + " data set and kind of error are taken for replicates, unless they are known to be of"
          + " one seed: for them the standard deviation of one network's error from training to"
          + " training, that of the networks' mean errors, and the reliability of a single"
          + " training, ICC(1): the share of its variance that lies between networks.",
      "",
      "With --over-epochs: how far the order of networks after each epoch of their trainings is that"
          + " of the end, among all, the best fifth and the best tenth, and whether early ranking may"
          + " be trusted; against the same trainings and against others of the same networks."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa agreement short.csv long.csv",
      "  dsa agreement runs/seed-1 runs/seed-2 runs/seed-3 --format json",
      "  dsa agreement --over-epochs vanilla resnet resnext-a",
      "",
      "Reads: populations.  Writes: nothing.",
      "Prints: as csv the table of the pairs; as json everything."
    })
public final class AgreementCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Mixin private ResamplingOptions resampling;

  @Mixin private PopulationOptions selection;

  @Mixin private MetricOption metric;

  @Option(
      names = "--over-epochs",
      description =
          "Rank networks by every epoch, by the --metric; of sweeps and what comes with the program.")
  private boolean overEpochs;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public AgreementCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    resampling.check(spec);
    if (overEpochs) {
      OverEpochs.run(
          populations,
          metric.metric().orElse(Metric.TEST_ERROR),
          resampling,
          output,
          figures,
          console);
      return ExitCode.OK;
    }
    Require.that(
        populations.size() >= 2, spec, "one population agrees with itself; name two or more");
    List<Replicates.Trained> loaded =
        PopulationArguments.loadAll(populations, metric.metric(), selection, spec, console).stream()
            .map(
                each ->
                    new Replicates.Trained(each.population(), each.from(), each.circumstances()))
            .toList();
    AgreementReport report =
        AgreementReport.of(loaded, resampling.level(), resampling.resamples(), resampling.seed());
    report.notOfGroups().forEach(console.err()::println);
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.print(report.json());
      case CSV -> out.print(output.render(AgreementTables.pairData(report)));
      default -> {
        out.print(output.render(AgreementTables.pairs(report)));
        print(AgreementTables.givenParams(report), out);
        print(AgreementTables.replicates(report), out);
        if (output.format() == OutputFormat.TEXT) {
          tell(report, out);
        }
        out.print(output.notes(report.warnings()));
      }
    }
    return ExitCode.OK;
  }

  /** A table after an empty line, if it says anything. */
  private void print(Table table, PrintWriter out) {
    if (table.size() > 0) {
      out.println();
      out.print(output.render(table));
    }
  }

  private void tell(AgreementReport report, PrintWriter out) {
    out.println();
    out.println(
        "Intervals: "
            + resampling.level()
            + ", "
            + resampling.resamples()
            + " resamples of networks, seed "
            + resampling.seed()
            + ". Models that diverged to no error count as the error of guessing ("
            + report.withoutError()
            + " in these pairs).");
  }
}
