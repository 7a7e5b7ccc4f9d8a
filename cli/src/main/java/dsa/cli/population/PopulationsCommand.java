package dsa.cli.population;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.edf.Edf;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputFormat;
import dsa.cli.console.OutputOptions;
import dsa.cli.train.TrainMeter;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.ProvenanceSummary;
import dsa.core.run.TrainedModel;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.populations.OpenedPopulation;
import dsa.populations.PopulationSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what population files hold. */
@Command(
    name = "populations",
    description = {
      "List populations: how many models, their costs and errors, and where they come from.",
      "",
      "Quartiles are of the models that came to an error, every model with the same weight."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa populations",
      "  dsa populations resnet.csv runs/resnext-a --verbose",
      "",
      "Reads: populations, by default all in data/ and those that come with the program.  Writes:"
          + " nothing."
    })
public final class PopulationsCommand implements Callable<Integer> {

  private final Console console;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "POPULATION",
      description =
          "A file, a sweep's folder, a name, or name=file. Default: all in data/ and all built in.")
  private List<String> populations = List.of();

  @Option(
      names = {"-v", "--verbose"},
      description =
          "Also say where each population comes from, what its numbers mean, and how its models"
              + " were trained, if the runs are known.")
  private boolean verbose;

  @Mixin private PopulationOptions selection;

  @Mixin private OutputOptions output;

  /** The command, speaking to {@code console}. */
  public PopulationsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<OpenedPopulation> loaded =
        PopulationArguments.loadAll(
            populations.isEmpty() ? PopulationSource.names() : populations,
            Optional.empty(),
            selection,
            spec,
            console);
    PrintWriter out = console.out();
    if (output.format() == OutputFormat.JSON) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", "dsa.populations/1");
      ArrayNode array = json.putArray("populations");
      for (OpenedPopulation each : loaded) {
        ObjectNode node = json(each.population());
        each.circumstances().ifPresent(known -> node.set("circumstances", json(known)));
        array.add(node);
      }
      out.println(json.toPrettyString());
      return ExitCode.OK;
    }
    out.print(output.render(table(loaded.stream().map(OpenedPopulation::population).toList())));
    if (verbose) {
      for (OpenedPopulation each : loaded) {
        out.println(each.population().name() + ": " + originOf(each.population().origin()));
        each.circumstances().ifPresent(known -> tell(known, out));
      }
    }
    return ExitCode.OK;
  }

  private static void tell(ProvenanceSummary known, PrintWriter out) {
    out.println("  recipe: " + known.recipe() + " (" + known.recipeHash() + ")");
    out.println("  data set: " + known.dataset() + " (" + known.datasetChecksum() + ")");
    out.println("  seed: " + ProvenanceSummary.join(known.seeds()));
    out.println(
        "  engine: "
            + ProvenanceSummary.join(known.engines())
            + " on "
            + ProvenanceSummary.join(known.devices())
            + ", threads "
            + ProvenanceSummary.join(known.threads()));
    out.println(
        "  program: dsa "
            + ProvenanceSummary.join(known.codeVersions())
            + "; "
            + ProvenanceSummary.join(known.jvms())
            + "; "
            + ProvenanceSummary.join(known.systems()));
    out.println(
        "  trained: "
            + known.firstStart()
            + " to "
            + known.lastEnd()
            + ", "
            + TrainMeter.time(known.trainingSeconds())
            + " of epochs in all");
    out.println(
        "  runs: "
            + known.results()
            + " results, "
            + known.diverged()
            + " of them diverged; "
            + known.failed()
            + " failed");
  }

  private static ObjectNode json(ProvenanceSummary known) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("results", known.results())
            .put("diverged", known.diverged())
            .put("failed", known.failed())
            .put("recipe", known.recipe())
            .put("recipeHash", known.recipeHash())
            .put("dataset", known.dataset())
            .put("datasetChecksum", known.datasetChecksum());
    known.seeds().forEach(json.putArray("seeds")::add);
    known.engines().forEach(json.putArray("engines")::add);
    known.devices().forEach(json.putArray("devices")::add);
    known.threads().forEach(json.putArray("threads")::add);
    known.codeVersions().forEach(json.putArray("codeVersions")::add);
    known.jvms().forEach(json.putArray("jvms")::add);
    known.systems().forEach(json.putArray("systems")::add);
    return json.put("firstStart", known.firstStart().toString())
        .put("lastEnd", known.lastEnd().toString())
        .put("trainingSeconds", known.trainingSeconds());
  }

  private static Table table(List<Population> loaded) {
    String unit =
        loaded.stream()
            .map(population -> population.origin().metric().unit())
            .distinct()
            .collect(Collectors.joining(" or "));
    Table.Builder table =
        Table.of(
            Column.text("population"),
            Column.count("models"),
            Column.count("diverged"),
            Column.count("runs"),
            Column.number("params from", 3).in("M"),
            Column.number("params to", 3).in("M"),
            Column.number("flops from", 3).in("B"),
            Column.number("flops to", 3).in("B"),
            Column.number("min error", 2).in(unit),
            Column.number("25th pct", 2).in(unit),
            Column.number("median", 2).in(unit),
            Column.number("75th pct", 2).in(unit),
            Column.number("max error", 2).in(unit));
    for (Population population : loaded) {
      Optional<Edf> errors = errorsOf(population);
      table.row(
          population.name(),
          population.models().size(),
          population.diverged(),
          runsOf(population),
          amount(least(population, ComplexityMeasure.PARAMS), ComplexityMeasure.PARAMS),
          amount(greatest(population, ComplexityMeasure.PARAMS), ComplexityMeasure.PARAMS),
          amount(least(population, ComplexityMeasure.FLOPS), ComplexityMeasure.FLOPS),
          amount(greatest(population, ComplexityMeasure.FLOPS), ComplexityMeasure.FLOPS),
          errors.map(Edf::min),
          errors.map(edf -> edf.quantile(0.25)),
          errors.map(edf -> edf.quantile(0.5)),
          errors.map(edf -> edf.quantile(0.75)),
          errors.map(Edf::max));
    }
    return table.build();
  }

  private static ObjectNode json(Population population) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    PopulationOrigin origin = population.origin();
    json.put("name", population.name());
    json.put("models", population.models().size());
    json.put("diverged", population.diverged());
    json.put("runs", runsOf(population));
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      OptionalLong least = least(population, measure);
      if (least.isPresent()) {
        ObjectNode range = json.putObject(measure.label());
        range.put("least", least.getAsLong());
        range.put("greatest", greatest(population, measure).getAsLong());
      }
    }
    errorsOf(population)
        .ifPresent(
            edf -> {
              ObjectNode errors =
                  json.putObject(population.origin().metric().isLoss() ? "lossNats" : "errorPct");
              errors.put("min", edf.min());
              errors.put("lowerQuartile", edf.quantile(0.25));
              errors.put("median", edf.quantile(0.5));
              errors.put("upperQuartile", edf.quantile(0.75));
              errors.put("max", edf.max());
            });
    ObjectNode from = json.putObject("origin");
    from.put("source", origin.source());
    origin.dataset().ifPresent(dataset -> from.put("dataset", dataset));
    origin.flops().ifPresent(flops -> from.put("flops", flops.label()));
    if (origin.metric().isLoss()) {
      from.put("metric", origin.metric().label());
      from.put("chanceLossNats", origin.chanceErrorPct());
    } else {
      from.put("error", origin.error().label());
      from.put("chanceErrorPct", origin.chanceErrorPct());
    }
    origin.recipe().ifPresent(recipe -> from.put("recipe", recipe));
    return json;
  }

  private static String originOf(PopulationOrigin origin) {
    return origin.source()
        + "; dataset "
        + origin.dataset().orElse("not stated")
        + "; flops "
        + origin.flops().map(FlopsConvention::label).orElse("not stated")
        + (origin.metric().isLoss()
            ? "; " + origin.metric().quantity()
            : "; error " + origin.error().label())
        + "; guessing "
        + origin.chanceErrorPct()
        + " "
        + origin.metric().unit()
        + "; recipe "
        + origin.recipe().orElse("not stated");
  }

  private static long runsOf(Population population) {
    return population.models().stream().mapToLong(TrainedModel::runs).sum();
  }

  private static Optional<Edf> errorsOf(Population population) {
    double[] errors =
        population.models().stream()
            .map(TrainedModel::testError)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return errors.length == 0 ? Optional.empty() : Optional.of(Edf.of(errors));
  }

  private static LongStream counts(Population population, ComplexityMeasure measure) {
    return population.models().stream()
        .map(model -> model.complexity().of(measure))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong);
  }

  private static OptionalLong least(Population population, ComplexityMeasure measure) {
    return counts(population, measure).min();
  }

  private static OptionalLong greatest(Population population, ComplexityMeasure measure) {
    return counts(population, measure).max();
  }

  private static OptionalDouble amount(OptionalLong count, ComplexityMeasure measure) {
    return count.isPresent()
        ? OptionalDouble.of(count.getAsLong() / measure.unitSize())
        : OptionalDouble.empty();
  }
}
