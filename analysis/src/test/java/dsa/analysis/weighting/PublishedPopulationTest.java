package dsa.analysis.weighting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * If bins or filters drift from the published notebooks, every normalized figure drifts with them.
 */
final class PublishedPopulationTest {

  // Values: numpy on the same file, rounded to six digits.
  @ParameterizedTest(name = "{0} in ({1}, {2}), {3} bins")
  @CsvSource({
    "PARAMS, 24000, 856000, 10, 85 277 365 420 470 482 469 443 431 449, 2973.1173, .073261, .477023, .724569, 7.459773, .260109, .627170, .001176",
    "FLOPS, 8000000, 129000000, 10, 15 70 90 147 146 198 222 214 194 196, 768.0485, .006138, .241566, .535239, 8.161020, .196552, .591949, .006667",
    "PARAMS, 154000, 856000, 20, 130 150 149 163 189 182 224 180 179 218 207 200 194 179 188 184 180 205 199 162, 3598.9961, .087417, .566423, .858662, 7.014536, .299461, .649460, .000385",
    "FLOPS, 27000000, 129000000, 20, 41 33 41 53 66 54 63 64 79 81 86 85 112 98 77 73 86 92 82 82, 1314.8292, .007156, .285595, .633614, 7.751614, .226992, .612419, .001515",
  })
  void theFourNormalizationsOfTheResNetPopulation(
      ComplexityMeasure given,
      double low,
      double high,
      int count,
      String binCounts,
      double effective,
      double below6,
      double below7,
      double below8,
      double mean,
      double area10,
      double area20,
      double largestWeight)
      throws IOException {
    NormalizedPopulation p =
        Normalization.withDefaults()
            .given(given)
            .within(new Normalization.Range(low, high))
            .withBins(count)
            .with(EmptyBins.ERROR)
            .of(List.of(resnet()))
            .populations()
            .get(0);
    int[] counts = new int[count];
    for (int b : p.bins()) {
      counts[b]++;
    }
    assertArrayEquals(
        java.util.Arrays.stream(binCounts.split(" ")).mapToInt(Integer::parseInt).toArray(),
        counts);
    assertEquals(effective, p.effectiveSampleSize(), 5e-5);
    assertEquals(below6, p.edf().below(6), 5e-7);
    assertEquals(below7, p.edf().below(7), 5e-7);
    assertEquals(below8, p.edf().below(8), 5e-7);
    assertEquals(mean, p.edf().mean(), 5e-7);
    assertEquals(area10, p.edf().area(10), 5e-7);
    assertEquals(area20, p.edf().area(20), 5e-7);
    assertEquals(largestWeight, p.largestWeight(), 5e-7);
  }

  /**
   * The paper's text has more than 80 % of ResNet models under 8 % error with params held fixed.
   * The recovered population, under the settings of that figure, has 72.5 %, and 86.4 % with
   * nothing held fixed. Either the sentence is about the other curve or the population of 25,000
   * differs: the finding is held here, the claim is not.
   */
  @Test
  void theShareUnderEightPercentIsWhatTheRecoveredPopulationHasNotWhatThePaperSays()
      throws IOException {
    Normalization figure6 =
        Normalization.withDefaults()
            .within(new Normalization.Range(24_000, 856_000))
            .withBins(10)
            .with(EmptyBins.ERROR);
    Population resnet = resnet();
    assertEquals(.725, below8(figure6, resnet), 5e-4);
    assertEquals(.864, below8(figure6.givenNothing(), resnet), 5e-4);
  }

  private static double below8(Normalization normalization, Population population) {
    return normalization.of(List.of(population)).populations().get(0).edf().below(8);
  }

  private static Population resnet() throws IOException {
    List<TrainedModel> models = new ArrayList<>();
    List<String> lines =
        Files.readAllLines(Shared.file("data/nds/resnet_5000_mean_of_3_seeds.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cell = line.split(",");
      models.add(
          TrainedModel.of(
              Integer.toString(models.size()),
              Double.parseDouble(cell[8]),
              new RecordedComplexity(
                  OptionalLong.of(Long.parseLong(cell[6])),
                  OptionalLong.of(Long.parseLong(cell[7])),
                  OptionalLong.empty())));
    }
    return new Population("resnet", models, PopulationOrigin.unstated("test"));
  }
}
