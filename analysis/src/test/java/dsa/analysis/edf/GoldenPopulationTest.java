package dsa.analysis.edf;

import static dsa.analysis.testing.References.column;
import static dsa.analysis.testing.References.doubles;
import static dsa.analysis.testing.References.errors;
import static dsa.analysis.testing.References.golden;
import static dsa.analysis.testing.References.space;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dsa.analysis.randomsearch.RandomSearchCurve;
import dsa.analysis.testing.References;
import dsa.analysis.weighting.Bins;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.run.Population;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statistic rests on these few; an error here would be wrong the same way everywhere. */
final class GoldenPopulationTest {

  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void unweightedStatisticsAreThoseOfNumpy(String name) {
    JsonNode expected = golden("/" + name);
    double[] errors = errors(space(name));
    Edf edf = Edf.of(errors);
    int n = errors.length;
    assertEquals(expected.get("n").intValue(), edf.size());
    assertEquals(expected.get("n_unique").intValue(), edf.values().length);
    assertEquals(expected.get("min").doubleValue(), edf.min());
    assertEquals(expected.get("max").doubleValue(), edf.max());
    assertEquals(expected.get("mean").doubleValue(), edf.mean(), TOLERANCE);
    double deviation = RandomSearchCurve.withReplacement(edf).standardDeviation(1);
    assertEquals(expected.get("std_pop").doubleValue(), deviation, TOLERANCE);
    assertEquals(
        expected.get("std_sample").doubleValue(), deviation * Math.sqrt(n / (n - 1.0)), TOLERANCE);
    Quantiles quantiles = Quantiles.of(errors);
    assertEquals(expected.get("median").doubleValue(), quantiles.median(), TOLERANCE);
    assertArrayEquals(
        doubles(expected.get("q05_q25_q75_q95_linear")),
        new double[] {quantiles.at(.05), quantiles.at(.25), quantiles.at(.75), quantiles.at(.95)},
        TOLERANCE);
    for (Map.Entry<String, JsonNode> at : expected.get("edf_strict").properties()) {
      assertEquals(at.getValue().doubleValue(), edf.below(Double.parseDouble(at.getKey())));
    }
    for (Map.Entry<String, JsonNode> at : expected.get("edf_incl").properties()) {
      assertEquals(at.getValue().doubleValue(), edf.at(Double.parseDouble(at.getKey())));
    }
    for (Map.Entry<String, JsonNode> at : expected.get("area_eps").properties()) {
      assertEquals(
          at.getValue().doubleValue(), edf.area(Double.parseDouble(at.getKey())), TOLERANCE);
    }
    assertEquals(
        golden("/dkw_eps_95/" + name).doubleValue(),
        Math.sqrt(Math.log(2 / 0.05) / (2 * edf.effectiveSampleSize())),
        TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void normalizedStatisticsAreThoseOfNumpy(String name) {
    JsonNode expected = golden("/norm_" + name);
    Normalization.Result result =
        Normalization.withDefaults()
            .within(new Normalization.Range(120_000, 840_000))
            .withBins(4)
            .with(EmptyBins.ERROR)
            .of(List.of(space(name)));
    NormalizedPopulation p = result.populations().get(0);
    assertEquals(expected.get("kept").intValue(), p.size());
    double[] counts = new double[4];
    double sum = 0;
    for (int i = 0; i < p.size(); i++) {
      counts[p.bins()[i]]++;
      sum += p.weights()[i];
    }
    assertArrayEquals(doubles(expected.get("hist")), counts);
    assertArrayEquals(
        doubles(expected.get("edges")), new Bins(0.12, 0.84, 4).edges(), "the same, in millions");
    double[] edges = result.bins().orElseThrow().edges();
    for (int i = 0; i < edges.length; i++) {
      assertEquals(expected.get("edges").get(i).doubleValue(), edges[i] * 1e-6, TOLERANCE);
    }
    assertEquals(expected.get("sum_w").doubleValue(), sum, TOLERANCE);
    assertEquals(expected.get("n_eff").doubleValue(), p.effectiveSampleSize(), TOLERANCE);
    Edf edf = p.edf();
    assertEquals(expected.get("n_eff").doubleValue(), edf.effectiveSampleSize(), TOLERANCE);
    for (Map.Entry<String, JsonNode> at : expected.get("edf_strict").properties()) {
      assertEquals(
          at.getValue().doubleValue(), edf.below(Double.parseDouble(at.getKey())), TOLERANCE);
    }
    assertEquals(expected.get("mean").doubleValue(), edf.mean(), TOLERANCE);
    assertEquals(expected.get("area_eps10").doubleValue(), edf.area(10), TOLERANCE);
  }

  @Test
  void strictAndInclusiveDifferAtADataValueAndOnlyThere() {
    JsonNode expected = golden("/edf_at_data_values");
    for (String name : List.of("A", "B")) {
      Edf edf = Edf.of(errors(space(name)));
      for (String at : List.of("7.23", "8.15")) {
        double error = Double.parseDouble(at);
        JsonNode values = expected.get(at);
        assertEquals(values.get(name + "_strict").doubleValue(), edf.below(error));
        assertEquals(values.get(name + "_incl").doubleValue(), edf.at(error));
      }
    }
    Edf b = Edf.of(errors(space("B")));
    assertNotEquals(b.below(7.23), b.at(7.23));
    assertEquals(b.below(7.235), b.at(7.235));
  }

  @Test
  void theHandExample() {
    JsonNode expected = golden("/hand_example");
    Population population =
        References.population(
            "hand", doubles(expected.get("errors")), doubles(expected.get("params")));
    NormalizedPopulation p =
        Normalization.withDefaults()
            .within(new Normalization.Range(0, 4))
            .withBins(expected.get("K").intValue())
            .with(EmptyBins.ERROR)
            .of(List.of(population))
            .populations()
            .get(0);
    assertArrayEquals(doubles(expected.get("weights")), p.weights(), TOLERANCE);
    assertEquals(expected.get("n_eff").doubleValue(), p.effectiveSampleSize(), TOLERANCE);
    assertEquals(expected.get("F_strict_6").doubleValue(), p.edf().below(6), TOLERANCE);
    assertEquals(expected.get("area_eps10").doubleValue(), p.edf().area(10), TOLERANCE);
    assertEquals(
        expected.get("E_min_2").doubleValue(),
        RandomSearchCurve.withReplacement(p.edf()).expectedBest(2),
        TOLERANCE);
  }

  // min, quartiles, max, mean, shares strictly below thresholds: numpy, rounded to six digits.
  @ParameterizedTest
  @CsvSource({
    "data/nds/resnet_5000_mean_of_3_seeds.csv, mean_min_test_top1_error, 4.836667, 6.143333, 6.65,"
        + " 7.37, 34.776667, 6.901769",
    "data/nds/resnext-a_2500.csv, min_test_top1_error, 5.23, 7.17, 8.51, 10.81, 90.0, 9.584452",
  })
  void publishedPopulationsWithoutWeights(
      String file,
      String errorColumn,
      double min,
      double lower,
      double median,
      double upper,
      double max,
      double mean) {
    double[] errors = column(file, errorColumn);
    Quantiles quantiles = Quantiles.of(errors);
    assertArrayEquals(
        new double[] {min, lower, median, upper, max},
        new double[] {
          quantiles.at(0), quantiles.at(.25), quantiles.median(), quantiles.at(.75), quantiles.at(1)
        },
        5e-7);
    assertEquals(mean, Edf.of(errors).mean(), 5e-7);
  }

  @ParameterizedTest
  @CsvSource({
    "data/nds/resnet_5000_mean_of_3_seeds.csv, params, 33914, 13746378",
    "data/nds/resnet_5000_mean_of_3_seeds.csv, flops, 9133226, 896711178",
    "data/nds/resnext-a_2500.csv, params, 2634, 5727986",
    "data/nds/resnext-a_2500.csv, flops, 1603498, 871796554",
  })
  void costsOfThePublishedPopulationsAreRawCountsFromLeastToGreatest(
      String file, String measure, double least, double greatest) {
    Quantiles costs = Quantiles.of(column(file, measure));
    assertEquals(least, costs.at(0));
    assertEquals(greatest, costs.at(1));
  }

  @Test
  void thresholdsOfThePublishedPopulationsAreStrict() {
    Edf resnet = Edf.of(column(References.RESNET, "mean_min_test_top1_error"));
    assertEquals(.1702, resnet.below(6), 1e-12);
    assertEquals(.644, resnet.below(7), 1e-12);
    assertEquals(.864, resnet.below(8), 1e-12);
    assertEquals(
        1.301939,
        RandomSearchCurve.withReplacement(resnet).standardDeviation(1),
        5e-7,
        "population standard deviation");
    assertEquals(.412, Edf.of(column(References.RESNEXT_A, "min_test_top1_error")).below(8), 1e-12);
  }

  @Test
  void oneDivergedModelMovesTheMeanButHardlyTheEdf() {
    double[] all = column(References.RESNEXT_A, "min_test_top1_error");
    double[] sane = java.util.Arrays.stream(all).filter(e -> e < 90).toArray();
    assertEquals(1, all.length - sane.length);
    assertEquals(.032, Edf.of(all).mean() - Edf.of(sane).mean(), 5e-4);
    assertEquals(0, Edf.of(all).at(20) - Edf.of(sane).at(20), 4e-4);
  }
}
