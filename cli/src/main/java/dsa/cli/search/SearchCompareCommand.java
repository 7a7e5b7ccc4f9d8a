package dsa.cli.search;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.search.study.Contender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares strategies on one table within one budget. */
@Command(
    name = "search-compare",
    description = {
      "Compare search strategies on one table within one budget: what they find on the way, in pairs"
          + " at the end, and how many random draws each is worth. Random search always takes part.",
      "",
      "The i-th searches of all strategies have one seed: they begin with the same draws and are told"
          + " the same of the same network. P-values are of Wilcoxon's signed-rank test over these"
          + " pairs, adjusted by Holm; P(a better) is the effect size A12. Choose settings before"
          + " you look, or on another table."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa search-compare rea local-search --on nas-bench-macro_cifar10.csv --budget 200",
      "  dsa search-compare rea rea:population=20,tournament=5 --on seed-1,seed-2 --space mnasnet-mini",
      "",
      "Reads: tables of trained networks, populations, sweeps.",
      "Writes: nothing, or with -o DIR the figures search-regret and search-hypervolume."
    })
public final class SearchCompareCommand implements Callable<Integer> {

  private static final String BASELINE = "random";

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "STRATEGY",
      description = "Names, or NAME:SETTING=VALUE,SETTING=VALUE; 'dsa search --list' lists them.")
  private List<String> strategies;

  @Mixin private SearchOptions options;

  /** The command, speaking to {@code console}. */
  public SearchCompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Contender> contenders = new ArrayList<>();
    for (String each : strategies) {
      contenders.add(SearchOptions.contender(each));
    }
    if (contenders.stream().noneMatch(each -> each.type().name().equals(BASELINE))) {
      contenders.add(0, SearchOptions.contender(BASELINE));
    }
    options.run(contenders, spec, console);
    return ExitCode.OK;
  }
}
