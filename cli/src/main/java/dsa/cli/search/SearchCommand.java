package dsa.cli.search;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.Require;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.figures.table.TextTable;
import dsa.search.Setting;
import dsa.search.StrategyType;
import dsa.search.strategy.Strategies;
import java.io.IOException;
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
    options.run(List.of(SearchOptions.contender(strategy.orElseThrow())), spec, console);
    return ExitCode.OK;
  }
}
