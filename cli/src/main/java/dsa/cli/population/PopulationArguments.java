package dsa.cli.population;

import dsa.cli.console.Console;
import dsa.cli.console.Remedies;
import dsa.core.io.Remark;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.populations.OpenedPopulation;
import dsa.populations.PopulationSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Loads the populations that a command is given; what is remarkable goes to standard error. */
public final class PopulationArguments {

  private PopulationArguments() {}

  /** Test errors of all of them. */
  public static List<Population> load(List<String> arguments, CommandSpec command, Console console)
      throws IOException {
    return load(arguments, Optional.of(Metric.TEST_ERROR), command, console);
  }

  /** All of them, of this metric or each of its own. */
  public static List<Population> load(
      List<String> arguments, Optional<Metric> metric, CommandSpec command, Console console)
      throws IOException {
    return loadAll(arguments, metric, command, console).stream()
        .map(OpenedPopulation::population)
        .toList();
  }

  /** The same, with what is known about their runs. */
  public static List<OpenedPopulation> loadAll(
      List<String> arguments, Optional<Metric> metric, CommandSpec command, Console console)
      throws IOException {
    List<PopulationSource> sources = new ArrayList<>();
    for (String argument : arguments) {
      sources.add(PopulationSource.open(argument));
    }
    List<OpenedPopulation> opened = PopulationSource.readAll(sources, metric);
    for (OpenedPopulation each : opened) {
      for (Remark remark : each.remarks()) {
        console.err().println(each.from() + ": " + Remedies.sentence(remark, command));
      }
    }
    return opened;
  }
}
