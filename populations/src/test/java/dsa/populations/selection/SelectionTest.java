package dsa.populations.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ExtraColumn;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A condition that keeps other models than it says, or a mean over more than the seed, gives
 * results about models that nobody asked for.
 */
final class SelectionTest {

  private static final Population FIVE =
      population(
          List.of(
              new ExtraColumn("epochs", List.of("10", "50", "50", "100", "")),
              new ExtraColumn("optimizer", List.of("sgd", "sgd", "sgd", "adam", "adam")),
              new ExtraColumn("seed", List.of("1", "1", "2", "1", "1"))));

  private static Population population(List<ExtraColumn> extras) {
    List<TrainedModel> models = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      models.add(
          TrainedModel.of(
              "m" + i,
              i,
              new RecordedComplexity(
                  OptionalLong.of(1_000_000L * (i / 4 + 1)),
                  OptionalLong.empty(),
                  OptionalLong.empty())));
    }
    return new Population("five", models, PopulationOrigin.unstated("a test"), extras);
  }

  private static String ids(Population population) {
    return String.join(" ", population.models().stream().map(TrainedModel::id).toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "epochs>=50, m2 m3 m4",
    "epochs>50, m4",
    "epochs<50, m1",
    "epochs=50.0, m2 m3",
    "epochs!=50, m1 m4",
    "optimizer=adam, m4 m5",
    "optimizer!=adam, m1 m2 m3",
    "params<=1M, m1 m2 m3",
    "params<2e6, m1 m2 m3",
    "params = 2000K, m4 m5",
    "error<2.5, m1 m2",
    "id=m3, m3",
    "runs=1, m1 m2 m3 m4 m5",
  })
  void aConditionKeepsTheModelsThatMeetIt(String condition, String kept) {
    assertEquals(kept, ids(Condition.parse(condition).of(FIVE)));
  }

  @Test
  void cellsStayWithTheirModels() {
    Population kept = Condition.parse("epochs>=50").of(FIVE);
    assertEquals(List.of("1", "2", "1"), kept.extra("seed").orElseThrow().cells());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs | is no condition such as",
        "optimizer>sgd | asks for an order, and 'sgd' is no number",
        "epoch>1 | five has no column 'epoch'; it has id, error, runs, params, seed, epochs, optimizer",
        "epochs>1000 | no model of five has epochs>1000; widen the condition",
        "params>1d | asks for an order",
      })
  void whatCannotBeMetIsSaid(String condition, String sentence) {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> Condition.parse(condition).of(FIVE));
    assertTrue(fault.getMessage().contains(sentence), fault.getMessage());
  }

  @Test
  void modelsThatAgreeInAllButTheSeedAreOneWithTheirMean() {
    Population averaged = new Selection(List.of(), List.of("seed")).of(FIVE);
    assertEquals("m1 m2 m4 m5", ids(averaged));
    assertEquals(2.5, averaged.models().get(1).testError().getAsDouble());
    assertEquals(2, averaged.models().get(1).runs());
    assertEquals(List.of("1", "", "1", "1"), averaged.extra("seed").orElseThrow().cells());
  }

  @Test
  void modelsThatNothingTellsApartAreNotAveraged() {
    Population seeds =
        population(List.of(new ExtraColumn("seed", List.of("1", "2", "3", "4", "5"))));
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Selection(List.of(), List.of("seed")).of(seeds));
    assertTrue(fault.getMessage().contains("no settings to tell them apart by"));
    assertThrows(
        IllegalArgumentException.class, () -> new Selection(List.of(), List.of("sead")).of(FIVE));
  }
}
