package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Defaults made for thousands of models trained to the end make comparisons of small populations,
 * or of short trainings, say nothing: bins of one model, areas of zero.
 */
final class DefaultsTest {

  private static Population population(int models, int above, double chance) {
    List<TrainedModel> list =
        IntStream.range(0, models)
            .mapToObj(
                i ->
                    new TrainedModel(
                        "m" + i,
                        i == 0 ? OptionalDouble.empty() : OptionalDouble.of(i < above ? 60 : 7),
                        new RecordedComplexity(
                            OptionalLong.of(1), OptionalLong.of(1), OptionalLong.of(1)),
                        Optional.empty(),
                        1))
            .toList();
    return new Population(
        "p",
        list,
        new PopulationOrigin(
            "test",
            Optional.empty(),
            Optional.of(FlopsConvention.NDS),
            ErrorKind.MIN,
            chance,
            Optional.empty()));
  }

  @Test
  void binsHoldSixteenModelsOfTheSmallestPopulationOnAverage() {
    assertEquals(10, Defaults.bins(List.of(population(5000, 1, 90), population(160, 1, 90))));
    assertEquals(9, Defaults.bins(List.of(population(5000, 1, 90), population(159, 1, 90))));
    assertEquals(4, Defaults.bins(List.of(population(64, 1, 90))));
    assertEquals(2, Defaults.bins(List.of(population(3, 1, 90))));
  }

  @Test
  void areasEndAtGuessingWhereHalfTheModelsOfAPopulationAreAboveThePublishedEnd() {
    assertEquals(20, Defaults.epsilon(List.of(population(10, 4, 90), population(10, 1, 90))));
    assertEquals(90, Defaults.epsilon(List.of(population(10, 5, 90), population(10, 1, 90))));
    assertEquals(99, Defaults.epsilon(List.of(population(10, 10, 90), population(10, 9, 99))));
  }
}
