package dsa.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.run.Population;
import dsa.figures.Band;
import dsa.figures.Line;
import dsa.figures.SearchFigure;
import dsa.figures.Series;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says what random search finds in each space. */
@Command(
    name = "search-efficiency",
    description = {
      "Say how good the best of m randomly drawn models is, for each space.",
      "",
      "Exact, from the weighted EDF; nothing is simulated. The band holds the result of one search of m models: it is a "
          + "prediction, not the uncertainty of the mean. 'matches' is the number of models a search of the first space needs "
          + "to be as good on average."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa search-efficiency resnet.csv resnext-a.csv",
      "  dsa search-efficiency resnet.csv --given none --without-replacement --budgets 10,100,1000",
      "",
      "Reads: population files, or foreign CSV tables whose columns are recognised.",
      "Writes: nothing, or with -o DIR the figure random-search-prediction and its data."
    })
final class SearchEfficiencyCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "POPULATION",
      description = "A file, a sweep's folder, a name, or name=file.")
  private List<String> populations;

  @Option(
      names = "--budgets",
      paramLabel = "M",
      split = ",",
      defaultValue = "1,2,4,8,16,32,64,128,256,512",
      description = "Models per search. Default: ${DEFAULT-VALUE}.")
  private List<Long> budgets;

  @Option(
      names = "--without-replacement",
      description = "Draw no model twice; for equal weights only (--given none).")
  private boolean withoutReplacement;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Of the band. Default: ${DEFAULT-VALUE}.")
  private double level;

  @Mixin private NormalizationOptions options;
  @Mixin private OutputOptions output;

  @Mixin private FigureOptions figures;

  @Override
  public Integer call() throws IOException {
    Require.that(
        !withoutReplacement || options.given().isEmpty(),
        spec,
        "draws without replacement are defined for equal weights; add --given none");
    for (long m : budgets) {
      Require.that(m >= 1, spec, "--budgets " + m + " is below 1");
    }
    Require.that(level > 0 && level < 1, spec, "--level " + level + " is outside (0, 1)");
    options.normalization(spec);
    List<Population> loaded = PopulationArguments.load(populations, dsa.console());
    Normalization.Result result = options.normalization(spec, loaded).of(loaded);
    List<Long> sizes = List.copyOf(new TreeSet<>(budgets));
    List<RandomSearchCurve> curves = new ArrayList<>();
    for (NormalizedPopulation models : result.populations()) {
      curves.add(
          withoutReplacement
              ? RandomSearchCurve.withoutReplacement(models.errors())
              : RandomSearchCurve.withReplacement(models.edf()));
    }
    if (figures.folder().isPresent()) {
      write(result, curves, sizes);
    }
    PrintWriter out = dsa.console().out();
    if (output.format() == OutputFormat.JSON) {
      out.println(json(result, curves, sizes).toPrettyString());
      return ExitCode.OK;
    }
    String table = output.render(table(result.populations(), curves, sizes));
    boolean text = output.format() == OutputFormat.TEXT;
    if (text) {
      out.println(Frame.of(result));
      out.println();
    }
    out.print(table);
    if (text) {
      Frame.warnings(result).forEach(warning -> out.println("Note: " + warning));
    }
    return ExitCode.OK;
  }

  private Table table(
      List<NormalizedPopulation> models, List<RandomSearchCurve> curves, List<Long> sizes) {
    Table.Builder table =
        Table.of(
            Column.text("space"),
            Column.count("models"),
            Column.number("expected best", 3).in("%"),
            Column.number("sd", 3).in("%"),
            Column.number("low", 2).in("%"),
            Column.number("high", 2).in("%"),
            Column.count("matches"),
            Column.text("support"));
    for (int p = 0; p < curves.size(); p++) {
      for (long m : sizes) {
        RandomSearchCurve.Point point = curves.get(p).at(m, level);
        table.row(
            models.get(p).name(),
            m,
            point.expectedBest(),
            point.standardDeviation(),
            point.low(),
            point.high(),
            p == 0 ? "" : effort(curves, p, m),
            switch (point.support()) {
              case AMPLE -> "";
              case THIN -> "thin: m > n_eff / 10";
              case NONE -> "none: m > n_eff";
            });
      }
    }
    return table.build();
  }

  private static String effort(List<RandomSearchCurve> curves, int other, long m) {
    RandomSearchCurve.Effort effort = curves.get(0).effortToMatch(curves.get(other), m);
    return effort.budget().isPresent() ? Long.toString(effort.budget().getAsLong()) : "never";
  }

  private ObjectNode json(
      Normalization.Result result, List<RandomSearchCurve> curves, List<Long> sizes) {
    ObjectNode json = Frame.json("dsa.search-efficiency/1", result);
    json.put("level", level).put("withoutReplacement", withoutReplacement);
    ArrayNode array = json.putArray("populations");
    for (int p = 0; p < curves.size(); p++) {
      ObjectNode node = Frame.json(result.populations().get(p));
      array.add(node);
      ArrayNode points = node.putArray("randomSearch");
      for (long m : sizes) {
        RandomSearchCurve.Point point = curves.get(p).at(m, level);
        ObjectNode entry =
            points
                .addObject()
                .put("budget", m)
                .put("expectedBest", point.expectedBest())
                .put("standardDeviation", point.standardDeviation())
                .put("oneSearchLow", point.low())
                .put("oneSearchHigh", point.high())
                .put("support", point.support().label());
        if (p > 0) {
          curves
              .get(0)
              .effortToMatch(curves.get(p), m)
              .budget()
              .ifPresent(budget -> entry.put("matchingBudgetOfFirst", budget));
        }
      }
    }
    return json;
  }

  private void write(Normalization.Result result, List<RandomSearchCurve> curves, List<Long> sizes)
      throws IOException {
    List<Series> series = new ArrayList<>();
    double[] x = sizes.stream().mapToDouble(Long::doubleValue).toArray();
    for (int p = 0; p < curves.size(); p++) {
      RandomSearchCurve curve = curves.get(p);
      String name = result.populations().get(p).name();
      series.add(Line.of(name, x, sizes.stream().mapToDouble(curve::expectedBest).toArray()));
      series.add(
          Band.linear(
              name,
              x,
              sizes.stream().mapToDouble(m -> curve.at(m, level).low()).toArray(),
              sizes.stream().mapToDouble(m -> curve.at(m, level).high()).toArray()));
    }
    figures.write("random-search-prediction", SearchFigure.of(result.given(), series));
    figures.tell(dsa.console());
  }
}
