package dsa.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dsa.analysis.association.Replicates;
import dsa.analysis.testing.Examples;
import dsa.analysis.trajectory.SignalledRandomSearch;
import dsa.analysis.trajectory.Trajectories;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.Weighting;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import dsa.core.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Scripts and notebooks read these formats. A field that is renamed, moved or counted differently
 * must show here and in its version, not in somebody's figures.
 *
 * <p>{@code golden/*.json} hold the reports of the example populations, long arrays cut to their
 * ends. If a format is meant to change, {@code -Ddsa.golden=write} writes them anew.
 */
final class FormatsTest {

  private static final Path FOLDER =
      Path.of(
          System.getProperty("dsa.root", ".."), "analysis", "src", "test", "resources", "golden");

  /** Numbers may differ by this share: the logarithms of other processors do. */
  private static final double TOLERANCE = 1e-12;

  private static final List<Population> BOTH = Examples.both();

  private static Normalization.Result weighted(List<Population> populations) {
    return Weighting.PublishedBins.fittedTo(populations, ComplexityMeasure.PARAMS)
        .of(populations, DivergedModels.WORST);
  }

  private static Normalization.Result unweighted(List<Population> populations) {
    return new Weighting.Equal().of(populations, DivergedModels.WORST);
  }

  /** The same networks with other errors, of one recipe. */
  private static Replicates.Trained retrained(String name, int keep) {
    List<TrainedModel> models = new ArrayList<>();
    for (TrainedModel model : Examples.narrow().models()) {
      double error = model.testError().orElse(90);
      models.add(
          new TrainedModel(
              model.id(),
              OptionalDouble.of(Math.round(error * 100) % keep == 0 ? error : 0.9 * error + 1),
              model.complexity(),
              model.architecture(),
              1));
    }
    PopulationOrigin origin = Examples.narrow().origin();
    return new Replicates.Trained(
        new Population(
            name,
            models,
            new PopulationOrigin(
                "made up",
                origin.dataset(),
                origin.flops(),
                origin.error(),
                origin.chanceErrorPct(),
                Optional.of("short"))),
        name + ".csv",
        Optional.empty());
  }

  private static Map<String, String> reports() {
    Map<String, String> reports = new TreeMap<>();
    reports.put(
        "comparison",
        ReportJson.of(
            Comparison.of(
                    BOTH,
                    ComparisonSettings.fittedTo(BOTH, 1).withResamples(50).withPermutations(40))
                .report()));
    reports.put(
        "comparison-by-bins",
        ReportJson.of(
            Comparison.of(
                    BOTH,
                    ComparisonSettings.fittedTo(BOTH, 1)
                        .with(Weighting.PublishedBins.fittedTo(BOTH, ComplexityMeasure.PARAMS))
                        .withResamples(50)
                        .withPermutations(40))
                .report()));
    reports.put("edf", EdfReport.of(weighted(BOTH), List.of(6.0, 7.5), 0.95, 50, 1).json());
    reports.put(
        "search-efficiency",
        RandomSearchReport.of(weighted(BOTH), List.of(1L, 10L, 300L), 0.9, false).json());
    reports.put(
        "sample-size-of-one",
        SampleSizeReport.of(unweighted(BOTH.subList(0, 1)), 64, 10, 100, 10, 1).json());
    reports.put(
        "sample-size-of-two",
        PowerReport.of(weighted(BOTH), 20, List.of(0.01, 0.02), 0.05, 0.8, 1).json());
    reports.put("best-range", BestRangeReport.of(BOTH.get(1), 0.25, 200, 0.95, 1).json());
    reports.put(
        "agreement",
        AgreementReport.of(
                List.of(retrained("a", 3), retrained("b", 2), retrained("c", 2)), 0.95, 50, 1)
            .json());
    reports.put("search", search().json());
    reports.put("pareto", pareto().json());
    reports.put("ranking", ranking().json());
    return reports;
  }

  private static SearchReport search() {
    double[] reported = {5, 3, 8, 4, 9, 2};
    double[] signal = {5.2, 3.1, 7.9, 4.4, 9.3, 2.6};
    double[][] random = new double[8][];
    double[][] evolved = new double[8][];
    for (int r = 0; r < 8; r++) {
      random[r] = new double[] {6 - r % 3, 4 - r % 2, 2 + r % 3};
      evolved[r] = new double[] {6 - r % 3, 3 + r % 2, r % 2};
    }
    return SearchReport.of(
            new SearchReport.Conditions(
                "made up",
                false,
                6,
                6,
                3,
                50,
                "random",
                "evaluations",
                "evaluations",
                20,
                false,
                8,
                1,
                0.95,
                50,
                2,
                90,
                10),
            List.of(1.0, 10.0, 20.0),
            Optional.of(
                SignalledRandomSearch.of(
                    List.of(signal), Arrays.stream(reported).map(e -> e - 2).toArray())))
        .add(
            new SearchReport.Searches(
                "random",
                "replacement=with",
                Map.of("the budget is spent", 8L),
                20,
                5.5,
                Trajectories.of(random),
                Optional.of(Trajectories.of(evolved)),
                Optional.empty()))
        .add(
            new SearchReport.Searches(
                "mdenas",
                "alpha=0.01",
                Map.of("the budget is spent", 3L, "the cap on its epochs was reached", 5L),
                18,
                4.5,
                Trajectories.of(evolved),
                Optional.empty(),
                Optional.of(new double[] {1, 2, 3, 1, 2, 3, 1, 2})))
        .build();
  }

  private static ParetoReport pareto() {
    List<ParetoReport.Source> sources = new ArrayList<>();
    for (int s = 0; s < 2; s++) {
      List<TrainedNetwork> networks = new ArrayList<>();
      for (int i = 1; i <= 12; i++) {
        double error = 5 + 30.0 / (i + s) + (i * 7 % 5) / 2.0;
        networks.add(
            TrainedNetwork.of(
                "n" + i,
                Optional.empty(),
                s == 0 ? List.of(error, error + i % 3) : List.of(error),
                new RecordedComplexity(
                    OptionalLong.of(1000L * i), OptionalLong.empty(), OptionalLong.empty())));
      }
      sources.add(new ParetoReport.Source("space " + s, networks));
    }
    return ParetoReport.of(
        sources,
        new ParetoReport.Settings(
            ComplexityMeasure.PARAMS,
            OptionalDouble.empty(),
            OptionalDouble.of(30),
            0.025,
            Optional.of(8),
            List.of(5000.0),
            OptionalDouble.of(6000),
            0.95,
            50,
            1));
  }

  private static RankingReport ranking() {
    List<RankingReport.Curves> curves = new ArrayList<>();
    for (int s = 0; s < 2; s++) {
      List<double[]> scores = new ArrayList<>();
      List<Double> finals = new ArrayList<>();
      List<ArchitectureSpec> networks = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        double end = i + s * (i % 3);
        scores.add(new double[] {end + 3 * (i * 7 % 5), end + i * 3 % 4, end});
        finals.add(end);
        networks.add(ArchitectureSpec.parse("residual cifar:16 | " + i + "x16 s1"));
      }
      curves.add(new RankingReport.Curves("seed " + s, networks, scores, finals, s));
    }
    return RankingReport.of(curves, "test-error", 0.95, 50, 1);
  }

  @Test
  void everyReportIsWrittenAsItWasBefore() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (Map.Entry<String, String> report : reports().entrySet()) {
      JsonNode found = abridged(mapper.readTree(report.getValue()));
      String file = report.getKey() + ".json";
      if ("write".equals(System.getProperty("dsa.golden"))) {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(file), found.toPrettyString() + "\n");
      }
      same(mapper.readTree(Files.readString(FOLDER.resolve(file))), found, file);
      assertTrue(report.getValue().startsWith("{\n  \"format\" : \"dsa."), file);
      assertTrue(report.getValue().endsWith("}\n") && !report.getValue().contains("\r"), file);
    }
  }

  /** Arrays of more than eight numbers as their length, first and last. */
  private static JsonNode abridged(JsonNode node) {
    if (node instanceof ArrayNode array && array.size() > 8 && array.get(0).isNumber()) {
      JsonNode last = array.get(array.size() - 1);
      ArrayNode ends = array.arrayNode().add("of " + array.size()).add(array.get(0)).add(last);
      return ends;
    }
    if (node.isObject()) {
      node.properties().forEach(field -> field.setValue(abridged(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, abridged(array.get(i)));
      }
    }
    return node;
  }

  private static void same(JsonNode expected, JsonNode found, String where) {
    assertEquals(expected.getNodeType(), found.getNodeType(), where);
    if (expected.isNumber()) {
      double value = expected.doubleValue();
      assertEquals(value, found.doubleValue(), TOLERANCE * Math.abs(value), where);
      assertEquals(expected.isIntegralNumber(), found.isIntegralNumber(), where);
    } else if (expected.isArray()) {
      assertEquals(expected.size(), found.size(), where);
      for (int i = 0; i < expected.size(); i++) {
        same(expected.get(i), found.get(i), where + "/" + i);
      }
    } else if (expected.isObject()) {
      assertEquals(fields(expected), fields(found), where);
      for (String field : fields(expected)) {
        same(expected.get(field), found.get(field), where + "/" + field);
      }
    } else {
      assertEquals(expected, found, where);
    }
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
