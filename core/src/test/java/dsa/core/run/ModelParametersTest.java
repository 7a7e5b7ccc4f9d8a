package dsa.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A column that skips a model shifts every later value to another model's error. */
final class ModelParametersTest {

  private static final StagedSpec NARROW =
      StagedSpec.cifar(
          BlockType.BOTTLENECK,
          List.of(StageSpec.bottleneck(2, 64, 1, .25, 4), StageSpec.bottleneck(3, 32, 2, .5, 1)));
  private static final StagedSpec WIDE =
      StagedSpec.cifar(
          BlockType.BOTTLENECK,
          List.of(StageSpec.bottleneck(1, 16, 1, 1, 2), StageSpec.bottleneck(1, 256, 2, 1, 8)));
  private static final StagedSpec PLAIN =
      StagedSpec.cifar(
          BlockType.RESIDUAL, List.of(StageSpec.plain(9, 16, 1), StageSpec.plain(9, 32, 2)));

  @Test
  void bottleneckNetworksHaveDepthsWidthsMultipliersAndGroups() {
    Map<String, double[]> columns = ModelParameters.ofStaged(List.of(NARROW, WIDE));
    assertEquals(
        List.of("depth", "width", "d1", "d2", "w1", "w2", "b1", "b2", "g1", "g2"),
        List.copyOf(columns.keySet()));
    assertArrayEquals(new double[] {5, 2}, columns.get("depth"));
    assertArrayEquals(new double[] {64, 256}, columns.get("width"));
    assertArrayEquals(new double[] {3, 1}, columns.get("d2"));
    assertArrayEquals(new double[] {64, 16}, columns.get("w1"));
    assertArrayEquals(new double[] {.25, 1}, columns.get("b1"));
    assertArrayEquals(new double[] {1, 8}, columns.get("g2"));
  }

  @Test
  void blocksWithoutABottleneckHaveNoMultiplierAndNoGroups() {
    assertEquals(
        List.of("depth", "width", "d1", "d2", "w1", "w2"),
        List.copyOf(ModelParameters.ofStaged(List.of(PLAIN)).keySet()));
    assertEquals(
        List.of("depth", "width", "d1", "d2", "w1", "w2"),
        List.copyOf(ModelParameters.ofStaged(List.of(NARROW, PLAIN)).keySet()));
  }

  @Test
  void onlyColumnsThatEveryModelHasAreGiven() {
    RecordedComplexity all =
        RecordedComplexity.of(PLAIN.complexity(Task.CIFAR10), FlopsConvention.NDS);
    RecordedComplexity some =
        new RecordedComplexity(all.params(), OptionalLong.empty(), all.activations());
    TrainedModel known = model("known", all, Optional.of(PLAIN));
    TrainedModel foreign = model("foreign", some, Optional.empty());
    assertEquals(
        List.of("params", "flops", "activations", "depth", "width", "d1", "d2", "w1", "w2"),
        List.copyOf(ModelParameters.of(List.of(known, known)).keySet()));
    Map<String, double[]> shared = ModelParameters.of(List.of(known, foreign));
    assertEquals(List.of("params", "activations"), List.copyOf(shared.keySet()));
    double params = all.params().orElseThrow();
    assertArrayEquals(new double[] {params, params}, shared.get("params"));
  }

  @Test
  void networksOfDifferentStageCountsAreRefused() {
    StagedSpec three = StagedSpec.cifar(BlockType.RESIDUAL, List.of(StageSpec.plain(1, 16, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> ModelParameters.ofStaged(List.of(PLAIN, three)));
  }

  private static TrainedModel model(
      String id, RecordedComplexity complexity, Optional<StagedSpec> architecture) {
    return new TrainedModel(
        id, OptionalDouble.of(7), complexity, architecture.map(StagedSpec.class::cast), 1);
  }
}
