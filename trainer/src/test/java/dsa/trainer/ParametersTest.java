package dsa.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Task;
import dsa.core.random.SeedPath;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Weights that begin too large or too small train to another error, and tensors in another order
 * make checkpoints and seeds mean something else.
 */
final class ParametersTest {

  private static Parameters of(String text) {
    return Parameters.of(ArchitectureSpec.parse(text).plan(Task.CIFAR10));
  }

  @ParameterizedTest
  @FieldSource("dsa.trainer.SmallGraphs#ALL")
  void asManyNumbersAreTrainedAsAreCounted(String text) {
    NetworkPlan plan = ArchitectureSpec.parse(text).plan(Task.CIFAR10);
    assertEquals(plan.complexity().params(), Parameters.of(plan).count());
  }

  @Test
  void tensorsStandInTheOrderOfTheWalk() {
    List<List<Integer>> shapes =
        of("graph | conv3x5@8g1 | cat(dw3; conv1@4 bn) | split(8: se2; 4: sum(dw5; conv3@4g2))")
            .trainable()
            .stream()
            .map(Parameters.Parameter::shape)
            .toList();
    assertEquals(
        List.of(
            List.of(8, 3, 3, 5),
            List.of(8, 1, 3, 3),
            List.of(4, 8, 1, 1),
            List.of(4),
            List.of(4),
            List.of(2, 8),
            List.of(2),
            List.of(8, 2),
            List.of(8),
            List.of(4, 1, 5, 5),
            List.of(4, 2, 3, 3),
            List.of(10, 12),
            List.of(10)),
        shapes);
  }

  @Test
  void partsBeginWhereThoseBeforeThemEnd() {
    Parameters parameters = of("graph | conv3@8 bn | <1> dw3 bn se4 | <1> max3 | <2 3> conv1@8 bn");
    assertEquals(
        List.of(
            new Parameters.Start(0, 0),
            new Parameters.Start(3, 1),
            new Parameters.Start(10, 2),
            new Parameters.Start(10, 2),
            new Parameters.Start(13, 3)),
        parameters.starts());
    assertEquals(List.of(8, 8, 8), parameters.norms());
  }

  @Test
  void onlyTheNormThatEndsAResidualBodyCanBeginAtZero() {
    NetworkPlan plan =
        ArchitectureSpec.parse(
                "graph | conv3@8 bn relu | sum(conv3@8 bn relu conv3@8 bn; id)"
                    + " | sum(conv3@16/2 bn; conv1@16/2 bn) | sum(dw3 bn relu; id)")
            .plan(Task.CIFAR10);
    List<Parameters.Parameter> plain = Parameters.of(plan).trainable();
    List<Parameters.Parameter> identity = Parameters.of(plan, true).trainable();
    List<Integer> changed =
        IntStream.range(0, plain.size())
            .filter(i -> !plain.get(i).equals(identity.get(i)))
            .boxed()
            .toList();
    // kernel, scale, shift of the first norm; then kernel, scale, shift, kernel, scale of the
    // second
    // body; then kernel, scale of the third; the last body ends in a rectifier
    assertEquals(List.of(7, 10), changed);
    for (int i : changed) {
      assertEquals(new Parameters.Parameter(plain.get(i).shape(), 0, 1), plain.get(i));
      assertEquals(new Parameters.Parameter(plain.get(i).shape(), 0, 0), identity.get(i));
    }
  }

  @Test
  void weightsBeginWithTheVarianceOfTheirOutputs() {
    Parameters parameters = of("graph | conv3x7@512 | dw5 | se256 | split(512: innerconv2@64)");
    List<float[]> values = parameters.draw(SeedPath.root(1));
    double[] variances = {
      2.0 / (21 * 512), 2.0 / (25 * 512), 2.0 / 256, 0, 2.0 / 512, 0, 2.0 / (4 * 64), 0.01 * 0.01, 0
    };
    assertEquals(variances.length, values.size());
    for (int i = 0; i < variances.length; i++) {
      double square = 0;
      for (float value : values.get(i)) {
        square += (double) value * value / values.get(i).length;
      }
      double spread = 5 * Math.sqrt(2.0 / values.get(i).length); // standard errors of a variance
      assertTrue(
          Math.abs(square - variances[i]) <= spread * variances[i],
          "tensor " + i + ": " + square + " for " + variances[i]);
    }
  }

  @Test
  void tensorsAreDrawnIndependently() {
    List<float[]> values = of("graph | conv3@8 | conv3@8").draw(SeedPath.root(1));
    assertTrue(Stream.of(0, 1).allMatch(i -> values.get(i)[0] != 0));
    assertTrue(values.get(0)[0] != values.get(1)[0]);
  }
}
