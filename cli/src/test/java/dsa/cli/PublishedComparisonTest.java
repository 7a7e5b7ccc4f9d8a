package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The main job on the two published populations, from files to JSON. Every part can be right and
 * the whole wrong: a filter applied twice, a population swapped, a raw count read as millions.
 */
final class PublishedComparisonTest {

  private static String json;
  private static JsonNode report;

  @BeforeAll
  static void compare() throws IOException {
    json = run().out();
    report = new ObjectMapper().readTree(json);
  }

  private static Ran run() {
    Ran ran =
        Ran.dsa(
            "compare",
            "resnet=" + Shared.file("data/nds/resnet_5000_mean_of_3_seeds.csv"),
            "resnext-a=" + Shared.file("data/nds/resnext-a_2500.csv"),
            "--given",
            "params",
            "--range",
            "0.024M:0.856M",
            "--bins",
            "10",
            "--empty-bins",
            "error",
            "--epsilon",
            "20",
            "--seed",
            "1",
            "--format",
            "json");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  private static double number(String pointer) {
    JsonNode node = report.at(pointer);
    assertTrue(node.isNumber(), pointer + " in " + json);
    return node.asDouble();
  }

  @Test
  void theFrameIsTheOneAskedFor() {
    assertEquals("dsa.comparison/2", report.at("/format").asText());
    assertEquals(1, number("/seed"));
    assertEquals("params", report.at("/given").asText());
    assertEquals(10, number("/bins/count"));
    assertEquals(24_000, number("/bins/low"));
    assertEquals(856_000, number("/bins/high"));
    assertEquals("error", report.at("/bins/emptyBins").asText());
  }

  @Test
  void theModelsInUseAreThePublishedOnes() {
    assertEquals("resnet", report.at("/populations/0/name").asText());
    assertEquals("resnext-a", report.at("/populations/1/name").asText());
    assertEquals(5000, number("/populations/0/recorded"));
    assertEquals(3891, number("/populations/0/used"));
    assertEquals(1109, number("/populations/0/outside"));
    assertEquals(2500, number("/populations/1/recorded"));
    assertEquals(2200, number("/populations/1/used"));
    assertEquals(0, number("/populations/0/diverged"));
    assertEquals(1, number("/populations/1/diverged"));
    assertEquals(2973.1173, number("/populations/0/effectiveSampleSize"), 5e-5);
    assertEquals(.001176, number("/populations/0/largestWeight"), 5e-7);
    assertEquals(7.459773, number("/populations/0/meanError"), 5e-7);
  }

  @Test
  void areasAndDistancesAreThePublishedOnes() {
    assertEquals(20, number("/populations/0/area/epsilon"));
    assertEquals(0.627170, number("/populations/0/area/value"), 5e-7);
    assertEquals(0.611187, number("/populations/1/area/value"), 5e-7);
    assertEquals(0.408590, number("/pairs/0/unnormalized/ks/distance"), 5e-7);
    assertEquals(0.072922, number("/pairs/0/normalized/ks/distance"), 5e-7);
    assertEquals(
        number("/populations/0/area/value") - number("/populations/1/area/value"),
        number("/pairs/0/normalized/areaDifference/value"),
        1e-12);
  }

  @Test
  void randomSearchFollowsTheClosedForm() {
    double[] expected = {
      7.459773, 6.720827, 6.302010, 6.059585, 5.905281, 5.797563, 5.716581, 5.652735, 5.597951,
      5.546354
    };
    for (int k = 0; k < expected.length; k++) {
      String entry = "/populations/0/randomSearch/" + k;
      assertEquals(1 << k, number(entry + "/budget"));
      assertEquals(expected[k], number(entry + "/expectedBest"), 5e-7);
    }
  }

  @Test
  void everyFixedFieldIsThere() {
    for (String field :
        new String[] {
          "/populations/0/minError",
          "/populations/0/medianError",
          "/populations/0/area/low",
          "/populations/0/area/high",
          "/populations/0/randomSearch/0/low",
          "/populations/0/randomSearch/0/high",
          "/pairs/0/unnormalized/ks/atError",
          "/pairs/0/unnormalized/ks/pValue",
          "/pairs/0/normalized/ks/atError",
          "/pairs/0/normalized/ks/pValue",
          "/pairs/0/normalized/ks/permutations",
          "/pairs/0/normalized/areaDifference/low",
          "/pairs/0/normalized/areaDifference/high",
          "/pairs/0/normalized/probabilityABetter/value",
          "/pairs/0/normalized/probabilityABetter/low",
          "/pairs/0/normalized/probabilityABetter/high",
        }) {
      number(field);
    }
    for (String field :
        new String[] {
          "/pairs/0/a",
          "/pairs/0/b",
          "/pairs/0/unnormalized/ks/method",
          "/pairs/0/normalized/ks/method",
          "/pairs/0/verdict"
        }) {
      assertTrue(report.at(field).isTextual(), field);
    }
  }

  @Test
  void oneThreadAndEightWriteTheSameBytes() throws Exception {
    assertEquals(json, inPoolOf(1));
    assertEquals(json, inPoolOf(8));
  }

  private static String inPoolOf(int threads) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> run().out()).get();
    } finally {
      pool.shutdown();
      assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void anArabicLocaleWritesTheSameBytes() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(json, run().out());
    } finally {
      Locale.setDefault(before);
    }
  }
}
