package dsa.analysis.association;

import static dsa.analysis.testing.References.column;
import static dsa.analysis.testing.References.costs;
import static dsa.analysis.testing.References.errors;
import static dsa.analysis.testing.References.golden;
import static dsa.analysis.testing.References.space;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dsa.analysis.testing.References;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors of CIFAR models tie often; a coefficient that drops or guesses ties is off by percents.
 */
final class RankCorrelationTest {

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void coefficientsAreThoseOfScipy(String name) {
    Population population = space(name);
    JsonNode expected = golden("/corr_" + name);
    RankCorrelation correlation =
        RankCorrelation.of(costs(population, ComplexityMeasure.PARAMS), errors(population));
    assertEquals(
        expected.get("spearman").doubleValue(), correlation.spearman().orElseThrow(), 1e-9);
    assertEquals(
        expected.get("kendall_tau_b").doubleValue(), correlation.kendallTauB().orElseThrow(), 1e-9);
    assertEquals(
        expected.get("pearson_logp").doubleValue(), correlation.pearsonOfLog().orElseThrow(), 1e-9);
  }

  // scipy on the same file, rounded to six digits.
  @Test
  void theResNetPopulation() {
    double[] error = column(References.RESNET, "mean_min_test_top1_error");
    RankCorrelation params = RankCorrelation.of(column(References.RESNET, "params"), error);
    RankCorrelation flops = RankCorrelation.of(column(References.RESNET, "flops"), error);
    assertEquals(-.599887, params.kendallTauB().orElseThrow(), 5e-7);
    assertEquals(-.334027, flops.kendallTauB().orElseThrow(), 5e-7);
    assertEquals(-.781509, params.spearman().orElseThrow(), 5e-7);
    assertEquals(-.471669, flops.spearman().orElseThrow(), 5e-7);
  }

  @Test
  void pairsAreCountedAsByHandAndTauBAsByCommonsMath() {
    RandomGenerator random = SeedPath.root(1).generator();
    for (int round = 0; round < 200; round++) {
      int n = 2 + random.nextInt(30);
      double[] x = IntStream.range(0, n).mapToDouble(i -> random.nextInt(8)).toArray();
      double[] y = IntStream.range(0, n).mapToDouble(i -> random.nextInt(8)).toArray();
      long concordant = 0;
      long discordant = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          double product = (x[i] - x[j]) * (y[i] - y[j]);
          concordant += product > 0 ? 1 : 0;
          discordant += product < 0 ? 1 : 0;
        }
      }
      RankCorrelation correlation = RankCorrelation.of(x, y);
      assertEquals(concordant, correlation.concordant());
      assertEquals(discordant, correlation.discordant());
      long pairs = (long) n * (n - 1) / 2;
      assertEquals(pairs - concordant - discordant, correlation.tied());
      assertEquals((double) (concordant - discordant) / pairs, correlation.kendallTauA());
      if (correlation.kendallTauB().isPresent()) {
        assertEquals(
            new KendallsCorrelation().correlation(x, y),
            correlation.kendallTauB().getAsDouble(),
            1e-12);
      }
    }
  }

  @Test
  void aConstantColumnHasNoCorrelation() {
    RankCorrelation correlation =
        RankCorrelation.of(new double[] {1, 2, 3}, new double[] {5, 5, 5});
    assertEquals(OptionalDouble.empty(), correlation.kendallTauB());
    assertEquals(OptionalDouble.empty(), correlation.spearman());
    assertEquals(OptionalDouble.empty(), correlation.pearsonOfLog());
    assertEquals(0, correlation.kendallTauA());
    assertEquals(3, correlation.tied());
  }

  @Test
  void negativeZeroIsZero() {
    RankCorrelation correlation =
        RankCorrelation.of(new double[] {0.0, -0.0, 0.0, 1}, new double[] {3, 2, -0.0, 0.0});
    assertEquals(4, correlation.tied());
    assertEquals(0, correlation.concordant());
    assertEquals(2, correlation.discordant());
  }

  @Test
  void argumentsAreNotReordered() {
    double[] x = {3, 1, 2};
    double[] y = {1, 3, 2};
    RankCorrelation.of(x, y);
    assertArrayEquals(new double[] {3, 1, 2}, x);
    assertArrayEquals(new double[] {1, 3, 2}, y);
  }

  @Test
  void nonsenseIsRefused() {
    double[] two = {1, 2};
    assertThrows(IllegalArgumentException.class, () -> RankCorrelation.of(two, new double[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCorrelation.of(new double[] {1}, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCorrelation.of(two, new double[] {1, Double.NaN}));
    RankCorrelation negative = RankCorrelation.of(new double[] {-1, 2}, two);
    assertThrows(IllegalArgumentException.class, negative::pearsonOfLog);
  }
}
