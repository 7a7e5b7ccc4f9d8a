package dsa.cli.search;

import dsa.analysis.report.SearchReport;
import dsa.cli.compare.FigureOptions;
import dsa.cli.compare.ResamplingOptions;
import dsa.cli.console.Console;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.figures.search.TrajectoryFigure;
import dsa.figures.table.SearchTables;
import dsa.figures.table.Table;
import dsa.populations.TrainedNetworks;
import dsa.sampler.spaces.Spaces;
import dsa.search.Budget;
import dsa.search.BudgetUnit;
import dsa.search.ChoiceSpace;
import dsa.search.strategy.Strategies;
import dsa.search.study.Contender;
import dsa.search.study.SearchStudy;
import dsa.search.table.EnumeratedTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** On what strategies run and how often; shared by the commands that run them. */
final class SearchOptions {

  @Option(
      names = "--on",
      paramLabel = "FILE",
      split = ",",
      description =
          "Trained networks of a whole space: NAS-Bench-Macro's CSV or JSON, or populations and"
              + " sweeps, several being trainings of the same networks.")
  private List<String> on = List.of();

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      description = "The design space they are all of; known of NAS-Bench-Macro.")
  private Optional<String> space = Optional.empty();

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "200",
      description = "What one search may spend. Default: ${DEFAULT-VALUE}.")
  private double budget;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      defaultValue = "evaluations",
      description =
          "Of the budget: evaluations, epochs or mac-epochs (10^9 multiply-adds times epochs)."
              + " Default: ${DEFAULT-VALUE}.")
  private String unit;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "500",
      description = "Searches of each strategy. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--signal",
      paramLabel = "RUN",
      defaultValue = "random",
      description =
          "Which training of a network a search is told of: its number, or random, one for each"
              + " search. What is reported is the mean of all. Default: ${DEFAULT-VALUE}.")
  private String signal;

  @Option(
      names = "--checkpoints",
      paramLabel = "N",
      split = ",",
      description = "Places of the budget to report. Default: 1,2,5,10,… and the budget.")
  private List<Double> checkpoints = List.of();

  @Option(names = "--free-repeats", description = "Let asking again about a network cost nothing.")
  private boolean freeRepeats;

  @Option(
      names = "--most-repeats",
      paramLabel = "N",
      defaultValue = "" + Budget.MOST_REPEATS,
      description = "Repeats in a row that end a search. Default: ${DEFAULT-VALUE}.")
  private int mostRepeats;

  @Option(
      names = "--reference-error",
      paramLabel = "PCT",
      description =
          "Where hypervolumes are measured from, with the largest cost. Default: what 99 % of the"
              + " networks stay below.")
  private Optional<Double> referenceError = Optional.empty();

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description =
          "Keep a log of each search here; the same command then goes on where it was interrupted.")
  private Optional<Path> logs = Optional.empty();

  @Mixin private ResamplingOptions resampling;
  @Mixin private OutputOptions output;
  @Mixin private FigureOptions figures;

  /**
   * A strategy as it is typed: {@code name} or {@code name:setting=value,…}.
   *
   * @throws IllegalArgumentException if there is no such strategy or setting
   */
  static Contender contender(String text) {
    int colon = text.indexOf(':');
    Map<String, String> settings = new LinkedHashMap<>();
    if (colon >= 0) {
      for (String each : text.substring(colon + 1).split(",", -1)) {
        int equals = each.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "'" + text + "' is not NAME or NAME:SETTING=VALUE,SETTING=VALUE");
        }
        settings.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return new Contender(Strategies.find(colon < 0 ? text : text.substring(0, colon)), settings);
  }

  /** Runs the strategies, and prints and draws what they come to. */
  void run(List<Contender> contenders, CommandSpec spec, Console console) throws IOException {
    resampling.check(spec);
    Require.that(!on.isEmpty(), spec, "--on is missing: name a file of trained networks");
    Require.that(budget > 0 && budget <= 1e9, spec, "--budget " + budget + " is not in (0, 1e9]");
    Require.that(
        repeats >= 1 && repeats <= 1_000_000,
        spec,
        "--repeats " + repeats + " is not 1 to 1000000");
    Require.that(mostRepeats >= 1, spec, "--most-repeats " + mostRepeats + " is below 1");
    for (double place : checkpoints) {
      Require.that(
          place > 0 && place <= budget, spec, "--checkpoints " + place + " is not in the budget");
    }
    BudgetUnit counted = BudgetUnit.parse(unit);
    Require.that(
        counted != BudgetUnit.SECONDS,
        spec,
        "--unit seconds: tables of networks hold no training times");
    EnumeratedTable table = table(contenders, console);
    SearchStudy study =
        SearchStudy.on(
                table, new Budget(counted, budget, freeRepeats, mostRepeats), resampling.seed())
            .with(EnumeratedTable.Signal.parse(signal))
            .withRepeats(repeats)
            .withIntervals(resampling.level(), resampling.resamples());
    if (!checkpoints.isEmpty()) {
      study = study.withCheckpoints(checkpoints);
    }
    if (referenceError.isPresent()) {
      study = study.withReferenceError(referenceError.get());
    }
    if (logs.isPresent()) {
      study = study.withLogs(logs.get());
    }
    SearchReport report;
    try {
      report = study.run(contenders);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (figures.folder().isPresent()) {
      figures.write("search-regret", TrajectoryFigure.regret(report));
      if (report.strategies().stream().anyMatch(each -> !each.volume().isEmpty())) {
        figures.write("search-hypervolume", TrajectoryFigure.volume(report));
      }
      figures.tell(console);
    }
    print(report, console.out());
  }

  /** All of the space where strategies need it or it is known; else the networks as a sample. */
  private EnumeratedTable table(List<Contender> contenders, Console console) throws IOException {
    TrainedNetworks trained = TrainedNetworks.open(on);
    trained
        .remarks()
        .forEach(remark -> console.err().println(String.join(",", on) + ": " + remark));
    int epochs = trained.epochs().orElse(1);
    Optional<String> of = space.or(trained::space);
    boolean neighbours = contenders.stream().anyMatch(each -> each.type().neighbours());
    if (of.isEmpty()) {
      if (neighbours) {
        throw new IllegalArgumentException(
            trained.name()
                + ": it is not known which space these networks are all of; say it with --space, or"
                + " replay random search alone");
      }
      return EnumeratedTable.sample(trained.name(), trained.networks(), epochs);
    }
    try {
      return EnumeratedTable.of(ChoiceSpace.of(Spaces.find(of.get())), trained.networks(), epochs);
    } catch (EnumeratedTable.IncompleteException e) {
      if (neighbours) {
        throw e;
      }
      return EnumeratedTable.sample(trained.name(), trained.networks(), epochs);
    }
  }

  private void print(SearchReport report, PrintWriter out) {
    switch (output.format()) {
      case JSON -> out.print(report.json());
      case CSV -> out.print(output.render(SearchTables.trajectories(report)));
      default -> {
        if (output.format() == OutputFormat.TEXT) {
          report.setting().forEach(out::println);
          out.println();
        }
        out.print(output.render(SearchTables.atBudget(report)));
        next(SearchTables.trajectories(report), out);
        next(SearchTables.pairs(report), out);
        next(SearchTables.stops(report), out);
        if (output.format() == OutputFormat.TEXT) {
          out.println();
          report.findings().forEach(out::println);
        }
        out.print(output.notes(report.warnings()));
      }
    }
  }

  /** A table after an empty line, if it says anything. */
  private void next(Table table, PrintWriter out) {
    if (table.size() > 0) {
      out.println();
      out.print(output.render(table));
    }
  }
}
