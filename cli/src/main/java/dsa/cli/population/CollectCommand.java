package dsa.cli.population;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dsa.cli.console.Completion;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.core.io.PopulationCsv;
import dsa.core.run.ErrorKind;
import dsa.core.run.Metric;
import dsa.core.run.Populations;
import dsa.core.run.ProvenanceSummary;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.populations.SweepRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a population of a sweep's runs. */
@Command(
    name = "collect",
    description = {
      "Make a population of the runs of a sweep, finished or still running.",
      "",
      "Runs of one network become one model with their mean error; diverged runs are models without"
          + " an error; failed runs are no models. The same results give the same file, in whatever"
          + " order they came in and however often the sweep was interrupted."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa collect runs/resnet -o resnet.csv",
      "  dsa collect runs/resnet --error last --name resnet-last -o resnet-last.csv",
      "",
      "Reads: the folder of a sweep, or a run log.  Writes: a population file."
    })
public final class CollectCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUNS", description = "Folder of the sweep, or a run log.")
  private Path path;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the population goes.")
  private Path file;

  @Option(
      names = "--error",
      paramLabel = "KIND",
      description =
          "Which test error of a run: min (smallest over the epochs, as in the NDS figures), last,"
              + " or validated (after the epoch with the smallest error on held-out images)."
              + " Default: min.")
  private Optional<ErrorKind> error = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      defaultValue = "test-error",
      converter = MetricConverter.class,
      completionCandidates = Completion.Metrics.class,
      description =
          "What of a run: test-error, train-loss (training loss of the last epoch), or"
              + " train-loss-sum (sum of the epochs' training losses). Default: ${DEFAULT-VALUE}.")
  private Metric metric;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the population. Default: the folder's.")
  private Optional<String> name = Optional.empty();

  @Mixin private OutputOptions output;

  /** The command, speaking to {@code console}. */
  public CollectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Require.that(
        error.orElse(ErrorKind.MIN) != ErrorKind.UNSTATED,
        spec,
        "--error unstated: a run's is min, last or validated");
    Require.that(
        error.isEmpty() || !metric.isLoss(),
        spec,
        "--error chooses a test error, and --metric " + metric.label() + " takes none");
    SweepRuns runs = SweepRuns.open(path);
    String population = name.orElse(runs.name());
    Populations.Collected collected =
        metric.isLoss()
            ? runs.collect(population, metric)
            : runs.collect(population, error.orElse(ErrorKind.MIN));
    PopulationCsv.write(file, collected.population());
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      out.println(json(runs, collected));
    } else {
      out.print(output.render(table(runs, collected)));
    }
    PrintWriter err = console.err();
    runs.warning().ifPresent(err::println);
    if (runs.missing() > 0) {
      err.println(
          "not all is in: "
              + runs.missing()
              + " of "
              + runs.networks()
              + " networks have no result yet; collect again when they have");
    }
    err.println("written: " + file);
    return ExitCode.OK;
  }

  private static Table table(SweepRuns runs, Populations.Collected collected) {
    ProvenanceSummary circumstances = collected.circumstances();
    return Table.of(
            Column.text("population"),
            Column.count("networks"),
            Column.count("results"),
            Column.count("diverged"),
            Column.count("failed"),
            Column.count("missing"),
            Column.count("merged"),
            Column.count("models"))
        .row(
            collected.population().name(),
            runs.networks(),
            circumstances.results(),
            circumstances.diverged(),
            circumstances.failed(),
            runs.missing(),
            collected.merged(),
            collected.population().models().size())
        .build();
  }

  private String json(SweepRuns runs, Populations.Collected collected) {
    ProvenanceSummary circumstances = collected.circumstances();
    return JsonNodeFactory.instance
        .objectNode()
        .put("format", "dsa.collection/1")
        .put("name", collected.population().name())
        .put("networks", runs.networks())
        .put("results", circumstances.results())
        .put("diverged", circumstances.diverged())
        .put("failed", circumstances.failed())
        .put("missing", runs.missing())
        .put("merged", collected.merged())
        .put("models", collected.population().models().size())
        .put("source", collected.population().origin().source())
        .put("file", file.toString())
        .toPrettyString();
  }
}
