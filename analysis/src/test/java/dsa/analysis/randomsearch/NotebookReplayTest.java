package dsa.analysis.randomsearch;

import static dsa.analysis.testing.References.column;
import static dsa.analysis.testing.References.doubles;
import static dsa.analysis.testing.References.golden;
import static dsa.analysis.testing.References.space;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.testing.References;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The notebooks simulate what we compute in closed form. Without their simulation, drawn from the
 * same generator, nobody could tell a better method from a different quantity.
 */
final class NotebookReplayTest {

  /** Mean and population standard deviation over the trials of the notebooks; absent if none. */
  private record Trials(int count, double mean, double deviation) {

    static Optional<Trials> of(double[] errors, double[] cumulative, int k, PythonRandom random) {
      int count = errors.length / k; // T_k; 0 would make the mean of nothing
      if (count == 0) {
        return Optional.empty();
      }
      double[] best =
          IntStream.range(0, count)
              .mapToDouble(
                  t ->
                      Arrays.stream(random.choices(cumulative, k))
                          .mapToDouble(i -> errors[i])
                          .min()
                          .orElseThrow())
              .toArray();
      double mean = Arrays.stream(best).sum() / count;
      double variance = Arrays.stream(best).map(b -> (b - mean) * (b - mean)).sum() / count;
      return Optional.of(new Trials(count, mean, Math.sqrt(variance)));
    }
  }

  @Test
  void aReplayNeedsCPythonsOwnTwister() {
    PythonRandom random = new PythonRandom(1);
    for (double expected : doubles(golden("/cpython_mt_seed1/random5"))) {
      assertEquals(expected, random.random());
    }
    assertArrayEquals(
        doubles(golden("/cpython_mt_seed1/sample_25000_100_first10")),
        Arrays.stream(new PythonRandom(1).sample(25000, 100)).limit(10).asDoubleStream().toArray());
    assertArrayEquals(
        doubles(golden("/cpython_mt_seed1/choices_cum")),
        Arrays.stream(new PythonRandom(1).choices(new double[] {.1, .3, .6, .9, 1}, 10))
            .asDoubleStream()
            .toArray());
  }

  // CPython 3 and numpy 2.4.6 on golden space A, normalized: k, trials, mean, population sd.
  @Test
  void theSimulationReplayedWithSeedOne() {
    double[][] expected = {
      {1, 60, 8.253666666666668, 1.0601445918154542},
      {2, 30, 7.923666666666666, 0.8037100776330284},
      {4, 15, 7.128000000000001, 0.4467989853763471},
      {8, 7, 7.090000000000001, 0.37152196628001877},
      {16, 3, 6.623333333333332, 0.18856180831641242},
      {32, 1, 6.98, 0},
    };
    NormalizedPopulation a = normalizedA();
    double[] cumulative = cumulative(a.weights());
    PythonRandom random = new PythonRandom(1);
    for (double[] row : expected) {
      Trials trials = Trials.of(a.errors(), cumulative, (int) row[0], random).orElseThrow();
      assertEquals((int) row[1], trials.count());
      assertEquals(row[2], trials.mean(), 1e-12);
      assertEquals(row[3], trials.deviation(), 1e-12, "population, not sample, deviation");
    }
  }

  @Test
  void aBudgetAboveThePopulationLeavesTheNotebooksWithoutTrialsAndUsWithAWarning() {
    NormalizedPopulation a = normalizedA();
    assertEquals(
        Optional.empty(), Trials.of(a.errors(), cumulative(a.weights()), 64, new PythonRandom(1)));
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(a.edf());
    assertTrue(Double.isFinite(curve.expectedBest(64)));
    assertEquals(RandomSearchCurve.Support.NONE, curve.support(64));
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "16", "64"})
  void theClosedFormIsWhatTheSimulationEstimates(int k) {
    NormalizedPopulation resnet =
        Normalization.withDefaults()
            .within(new Normalization.Range(24_000, 856_000))
            .with(EmptyBins.ERROR)
            .of(List.of(References.resnet()))
            .populations()
            .get(0);
    RandomSearchCurve curve = RandomSearchCurve.withReplacement(resnet.edf());
    Trials trials =
        Trials.of(resnet.errors(), cumulative(resnet.weights()), k, new PythonRandom(1))
            .orElseThrow();
    double standardError = curve.standardDeviation(k) / Math.sqrt(trials.count());
    assertEquals(curve.expectedBest(k), trials.mean(), 3.3 * standardError);
    assertEquals(1, trials.deviation() / curve.standardDeviation(k), .3);
  }

  // CPython 3: 5000 times random.sample of 100 and of 1000, one after the other, after seed(1).
  @Test
  void theFalseWinsOfFigureTwoReplayed() {
    double[] errors = column(References.RESNET, "mean_min_test_top1_error");
    PythonRandom random = new PythonRandom(1);
    int trials = 5000;
    int wins = 0;
    int losses = 0;
    double difference = 0;
    int within = 0;
    for (int t = 0; t < trials; t++) {
      double few = best(errors, random.sample(errors.length, 100));
      double many = best(errors, random.sample(errors.length, 1000));
      wins += many < few ? 1 : 0;
      losses += few < many ? 1 : 0;
      difference += (few - many) / trials;
      within += few - many <= .2000001 ? 1 : 0;
    }
    assertEquals(4539, wins);
    assertEquals(351, losses);
    assertEquals(0.2431386014, difference, 1e-9);

    PointComparison exact =
        PointComparison.of(RandomSearchCurve.withoutReplacement(errors), 1000, 100);
    assertEquals(exact.wins(), (double) wins / trials, error(exact.wins(), trials));
    assertEquals(exact.losses(), (double) losses / trials, error(exact.losses(), trials));
    double atMost = exact.differenceAtMost(.2000001);
    assertEquals(atMost, (double) within / trials, error(atMost, trials));
    assertEquals(exact.expectedDifference(), difference, 3.3 * .2 / Math.sqrt(trials));
  }

  private static double error(double probability, int trials) {
    return 3.3 * Math.sqrt(probability * (1 - probability) / trials);
  }

  private static double best(double[] errors, int[] drawn) {
    return Arrays.stream(drawn).mapToDouble(i -> errors[i]).min().orElseThrow();
  }

  private static NormalizedPopulation normalizedA() {
    return Normalization.withDefaults()
        .within(new Normalization.Range(120_000, 840_000))
        .withBins(4)
        .with(EmptyBins.ERROR)
        .of(List.of(space("A")))
        .populations()
        .get(0);
  }

  private static double[] cumulative(double[] weights) {
    double[] sums = weights.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
