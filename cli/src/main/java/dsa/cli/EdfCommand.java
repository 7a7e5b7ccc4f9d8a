package dsa.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.edf.Edf;
import dsa.analysis.inference.Bootstrap;
import dsa.analysis.inference.BootstrapResult;
import dsa.analysis.inference.DkwBand;
import dsa.analysis.inference.Evaluation;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.figures.ComparisonFigures;
import dsa.figures.table.Column;
import dsa.figures.table.Decimals;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the error distribution of populations. */
@Command(
    name = "edf",
    description = {
      "Show the error distribution (EDF) of one or more populations, complexity taken out or not.",
      "",
      "Shares are of models strictly below an error, the definition of the papers. The band is the bootstrap's simultaneous "
          + "one; for a single share, the half-width of the Dvoretzky-Kiefer-Wolfowitz band is given too (with weights, from the "
          + "effective sample size: a heuristic)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa edf resnet.csv --given none --at 6,7,8",
      "  dsa edf resnet.csv resnext-a.csv --given flops --format csv",
      "",
      "Reads: population files, or foreign CSV tables whose columns are recognised.",
      "Writes: nothing, or with -o DIR the figure and its data."
    })
final class EdfCommand implements Callable<Integer> {

  private static final int GRID_POINTS = 512;

  @ParentCommand private Dsa dsa;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Option(
      names = "--at",
      paramLabel = "ERROR",
      split = ",",
      defaultValue = "5,6,7,8,10,15",
      description =
          "Errors, percent, to give the share of models below. Default: ${DEFAULT-VALUE}.")
  private List<Double> at;

  @Mixin private NormalizationOptions options;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Bootstrap resamples. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Level of the bands. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of the bootstrap. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  @Override
  public Integer call() throws IOException {
    for (double error : at) {
      Require.that(
          error >= 0 && error <= 100, spec, "--at " + error + " is no error: outside [0, 100] %");
    }
    Require.that(resamples >= 2, spec, "--resamples " + resamples + " is below 2");
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    options.normalization(spec);
    List<Population> loaded = PopulationArguments.load(populations, spec, dsa.console());
    Normalization.Result result = options.normalization(spec, loaded).of(loaded);
    List<NormalizedPopulation> models = result.populations();
    BootstrapResult bootstrap =
        Bootstrap.withDefaults()
            .resamples(resamples)
            .level(level)
            .run(
                models,
                new Evaluation(Evaluation.gridOver(models, GRID_POINTS), 100, List.of(), List.of()),
                SeedPath.root(seed).child("edf"));
    figures.write(
        "edf",
        ComparisonFigures.edf(
            result.given(), models, bootstrap.populations().stream().map(p -> p.edf()).toList()));
    figures.tell(dsa.console());
    PrintWriter out = dsa.console().out();
    switch (output.format()) {
      case JSON -> out.println(json(result, bootstrap).toPrettyString());
      case CSV -> out.print(output.render(curves(models)));
      case TEXT -> {
        out.println(Frame.of(result));
        out.println();
        out.println(TerminalEdf.of(models, result.given(), dsa.console()));
        out.print(output.render(shares(models)));
        Frame.warnings(result).forEach(warning -> out.println("Note: " + warning));
      }
      default -> out.print(output.render(shares(models)));
    }
    return ExitCode.OK;
  }

  private Table shares(List<NormalizedPopulation> models) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("space"));
    columns.add(Column.count("used"));
    columns.add(Column.number("n_eff", 0));
    columns.add(Column.number("min", 2).in("%"));
    columns.add(Column.number("median", 2).in("%"));
    columns.add(Column.number("mean", 2).in("%"));
    for (double error : at) {
      columns.add(Column.number("below " + plain(error) + " %", 4));
    }
    columns.add(Column.number("DKW +-", 4));
    Table.Builder table = Table.of(columns.toArray(Column[]::new));
    for (NormalizedPopulation population : models) {
      Edf edf = population.edf();
      List<Object> cells = new ArrayList<>();
      cells.add(population.name());
      cells.add(population.size());
      cells.add(population.effectiveSampleSize());
      cells.add(edf.min());
      cells.add(edf.quantile(0.5));
      cells.add(edf.mean());
      for (double error : at) {
        cells.add(edf.below(error));
      }
      cells.add(DkwBand.of(edf, level).dkwEpsilon());
      table.row(cells.toArray());
    }
    return table.build();
  }

  private static Table curves(List<NormalizedPopulation> models) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.number("error", 6).in("%"),
            Column.number("below", 6),
            Column.number("at or below", 6));
    for (NormalizedPopulation population : models) {
      Edf edf = population.edf();
      double[] values = edf.values();
      double[] cumulative = edf.cumulative();
      for (int i = 0; i < values.length; i++) {
        table.row(population.name(), values[i], i == 0 ? 0.0 : cumulative[i - 1], cumulative[i]);
      }
    }
    return table.build();
  }

  private ObjectNode json(Normalization.Result result, BootstrapResult bootstrap) {
    ObjectNode json = Frame.json("dsa.edf/1", result).put("level", level);
    json.put("resamples", resamples).put("seed", seed);
    ArrayNode array = json.putArray("populations");
    List<NormalizedPopulation> models = result.populations();
    for (int p = 0; p < models.size(); p++) {
      Edf edf = models.get(p).edf();
      ObjectNode node = Frame.json(models.get(p));
      array.add(node);
      node.put("mean", edf.mean()).put("dkwEpsilon", DkwBand.of(edf, level).dkwEpsilon());
      ArrayNode shares = node.putArray("below");
      for (double error : at) {
        shares.addObject().put("error", error).put("share", edf.below(error));
      }
      fill(node.putArray("errors"), edf.values());
      fill(node.putArray("atOrBelow"), edf.cumulative());
      ObjectNode band = node.putObject("band");
      fill(band.putArray("errors"), bootstrap.population(p).edf().grid());
      fill(band.putArray("low"), bootstrap.population(p).edf().simultaneousLow());
      fill(band.putArray("high"), bootstrap.population(p).edf().simultaneousHigh());
    }
    return json;
  }

  private static void fill(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }

  private static void fill(ArrayNode array, List<Double> values) {
    for (double value : values) {
      array.add(value);
    }
  }

  private static String plain(double error) {
    return error == Math.rint(error) ? Decimals.fixed(error, 0) : Double.toString(error);
  }
}
