package dsa.analysis.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.testing.References;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A planned sample size that is too small wastes every training it asked for. */
final class AreaPowerTest {

  private static final SeedPath SEED = SeedPath.root(1);
  private static final double[] ONES = {1, 1};

  @Test
  void theVarianceOfOneModelIsThatOfItsShareOfTheArea() {
    NormalizedPopulation plain = plain(made("plain", 400, 8, 1));
    double[] gains = plain.errors();
    double mean = 0;
    double squares = 0;
    for (double e : gains) {
      mean += (1 - e / 20) / gains.length;
      squares += (1 - e / 20) * (1 - e / 20) / gains.length;
    }
    AreaPower power = AreaPower.of(plain, plain, 20, 4000, SEED);
    double variance = squares - mean * mean;
    assertEquals(variance, power.unitVarianceA(), .08 * variance); // 3.5 sd of a resampled variance
    assertEquals(0, power.observedDifference());
  }

  @Test
  void binsTakeOutTheVarianceBetweenThem() {
    Population trend = made("trend", 2000, 8, 7);
    Normalization ten = Normalization.withDefaults().within(new Normalization.Range(0, 1_000_000));
    NormalizedPopulation binned = ten.of(List.of(trend)).populations().get(0);
    AreaPower power = AreaPower.of(binned, plain(trend), 20, 2000, SEED);
    // post-stratified: sum over bins of (variance within) / (K^2 share)
    double[] mean = new double[10];
    double[] squares = new double[10];
    double[] count = new double[10];
    for (int i = 0; i < binned.size(); i++) {
      int b = binned.bins()[i];
      double gain = 1 - binned.errors()[i] / 20;
      mean[b] += gain;
      squares[b] += gain * gain;
      count[b]++;
    }
    double expected = 0;
    for (int b = 0; b < 10; b++) {
      double variance = squares[b] / count[b] - mean[b] / count[b] * mean[b] / count[b];
      expected += variance / (100 * count[b] / binned.size());
    }
    assertEquals(expected, power.unitVarianceA(), .12 * expected);
    assertTrue(power.unitVarianceA() < .5 * power.unitVarianceB());
  }

  @Test
  void theClosedFormSampleSizeHasThePowerItPromises() {
    Normalization bins = Normalization.withDefaults().within(new Normalization.Range(0, 1_000_000));
    List<NormalizedPopulation> pair =
        bins.of(List.of(made("a", 3000, 8, 2), made("b", 3000, 8.1, 2))).populations();
    AreaPower power = AreaPower.of(pair.get(0), pair.get(1), 20, 3000, SEED);
    double difference = Math.abs(power.observedDifference());
    long n = power.modelsToDetect(difference);
    assertEquals(.8, power.powerFor(difference, n), .01);
    assertEquals(.8, power.simulatedPower((int) n, 3000, SEED.child("check")), .035);
    assertEquals(
        power.powerFor(difference, 2 * n),
        power.simulatedPower((int) (2 * n), 2000, SEED.child("check")),
        .035);
  }

  @Test
  void detectableDifferenceAndSampleSizeAreInverse() {
    NormalizedPopulation plain = plain(made("plain", 400, 8, 1));
    AreaPower power = AreaPower.of(plain, plain, 20, 500, SEED);
    for (long n : new long[] {10, 100, 1000}) {
      assertEquals(n, power.modelsToDetect(power.detectableDifference(n) * (1 + 1e-9)));
    }
    assertEquals(power.detectableDifference(100) / 10, power.detectableDifference(10_000), 1e-12);
    double delta = .01;
    double z = 1.959963984540054 + 0.8416212335729143;
    double models = z * z * (power.unitVarianceA() + power.unitVarianceB()) / (delta * delta);
    assertEquals((long) Math.ceil(models - 1e-6), power.modelsToDetect(delta));
    assertTrue(power.withPower(.9).modelsToDetect(delta) > power.modelsToDetect(delta));
    assertTrue(power.withLevel(.01).modelsToDetect(delta) > power.modelsToDetect(delta));
  }

  @Test
  void theSameSeedGivesTheSamePlan() {
    NormalizedPopulation a = plain(made("a", 100, 8, 1));
    assertEquals(
        AreaPower.of(a, a, 20, 200, SEED).modelsToDetect(.01),
        AreaPower.of(a, a, 20, 200, SEED).modelsToDetect(.01));
  }

  @Test
  void spacesWithoutSpreadAreToldApartByOneModelEach() {
    NormalizedPopulation five = plain(References.population("five", new double[] {5, 5}, ONES));
    NormalizedPopulation six = plain(References.population("six", new double[] {6, 6}, ONES));
    AreaPower power = AreaPower.of(five, six, 20, 10, SEED);
    assertEquals(.05, power.observedDifference(), 1e-15);
    assertEquals(1, power.modelsToDetect(.05));
    assertEquals(1, power.powerFor(.05, 1));
    assertEquals(1, power.simulatedPower(1, 5, SEED));
  }

  @Test
  void nonsenseIsRefused() {
    NormalizedPopulation a = plain(made("a", 10, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> AreaPower.of(a, a, 0, 200, SEED));
    assertThrows(IllegalArgumentException.class, () -> AreaPower.of(a, a, 20, 1, SEED));
    AreaPower power = AreaPower.of(a, a, 20, 200, SEED);
    assertThrows(IllegalArgumentException.class, () -> power.modelsToDetect(0));
    assertThrows(IllegalArgumentException.class, () -> power.powerFor(Double.NaN, 10));
    assertThrows(IllegalArgumentException.class, () -> power.detectableDifference(0));
    assertThrows(IllegalArgumentException.class, () -> power.simulatedPower(10, 0, SEED));
    assertThrows(IllegalArgumentException.class, () -> power.withLevel(1));
    assertThrows(IllegalArgumentException.class, () -> power.withPower(0));
  }

  /** Errors {@code base - slope (params - 0.5M) / 1M + uniform noise of width 2}. */
  private static Population made(String name, int n, double base, double slope) {
    RandomGenerator random = SeedPath.root(7).child(name).generator();
    double[] errors = new double[n];
    double[] params = new double[n];
    for (int i = 0; i < n; i++) {
      params[i] = 1 + random.nextInt(999_998);
      errors[i] = base - slope * (params[i] / 1e6 - .5) + 2 * random.nextDouble() - 1;
    }
    return References.population(name, errors, params);
  }

  private static NormalizedPopulation plain(Population population) {
    return Normalization.withDefaults()
        .givenNothing()
        .with(EmptyBins.ERROR)
        .of(List.of(population))
        .populations()
        .get(0);
  }
}
