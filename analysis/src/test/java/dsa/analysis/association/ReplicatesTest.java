package dsa.analysis.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The same trainings counted as two say that training has no noise: a reliability of 1.000. */
final class ReplicatesTest {

  /** Network i has i + 1 blocks. */
  private static Replicates.Trained trained(String name, String recipe, double... errors) {
    List<TrainedModel> models = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      models.add(
          new TrainedModel(
              name + i,
              OptionalDouble.of(errors[i]),
              RecordedComplexity.NONE,
              Optional.of(ArchitectureSpec.parse("vanilla cifar:16 | " + (i + 1) + "x16 s1")),
              1));
    }
    return new Replicates.Trained(
        new Population(
            name,
            models,
            new PopulationOrigin(
                "test",
                Optional.of("cifar10"),
                Optional.empty(),
                ErrorKind.MIN,
                90,
                recipe.isEmpty() ? Optional.empty() : Optional.of(recipe))),
        name + ".csv",
        Optional.empty());
  }

  @Test
  void aTableAndTheSweepItWasCollectedFromAreNoReplicates() {
    Replicates.Found found =
        Replicates.among(
            List.of(
                trained("sweep", "short", 9, 6, 8, 7),
                trained("table", "short", 9, 6, 8),
                trained("again", "short", 8, 7, 9, 6)));
    assertEquals(1, found.groups().size());
    assertEquals(List.of("sweep", "again"), found.groups().get(0).populations());
    assertEquals(4, found.groups().get(0).noise().models());
    assertEquals(1, found.notes().size());
    assertTrue(
        found.notes().get(0).startsWith("table.csv: is no replicate of sweep.csv, as every"),
        found.notes().toString());
    assertTrue(
        Replicates.among(List.of(trained("a", "short", 9, 6), trained("b", "short", 9, 6)))
            .groups()
            .isEmpty());
  }

  @Test
  void oneEqualErrorIsChance() {
    Replicates.Found found =
        Replicates.among(List.of(trained("a", "short", 9, 6, 8), trained("b", "short", 9, 7, 8.5)));
    assertEquals(1, found.groups().size());
    assertEquals("short, min, cifar10", found.groups().get(0).conditions());
    assertEquals(List.of(), found.notes());
  }

  @Test
  void populationsOfOtherRecipesOrNoneAreInNoGroup() {
    Replicates.Found found =
        Replicates.among(
            List.of(
                trained("a", "short", 9, 6, 8),
                trained("b", "long", 8, 7, 9),
                trained("c", "", 8, 6, 9),
                trained("d", "", 7, 6, 9)));
    assertEquals(List.of(), found.groups());
    assertEquals(List.of(), found.notes());
  }
}
