package dsa.cli.search;

import dsa.analysis.report.ParetoReport;
import dsa.cli.compare.FigureOptions;
import dsa.cli.compare.ResamplingOptions;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.console.Require;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.Quantity;
import dsa.figures.search.FrontFigure;
import dsa.figures.table.ParetoTables;
import dsa.figures.table.Table;
import dsa.populations.TrainedNetworks;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the fronts of error against cost that spaces offer. */
@Command(
    name = "pareto",
    description = {
      "Show the front of error against a cost that each space offers: networks that no other beats"
          + " at both.",
      "",
      "Hypervolumes are exact, as a share of the rectangle up to a reference. Spaces are compared by"
          + " samples of one size. Where networks were trained several times, the front is that of"
          + " the means, and 'optimism' says how much too good the front of one training looks."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa pareto nas-bench-macro_cifar10.csv --cost flops --reference 105660928:30",
      "  dsa pareto resnet.csv resnext-a.csv --cost params --under 0.2M,0.5M -o out",
      "",
      "Reads: populations, sweeps, tables of trained networks; FILE+FILE are trainings of the same"
          + " networks.",
      "Writes: nothing, or with -o DIR the figure pareto-front.",
      "Prints: as csv the fronts; as json everything."
    })
public final class ParetoCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "POPULATION",
      description =
          "A file, a sweep's folder, a name, or name=file; several trainings joined by +.")
  private List<String> populations;

  @Option(
      names = "--cost",
      paramLabel = "MEASURE",
      defaultValue = "flops",
      description = "params, flops or activations. Default: ${DEFAULT-VALUE}.")
  private String cost;

  @Option(
      names = "--reference",
      paramLabel = "COST:PCT",
      description =
          "Where hypervolumes are measured from. Default: the largest cost and what 99 %% of the"
              + " errors stay below.")
  private Optional<String> reference = Optional.empty();

  @Option(
      names = "--epsilon-hull",
      paramLabel = "E",
      defaultValue = "0.025",
      description =
          "How far above the hull, as a share of its error, is near. Default: ${DEFAULT-VALUE}.")
  private double epsilon;

  @Option(
      names = "--sample",
      paramLabel = "M",
      description = "Networks of a sample. Default: as many as the smallest population has.")
  private Optional<Integer> sample = Optional.empty();

  @Option(
      names = "--under",
      paramLabel = "COST",
      split = ",",
      description = "Name the best network up to these costs, such as 0.5M.")
  private List<String> under = List.of();

  @Option(
      names = "--target",
      paramLabel = "COST",
      description = "Name the best network by MnasNet's reward with this target, hard and soft.")
  private Optional<String> target = Optional.empty();

  @Mixin private ResamplingOptions resampling;
  @Mixin private OutputOptions output;
  @Mixin private FigureOptions figures;

  /** The command, speaking to {@code console}. */
  public ParetoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    resampling.check(spec);
    Require.that(epsilon >= 0, spec, "--epsilon-hull " + epsilon + " is below 0");
    Require.that(sample.orElse(1) >= 1, spec, "--sample " + sample.orElse(1) + " is below 1");
    OptionalDouble referenceCost = OptionalDouble.empty();
    OptionalDouble referenceError = OptionalDouble.empty();
    if (reference.isPresent()) {
      String[] parts = reference.get().split(":", -1);
      Require.that(
          parts.length == 2 && parts[1].matches("[0-9]+([.][0-9]+)?"),
          spec,
          "--reference " + reference.get() + " is not COST:PCT, such as 0.5M:30");
      referenceCost = OptionalDouble.of(quantity(parts[0]));
      referenceError = OptionalDouble.of(Double.parseDouble(parts[1]));
    }
    List<ParetoReport.Source> sources = new ArrayList<>();
    for (String each : populations) {
      sources.add(source(each));
    }
    ParetoReport report =
        ParetoReport.of(
            sources,
            new ParetoReport.Settings(
                ComplexityMeasure.parse(cost),
                referenceCost,
                referenceError,
                epsilon,
                sample,
                under.stream().map(ParetoCommand::quantity).toList(),
                target.isPresent()
                    ? OptionalDouble.of(quantity(target.get()))
                    : OptionalDouble.empty(),
                resampling.level(),
                resampling.resamples(),
                resampling.seed()));
    if (figures.folder().isPresent()) {
      figures.write("pareto-front", FrontFigure.of(report));
      figures.tell(console);
    }
    print(report, console.out());
    return ExitCode.OK;
  }

  private static double quantity(String text) {
    double value = Quantity.parse(text);
    if (!(value > 0)) {
      throw new IllegalArgumentException("'" + text + "' is not a cost above 0, such as 0.5M");
    }
    return value;
  }

  private ParetoReport.Source source(String text) throws IOException {
    int equals = text.indexOf('=');
    boolean named = equals > 0;
    TrainedNetworks trained =
        TrainedNetworks.open(List.of((named ? text.substring(equals + 1) : text).split("[+]", -1)));
    trained.remarks().forEach(remark -> console.err().println(text + ": " + remark));
    return new ParetoReport.Source(
        named ? text.substring(0, equals) : trained.name(), trained.networks());
  }

  private void print(ParetoReport report, PrintWriter out) {
    switch (output.format()) {
      case JSON -> out.print(report.json());
      case CSV -> out.print(output.render(ParetoTables.fronts(report)));
      default -> {
        if (output.format() == OutputFormat.TEXT) {
          out.println(report.conditions());
          out.println();
        }
        out.print(output.render(ParetoTables.spaces(report)));
        next(ParetoTables.fronts(report), out);
        next(ParetoTables.under(report), out);
        next(ParetoTables.rewards(report), out);
        next(ParetoTables.pairs(report), out);
        if (output.format() == OutputFormat.TEXT && !report.findings().isEmpty()) {
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
