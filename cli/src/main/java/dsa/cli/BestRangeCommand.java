package dsa.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.randomsearch.BestRange;
import dsa.analysis.randomsearch.ModelParameters;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says which parameter values good models have. */
@Command(
    name = "best-range",
    description = {
      "Say which depths, widths and costs the good models of a space have.",
      "",
      "The empirical bootstrap of the RegNet paper: draw a share of the models with replacement, keep the best, repeat; the "
          + "range holds 95 %% of the winners' values, the middle is their median. Beside the simulation stands its limit of "
          + "infinitely many searches, in closed form."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa best-range resnet.csv",
      "  dsa best-range resnet.csv --share 0.1 --seed 7 --format latex",
      "",
      "Reads: a population file, or a foreign CSV table whose columns are recognised.  Writes: nothing."
    })
final class BestRangeCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private String argument;

  @Option(
      names = "--share",
      paramLabel = "S",
      defaultValue = "0.25",
      description = "Share of the models drawn for one search. Default: ${DEFAULT-VALUE}.")
  private double share;

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "2500",
      description = "Searches. Default: ${DEFAULT-VALUE}.")
  private int searches;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Share of the winners inside the range. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of the searches. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws IOException {
    Require.that(share > 0 && share <= 1, spec, "--share " + share + " is outside (0, 1]");
    Require.that(searches >= 1, spec, "--searches " + searches + " is below 1");
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    Population population = PopulationArguments.load(argument, dsa.console());
    List<TrainedModel> models = population.models();
    Map<String, double[]> parameters = ModelParameters.of(models);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(
          population.name() + " records neither complexities nor architectures of its models");
    }
    double[] errors =
        models.stream()
            .mapToDouble(model -> model.testError().orElse(population.origin().chanceErrorPct()))
            .toArray();
    int draws = BestRange.draws(errors.length, share);
    BestRange simulated =
        BestRange.simulated(errors, draws, searches, SeedPath.root(seed).child("best-range"));
    BestRange exact = BestRange.exact(errors, draws);
    Table.Builder table =
        Table.of(
            Column.text("parameter"),
            Column.text("low"),
            Column.text("best"),
            Column.text("high"),
            Column.text("low, exact"),
            Column.text("best, exact"),
            Column.text("high, exact"));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", "dsa.best-range/1");
    json.put("name", population.name()).put("models", errors.length).put("draws", draws);
    json.put("searches", searches).put("level", level).put("seed", seed);
    ArrayNode ranges = json.putArray("parameters");
    for (Map.Entry<String, double[]> parameter : parameters.entrySet()) {
      BestRange.Range s = simulated.of(parameter.getValue(), level);
      BestRange.Range e = exact.of(parameter.getValue(), level);
      table.row(
          parameter.getKey(),
          plain(s.low()),
          plain(s.best()),
          plain(s.high()),
          plain(e.low()),
          plain(e.best()),
          plain(e.high()));
      ranges
          .addObject()
          .put("parameter", parameter.getKey())
          .put("low", s.low())
          .put("best", s.best())
          .put("high", s.high())
          .put("exactLow", e.low())
          .put("exactBest", e.best())
          .put("exactHigh", e.high());
    }
    dsa.console()
        .out()
        .print(
            output.format() == OutputFormat.JSON
                ? json.toPrettyString() + "\n"
                : output.render(table.build()));
    return ExitCode.OK;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
