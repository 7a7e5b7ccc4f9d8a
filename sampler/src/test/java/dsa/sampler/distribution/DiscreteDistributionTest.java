package dsa.sampler.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A distribution that rounds down instead of up, or forgets the half quantum at its ends, draws
 * networks that all look right and a population that is another one.
 */
final class DiscreteDistributionTest {

  private static DiscreteDistribution distribution(
      String type, String low, String high, String quantum) {
    return DiscreteDistribution.of(DistributionType.parse(type), low, high, quantum);
  }

  @Test
  void logUniformProbabilitiesAreTheDocumentedOnes() {
    DiscreteDistribution distribution = distribution("log-uniform", "8", "256", "8");
    assertEquals(1 / 6.0, distribution.probability(new BigDecimal("8")), 1e-15);
    assertEquals(1 / 6.0, distribution.probability(new BigDecimal("16")), 1e-15);
    assertEquals(
        Math.log(1.5) / Math.log(64),
        distribution.probability(new BigDecimal("24")),
        1e-15); // .0975
    assertEquals(32, distribution.values().size());
    assertEquals(0, distribution.probability(new BigDecimal("20")));
    assertEquals("log-uniform from 8 to 256 by 8", distribution.text());
  }

  private static DiscreteDistribution over(String... values) {
    return DiscreteDistribution.logUniformOver(Stream.of(values).map(BigDecimal::new).toList());
  }

  @Test
  void aListIsLogUniformByItsSteps() {
    DiscreteDistribution powers = over("1", "2", "4", "8");
    for (int place = 0; place < 4; place++) {
      assertEquals(1 / 4.0, powers.probability(place), 1e-15);
    }
    assertEquals("log-uniform over 1, 2, 4, 8", powers.text());
    assertEquals(1 / 2.0, over("1", "16").probability(0), 1e-15, "two values are geometric too");
    DiscreteDistribution uneven = over("2", "4", "5");
    assertEquals(Math.log(2) / Math.log(5), uneven.probability(0), 1e-15);
    assertEquals(Math.log(1.25) / Math.log(5), uneven.probability(2), 1e-15);
    DiscreteDistribution range = distribution("log-uniform", "8", "40", "8");
    DiscreteDistribution list = over("8", "16", "24", "32", "40");
    for (int place = 0; place < 5; place++) {
      assertEquals(range.probability(place), list.probability(place), 1e-15);
    }
    assertEquals("always 3", over("3").text());
    assertEquals(1, over("3").probability(0));
  }

  @Test
  void listsThatHaveNoLogarithmsOrDoNotRiseAreRefused() {
    assertEquals(
        "log-uniform distribution over [1, 3, 2]: the values must be listed in rising order",
        assertThrows(IllegalArgumentException.class, () -> over("1", "3", "2")).getMessage());
    assertEquals(
        "log-uniform distribution over [2, 1]: the values must be listed in rising order",
        assertThrows(IllegalArgumentException.class, () -> over("2", "1")).getMessage());
    for (String[] none : new String[][] {{}, {"0", "1"}}) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> over(none))
              .getMessage()
              .endsWith("there must be values, all above 0"));
    }
  }

  @Test
  void belowTheQuantumPowersOfTwoKeepTheirShare() {
    DiscreteDistribution distribution = distribution("power2_or_log_uniform", "1", "128", "8");
    DiscreteDistribution upper = distribution("log_uniform", "8", "128", "8");
    assertEquals(19, distribution.values().size());
    for (String power : List.of("1", "2", "4")) {
      assertEquals(1 / 8.0, distribution.probability(new BigDecimal(power)), 1e-15);
    }
    for (BigDecimal value : upper.values()) {
      assertEquals(5 / 8.0 * upper.probability(value), distribution.probability(value), 1e-15);
    }
    assertEquals(
        List.of("0.5", "1", "2"),
        distribution("power2_or_log_uniform", "0.5", "2", "4").values().stream()
            .map(v -> v.stripTrailingZeros().toPlainString())
            .toList());
  }

  @Test
  void decimalsAreExact() {
    DiscreteDistribution distribution = distribution("log_uniform", "8", "256", "0.1");
    assertEquals(2481, distribution.values().size());
    assertEquals(0, new BigDecimal("36.4").compareTo(distribution.values().get(284)));
    assertEquals(36.4, distribution.values().get(284).doubleValue());
    assertEquals("always 1", distribution("power2_uniform", "1", "1", "0.0078125").text());
  }

  /** A value drawn as pycls' source says: a real number first, then a multiple of the quantum. */
  private static BigDecimal drawnByDefinition(
      RandomStream random,
      DistributionType type,
      BigDecimal low,
      BigDecimal high,
      BigDecimal quantum) {
    double l = low.doubleValue();
    double h = high.doubleValue();
    double q = quantum.doubleValue();
    if (type == DistributionType.UNIFORM) {
      return quantized(l + (h + q - l) * random.nextDouble(), quantum, RoundingMode.FLOOR);
    }
    if (type == DistributionType.LOG_UNIFORM) {
      double least = Math.log(l - Math.min(q, l / 2));
      double log = least + (Math.log(h) - least) * (1 - random.nextDouble());
      return quantized(Math.exp(log), quantum, RoundingMode.CEILING);
    }
    if (type == DistributionType.POWER2_UNIFORM || type == DistributionType.POWER2_OR_LOG_UNIFORM) {
      int powers = (int) Math.round(Math.log(h / l) / Math.log(2)) + 1;
      BigDecimal power = low.multiply(BigDecimal.valueOf(1L << random.nextInt(powers)));
      return type == DistributionType.POWER2_UNIFORM || power.compareTo(quantum) < 0
          ? power
          : drawnByDefinition(
              random, DistributionType.LOG_UNIFORM, low.max(quantum), high, high.min(quantum));
    }
    double a = type == DistributionType.NORMAL ? l : Math.log(l);
    double b = type == DistributionType.NORMAL ? h : Math.log(h);
    double f;
    do {
      double z =
          Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
              * Math.cos(2 * Math.PI * random.nextDouble());
      f = (a + b) / 2 + (b - a) / 6 * z;
    } while (f < a || f > b);
    return quantized(
        type == DistributionType.NORMAL ? f : Math.exp(f), quantum, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal quantized(double f, BigDecimal quantum, RoundingMode mode) {
    return new BigDecimal(f).divide(quantum, 0, mode).multiply(quantum);
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "uniform, 12, 28, 1",
    "uniform, -3, 3, 0.5",
    "log-uniform, 8, 256, 8",
    "log-uniform, 2, 3, 0.05",
    "log-uniform, 1, 20, 1",
    "power2-uniform, 0.25, 8, 0.25",
    "power2-or-log-uniform, 1, 128, 8",
    "power2-or-log-uniform, 8, 128, 8",
    "normal, 0, 10, 1",
    "log-normal, 1, 32, 1",
  })
  void drawsFollowTheDistributionTwoWays(String type, String low, String high, String quantum) {
    DiscreteDistribution distribution = distribution(type, low, high, quantum);
    RandomStream random = SeedPath.root(11).child(type + low).generator();
    assertFollows(distribution, () -> distribution.values().get(distribution.draw(random)));
    assertFollows(
        distribution,
        () ->
            drawnByDefinition(
                random,
                distribution.type(),
                new BigDecimal(low),
                new BigDecimal(high),
                new BigDecimal(quantum)));
  }

  private static void assertFollows(DiscreteDistribution distribution, Supplier<BigDecimal> draw) {
    int n = 100_000;
    Map<Double, Integer> counts = new HashMap<>();
    for (int i = 0; i < n; i++) {
      counts.merge(draw.get().doubleValue(), 1, Integer::sum);
    }
    double statistic = 0;
    int drawn = 0;
    for (int place = 0; place < distribution.values().size(); place++) {
      double expected = n * distribution.probability(place);
      int count = counts.getOrDefault(distribution.values().get(place).doubleValue(), 0);
      drawn += count;
      statistic += (count - expected) * (count - expected) / expected;
    }
    assertEquals(n, drawn, "every draw is one of the distribution's values");
    int df = distribution.values().size() - 1;
    assertTrue(statistic < critical(df), distribution.text() + ": " + statistic);
  }

  /** The upper 0.001 point of chi-square, by Wilson and Hilferty's cube. */
  private static double critical(int df) {
    double v = 2.0 / (9 * df);
    return df * Math.pow(1 - v + 3.0902 * Math.sqrt(v), 3);
  }

  @Test
  void probabilitiesAddUpToOne() {
    DiscreteDistribution distribution = distribution("normal", "0", "10", "1");
    double sum = 0;
    for (int place = 0; place < distribution.values().size(); place++) {
      sum += distribution.probability(place);
    }
    assertEquals(1, sum, 1e-15);
    // P(4.5 < f < 5.5) of a normal with deviation 10 / 6, within three deviations; by Python's
    // math.erf
    assertEquals(0.23582284437790524 / 0.9973002039367398, distribution.probability(5), 1e-14);
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform | 1 | 2 | 0 | the quantum must be above 0",
        "uniform | 3 | 2 | 1 | the range is empty",
        "log-uniform | 0 | 2 | 1 | the range must lie above 0",
        "log-normal | 0 | 2 | 1 | the range must lie above 0",
        "uniform | 1 | 4 | 2 | both ends must be multiples of the quantum",
        "power2-uniform | 1 | 12 | 1 | 12 is no power of two",
        "power2-uniform | 0.3 | 16 | 1 | 0.3 is no power of two",
        "power2-or-log-uniform | 1 | 16 | 3 | 3 is no power of two",
        "uniform | 1 | 100000 | 1 | more than 65536 values; use a larger quantum",
      })
  void impossibleLawsAreRefused(
      String type, String low, String high, String quantum, String reason) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> distribution(type, low, high, quantum))
            .getMessage();
    assertEquals(
        type + " distribution from " + low + " to " + high + " by " + quantum + ": " + reason,
        said);
  }

  @Test
  void unknownLawsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> DistributionType.parse("gaussian"));
  }
}
