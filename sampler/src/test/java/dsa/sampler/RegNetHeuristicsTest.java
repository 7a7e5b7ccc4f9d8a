package dsa.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.complexity.Complexity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Billions and millions are easily mixed up, and then every network is lean or none is. */
final class RegNetHeuristicsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "X-400MF, 397678568, 5157512, 3143272, true, true",
    "X-32GF, 31735930792, 107811560, 36302160, true, true",
    "ResNet-50, 4089185256, 25557032, 11315688, false, true", // 25.49 and 13.14 million
    "ResNeXt-50, 4230480872, 25028904, 14602216, true, false", // 26.27 and 13.37 million
  })
  void publishedNetworksAreJudgedByTheirCosts(
      String name, long macs, long params, long activations, boolean few, boolean narrow) {
    Complexity cost = new Complexity(params, macs, macs, activations);
    assertEquals(few, RegNetHeuristics.hasFewParams(cost));
    assertEquals(narrow, RegNetHeuristics.hasFewActivations(cost));
  }
}
