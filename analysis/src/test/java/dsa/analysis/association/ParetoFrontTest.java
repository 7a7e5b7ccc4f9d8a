package dsa.analysis.association;

import static dsa.analysis.testing.References.costs;
import static dsa.analysis.testing.References.doubles;
import static dsa.analysis.testing.References.errors;
import static dsa.analysis.testing.References.golden;
import static dsa.analysis.testing.References.space;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A front that loses models of equal cost or equal error loses the very ones people pick. */
final class ParetoFrontTest {

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void frontsAndVolumesOfTheGoldenSpaces(String name) {
    Population population = space(name);
    JsonNode expected = golden("/pareto_" + name);
    ParetoFront front =
        ParetoFront.of(costs(population, ComplexityMeasure.FLOPS), errors(population));
    assertArrayEquals(
        doubles(expected.get("ids")),
        Arrays.stream(front.indices()).sorted().asDoubleStream().toArray());
    double volume = expected.get("hypervolume_ref_flops160e6_err12").doubleValue();
    assertEquals(volume, front.hypervolume(160e6, 12), 1e-9 * volume);
  }

  @Test
  void theFrontIsWhatNoOtherModelBeats() {
    RandomGenerator random = SeedPath.root(1).generator();
    for (int round = 0; round < 200; round++) {
      int n = 1 + random.nextInt(40);
      double[] cost = IntStream.range(0, n).mapToDouble(i -> random.nextInt(10)).toArray();
      double[] error = IntStream.range(0, n).mapToDouble(i -> random.nextInt(10)).toArray();
      int[] expected =
          IntStream.range(0, n)
              .filter(
                  i ->
                      IntStream.range(0, n)
                          .noneMatch(
                              j ->
                                  cost[j] <= cost[i]
                                      && error[j] <= error[i]
                                      && (cost[j] < cost[i] || error[j] < error[i])))
              .toArray();
      ParetoFront front = ParetoFront.of(cost, error);
      assertArrayEquals(expected, Arrays.stream(front.indices()).sorted().toArray());
      // exact volume: unit cells below (10, 10) that some model dominates
      long cells =
          IntStream.range(0, 100)
              .filter(
                  cell ->
                      IntStream.range(0, n)
                          .anyMatch(
                              i -> cost[i] <= cell % 10 && error[i] <= Math.floorDiv(cell, 10)))
              .count();
      assertEquals((double) cells, front.hypervolume(10, 10), 1e-12);
    }
  }

  @Test
  void twinsStandOnTheFrontTogetherInOrderOfCost() {
    ParetoFront front = ParetoFront.of(new double[] {5, 1, 5, 1, 9}, new double[] {2, 7, 2, 8, 2});
    assertArrayEquals(new int[] {1, 0, 2}, front.indices());
  }

  @Test
  void modelsBeyondTheReferenceAddNothing() {
    ParetoFront front = ParetoFront.of(new double[] {1, 3}, new double[] {5, 4});
    assertEquals(0, front.hypervolume(1, 10));
    assertEquals(0, front.hypervolume(10, 4));
    assertEquals(9 * 5 + 7, front.hypervolume(10, 10));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ParetoFront.of(new double[0], new double[0]));
    assertThrows(
        IllegalArgumentException.class, () -> ParetoFront.of(new double[2], new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> ParetoFront.of(new double[] {1}, new double[] {Double.NaN}));
  }
}
