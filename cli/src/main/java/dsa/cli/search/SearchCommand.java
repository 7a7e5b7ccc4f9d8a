package dsa.cli.search;

import dsa.analysis.report.search.LiveSearchReport;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.Require;
import dsa.cli.train.DataOption;
import dsa.cli.train.EngineOption;
import dsa.figures.table.Column;
import dsa.figures.table.LiveSearchTable;
import dsa.figures.table.Table;
import dsa.figures.table.TextTable;
import dsa.search.Setting;
import dsa.search.StrategyType;
import dsa.search.strategy.Strategies;
import dsa.search.study.Contender;
import dsa.trainer.recipe.TrainingRecipes;
import dsa.trainer.sweep.SweepOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a strategy finds, against random search. */
@Command(
    name = "search",
    description = {
      "Say what a search strategy finds in a design space whose every network is trained, and how"
          + " many random draws that is worth.",
      "",
      "A search is told the error of one training of a network; what it found is reported as the"
          + " mean of all trainings. On a mere sample of a space random search alone can be replayed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa search --list",
      "  dsa search rea --on nas-bench-macro_cifar10.csv --budget 200 --repeats 500",
      "  dsa search rea:population=8,tournament=3 --live --space mnasnet-mini --recipe cpu-mini"
          + " --runs runs/rea --budget 20 --repeats 3",
      "  dsa search mdenas:record=mean,epochs=500 --on nas-bench-macro_cifar10.csv -o out",
      "",
      "Reads: tables of trained networks, populations, sweeps.",
      "Writes: nothing, or with -o DIR the figures search-regret and search-hypervolume."
    })
public final class SearchCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "STRATEGY",
      description = "Its name, or NAME:SETTING=VALUE,SETTING=VALUE; see --list.")
  private Optional<String> strategy = Optional.empty();

  @Option(names = "--list", description = "List the strategies and what may be set, and end.")
  private boolean list;

  @Option(
      names = "--live",
      description =
          "Train the networks of --space instead of looking them up; needs --recipe and --runs."
              + " One evaluation is one training, so name a small --budget.")
  private boolean live;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description = "With --live: a built-in recipe or a recipe file.")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description =
          "With --live: where sweeps and logs are kept; the same command goes on where it was"
              + " interrupted.")
  private Optional<Path> runs = Optional.empty();

  @Option(
      names = "--again",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "With --live: train what a search found so often from other seeds; their mean is what is"
              + " reported. Default: ${DEFAULT-VALUE}.")
  private int again;

  @Mixin private EngineOption engine;
  @Mixin private DataOption data;

  @Mixin private SearchOptions options;

  /** The command, speaking to {@code console}. */
  public SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Table.Builder table =
          Table.of(
              Column.text("strategy"),
              Column.text("setting"),
              Column.text("default"),
              Column.text("meaning"));
      for (StrategyType type : Strategies.ALL) {
        table.row(type.name(), "", "", type.description());
        for (Setting setting : type.settings()) {
          table.row(
              "",
              setting.name(),
              setting.standard(),
              setting.words().isEmpty()
                  ? setting.meaning()
                  : setting.meaning() + ": " + String.join(", ", setting.words()));
        }
      }
      console.out().print(TextTable.of(table.build()));
      return ExitCode.OK;
    }
    Require.that(strategy.isPresent(), spec, "which strategy? --list lists them");
    Contender contender = SearchOptions.contender(strategy.orElseThrow());
    if (live) {
      live(contender);
    } else {
      options.run(List.of(contender), spec, console);
    }
    return ExitCode.OK;
  }

  private void live(Contender contender) throws IOException {
    engine.check(spec);
    Require.that(!options.hasTable(), spec, "--live trains networks, --on looks them up");
    Require.that(
        options.space().isPresent() && recipe.isPresent() && runs.isPresent(),
        spec,
        "--live needs --space, --recipe and --runs");
    Require.that(again >= 0 && again <= 100, spec, "--again " + again + " is not 0 to 100");
    LiveSearchReport report =
        new LiveSearch(
                contender,
                options.space().orElseThrow(),
                TrainingRecipes.find(recipe.orElseThrow()),
                SweepOptions.withDefaults()
                    .withEngine(engine.choice())
                    .withWorkers(1)
                    .withImages(data.folder()),
                runs.orElseThrow(),
                options.budget(spec),
                options.repeats(1),
                again,
                options.seed())
            .run(console);
    if (options.output().format() == OutputFormat.JSON) {
      console.out().print(report.json());
      return;
    }
    console.out().print(options.output().render(LiveSearchTable.of(report)));
    console.out().print(options.output().notes(report.warnings()));
  }
}
