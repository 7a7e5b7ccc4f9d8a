package dsa.cli.population;

import dsa.cli.console.Console;
import dsa.cli.console.Remedies;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.io.Remark;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.populations.FlopsAlike;
import dsa.populations.OpenedPopulation;
import dsa.populations.PopulationSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Loads the populations that a command is given; what is remarkable goes to standard error. */
public final class PopulationArguments {

  private PopulationArguments() {}

  /** Test errors of all of them. */
  public static List<Population> load(
      List<String> arguments, PopulationOptions options, CommandSpec command, Console console)
      throws IOException {
    return load(arguments, Optional.of(Metric.TEST_ERROR), options, command, console);
  }

  /** All of them, of this metric or each of its own. */
  public static List<Population> load(
      List<String> arguments,
      Optional<Metric> metric,
      PopulationOptions options,
      CommandSpec command,
      Console console)
      throws IOException {
    return loadAll(arguments, metric, options, command, console).stream()
        .map(OpenedPopulation::population)
        .toList();
  }

  /** The same, with what is known about their runs. */
  public static List<OpenedPopulation> loadAll(
      List<String> arguments,
      Optional<Metric> metric,
      PopulationOptions options,
      CommandSpec command,
      Console console)
      throws IOException {
    List<PopulationSource> sources = new ArrayList<>();
    for (String argument : arguments) {
      sources.add(PopulationSource.open(argument));
    }
    List<OpenedPopulation> opened = PopulationSource.readAll(sources, metric);
    if (holdsFlopsFixed(command)) {
      opened = FlopsAlike.of(opened);
    }
    List<OpenedPopulation> selected = new ArrayList<>();
    boolean shortened = false;
    for (OpenedPopulation each : opened) {
      boolean all = options.recognition() && !each.details().isEmpty();
      shortened |= !all && !each.details().isEmpty();
      for (Remark remark : all ? each.details() : each.remarks()) {
        console.err().println(each.from() + ": " + Remedies.sentence(remark, command));
      }
      OpenedPopulation chosen = each.selected(options.selection());
      options
          .selection()
          .remark(each.population(), chosen.population())
          .ifPresent(remark -> console.err().println(each.from() + ": " + remark));
      selected.add(chosen);
    }
    if (shortened) {
      console.err().println("--recognition says all that was recognised in tables");
    }
    return selected;
  }

  private static boolean holdsFlopsFixed(CommandSpec command) {
    OptionSpec given = command.findOption("--given");
    return given != null && given.originalStringValues().contains(ComplexityMeasure.FLOPS.label());
  }
}
