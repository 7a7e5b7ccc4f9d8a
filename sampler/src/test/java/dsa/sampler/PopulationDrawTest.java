package dsa.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import dsa.sampler.PopulationDraw.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Networks that are trained again stand for the population they come from: a draw that favours some
 * of them, or misses the good end, makes every agreement between recipes one of other networks.
 */
final class PopulationDrawTest {

  /** Network i is i + 1 blocks deep; the deeper, the smaller its error, and the last diverged. */
  private static Population population(int size) {
    List<TrainedModel> models = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      models.add(
          new TrainedModel(
              "m" + i,
              i == size - 1 ? OptionalDouble.empty() : OptionalDouble.of(60 - i),
              RecordedComplexity.NONE,
              Optional.of(ArchitectureSpec.parse("vanilla cifar:16 | " + (i + 1) + "x16 s1")),
              1));
    }
    return new Population("deep", models, PopulationOrigin.unstated("test"));
  }

  private static List<Integer> draw(int size, int n, Rule rule, long seed) {
    PopulationDraw draw =
        PopulationDraw.of(
            population(size),
            Task.CIFAR10,
            ComplexityCap.NONE,
            n,
            Repeats.KEPT,
            rule,
            SeedPath.root(seed));
    return draw.models().stream().map(DrawnModel::index).toList();
  }

  @Test
  void everySetIsEquallyLikely() {
    int[] chosen = new int[6];
    Set<List<Integer>> sets = new HashSet<>();
    for (int seed = 0; seed < 3000; seed++) {
      List<Integer> drawn = draw(6, 2, Rule.UNIFORM, seed);
      sets.add(drawn);
      drawn.forEach(i -> chosen[i]++);
      assertTrue(drawn.get(0) < drawn.get(1), drawn.toString());
    }
    assertEquals(15, sets.size());
    for (int count : chosen) {
      assertEquals(1000, count, 4 * Math.sqrt(3000 / 3.0 * 2 / 3));
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5), draw(6, 6, Rule.UNIFORM, 1));
    assertEquals(draw(50, 9, Rule.UNIFORM, 7), draw(50, 9, Rule.UNIFORM, 7));
  }

  @Test
  void byErrorEveryGroupGivesOne() {
    // by rising error: 9 8 7 6 5 4 3 2 1 0, and 10, which diverged; groups of 3, 4 and 4
    List<Set<Integer>> groups = List.of(Set.of(9, 8, 7), Set.of(6, 5, 4, 3), Set.of(2, 1, 0, 10));
    Set<Integer> seen = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      List<Integer> drawn = draw(11, 3, Rule.BY_ERROR, seed);
      seen.addAll(drawn);
      for (Set<Integer> group : groups) {
        assertEquals(1, drawn.stream().filter(group::contains).count(), drawn.toString());
      }
    }
    assertEquals(11, seen.size());
  }

  @Test
  void limitsHoldAndWhatIsLeftOutIsCounted() {
    Population plain = population(8);
    List<TrainedModel> models = new ArrayList<>(plain.models());
    models.add(TrainedModel.of("unknown", 5, RecordedComplexity.NONE));
    TrainedModel first = models.get(0);
    models.add(
        new TrainedModel("again", first.testError(), first.complexity(), first.architecture(), 1));
    Population population = new Population("deep", models, plain.origin());
    long most = first.architecture().get().complexity(Task.CIFAR10).params() + 5000;
    ComplexityCap cap =
        new ComplexityCap(
            ComplexityCap.Combination.ALL,
            List.of(new ComplexityLimit(ComplexityMeasure.PARAMS, FlopsConvention.NDS, 0, most)));
    SeedPath seed = SeedPath.root(1);
    PopulationDraw draw =
        PopulationDraw.of(population, Task.CIFAR10, cap, 3, Repeats.KEPT, Rule.UNIFORM, seed);
    assertEquals(7, draw.rejected()); // six are larger, one is unknown
    assertEquals(List.of(0, 1, 9), draw.models().stream().map(DrawnModel::index).toList());
    for (DrawnModel model : draw.models()) {
      assertEquals(model.spec().complexity(Task.CIFAR10), model.complexity());
      assertTrue(cap.admits(model.complexity()));
    }
    PopulationDraw distinct =
        PopulationDraw.of(population, Task.CIFAR10, cap, 2, Repeats.DROPPED, Rule.BY_ERROR, seed);
    assertEquals(1, distinct.repeats());
    assertFalse(distinct.models().stream().anyMatch(model -> model.index() == 9));
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PopulationDraw.of(
                    population, Task.CIFAR10, cap, 4, Repeats.KEPT, Rule.UNIFORM, seed));
    assertTrue(fault.getMessage().contains("deep has 3 to draw from"), fault.getMessage());
  }

  @Test
  void networksWrittenInTwoWaysAreOne() {
    String cell = "sep_conv_3x3(0)+skip_connect(1) -> 2";
    String swapped = "skip_connect(1)+sep_conv_3x3(0) -> 2";
    List<TrainedModel> models = new ArrayList<>();
    for (String normal : List.of(cell, swapped)) {
      models.add(
          new TrainedModel(
              normal,
              OptionalDouble.of(10),
              RecordedComplexity.NONE,
              Optional.of(ArchitectureSpec.parse("cells cifar:8 d4 | " + normal + " | " + cell)),
              1));
    }
    Population population = new Population("cells", models, PopulationOrigin.unstated("test"));
    PopulationDraw draw =
        PopulationDraw.of(
            population,
            Task.CIFAR10,
            ComplexityCap.NONE,
            1,
            Repeats.DROPPED,
            Rule.UNIFORM,
            SeedPath.root(1));
    assertEquals(1, draw.repeats());
  }
}
