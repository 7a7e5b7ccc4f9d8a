package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.inference.KolmogorovSmirnov.Alternative;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Test errors are multiples of 0.01, so ties are everywhere: a D that steps through them one by one
 * is too large, and a p-value that ignores them is off by a factor of two.
 */
final class KolmogorovSmirnovTest {

  private static final SeedPath SEED = SeedPath.root(5);

  @Test
  void theGoldenSpacesHaveTheDistanceAndTheExactPValuesOfScipy() throws IOException {
    double[] a = Populations.goldenErrors("A");
    double[] b = Populations.goldenErrors("B");
    KsResult two = KolmogorovSmirnov.compare(a, b);
    assertEquals(Golden.number("/ks/D"), two.distance(), 1e-9);
    assertEquals(Golden.number("/ks/loc"), two.atError());
    assertEquals(Golden.number("/ks/sign"), two.sign());
    assertEquals(Golden.number("/ks/p_exact_conditional_on_ties"), two.pValue(), 1e-9);
    assertEquals(PValueMethod.EXACT_GIVEN_TIES, two.method());
    KsDistances distances = KolmogorovSmirnov.distances(Edf.of(a), Edf.of(b));
    assertEquals(Golden.number("/ks/less/D"), distances.minus(), 1e-9);
    assertEquals(Golden.number("/ks/greater/D"), distances.plus(), 1e-9);
    assertEquals(
        Golden.number("/ks/p_exact_scipy117"),
        KolmogorovSmirnov.exactPValue(two.distance(), 60, 45),
        1e-9);
    assertEquals(
        Golden.number("/ks/less/p_exact"),
        ignoringTies(distances.minus(), Alternative.B_LEADS),
        1e-9);
    assertEquals(
        Golden.number("/ks/greater/p_exact"),
        ignoringTies(distances.plus(), Alternative.A_LEADS),
        1e-9);
  }

  private static double ignoringTies(double distance, Alternative alternative) {
    boolean[] everywhere = new boolean[106];
    Arrays.fill(everywhere, true);
    return LatticePaths.touching(60, 45, Math.round(distance * 60 * 45), alternative, everywhere);
  }

  @Test
  void trapT1TiesAdvanceTogetherAndThePValueIsConditionalOnThem() throws IOException {
    double[] left = repeated(new int[] {4, 29, 34, 9, 21, 29});
    double[] right = repeated(new int[] {4, 8, 4, 8, 4, 3});
    KsResult result = KolmogorovSmirnov.compare(left, right);
    assertEquals(Golden.number("/ties_demo/D"), result.distance(), 1e-9);
    assertEquals(Golden.number("/ties_demo/p_exact_conditional_on_ties"), result.pValue(), 1e-9);
    assertEquals(
        Golden.number("/ties_demo/p_exact_ignoring_ties"),
        KolmogorovSmirnov.exactPValue(result.distance(), left.length, right.length),
        1e-9);
  }

  private static double[] repeated(int[] counts) {
    return IntStream.range(0, counts.length)
        .flatMap(i -> IntStream.generate(() -> i + 2).limit(counts[i]))
        .asDoubleStream()
        .toArray();
  }

  @Test
  void trapT2TheStrictAndTheInclusiveEdfHaveTheSameDistance() throws IOException {
    Edf a = Edf.of(Populations.goldenErrors("A"));
    Edf b = Edf.of(Populations.goldenErrors("B"));
    assertEquals(Golden.number("/edf_at_data_values/7.23/B_strict"), b.below(7.23), 1e-12);
    assertEquals(Golden.number("/edf_at_data_values/7.23/B_incl"), b.at(7.23), 1e-12);
    double strict = 0;
    for (Edf edf : List.of(a, b)) {
      for (double e : edf.values()) {
        strict = Math.max(strict, Math.abs(a.below(e) - b.below(e)));
      }
    }
    assertEquals(KolmogorovSmirnov.distances(a, b).distance(), strict, 1e-15);
  }

  @Test
  void thePublishedDistanceHasThePublishedPValueAndThreeFormulasCanBeToldApart()
      throws IOException {
    assertEquals(0.599, KolmogorovSmirnov.exactPValue(0.079, 100, 1000), 5e-5);
    assertEquals(
        Golden.number("/paper_check_D079/exact"),
        KolmogorovSmirnov.exactPValue(0.079, 100, 1000),
        1e-9);
    double root = Math.sqrt(100 * 1000 / 1100.0);
    assertEquals(Golden.number("/paper_check_D079/plain"), kolmogorov(root * 0.079), 1e-9);
    assertEquals(
        Golden.number("/paper_check_D079/stephens"),
        kolmogorov((root + 0.12 + 0.11 / root) * 0.079),
        1e-9);
    double golden = Math.sqrt(60 * 45 / 105.0);
    assertEquals(Golden.number("/ks/p_kolmogorov_plain"), kolmogorov(golden / 6), 1e-9);
    assertEquals(
        Golden.number("/ks/p_stephens"), kolmogorov((golden + 0.12 + 0.11 / golden) / 6), 1e-9);
  }

  /**
   * scipy's "asymptotic" p-value is that of a one-sample test of round(nm/(n+m)) models. It is one
   * of five in the wild, and not what is reported here.
   */
  @Test
  void theFormulaScipyCallsAsymptoticIsYetAnotherOne() throws IOException {
    assertEquals(Golden.number("/ks/p_asymp_scipy117"), oneSample(1 / 6.0, 60, 45), 1e-9);
    double distance = Golden.number("/ties_demo/D");
    assertEquals(Golden.number("/ties_demo/p_asymp_scipy117"), oneSample(distance, 126, 31), 1e-9);
  }

  /** The exact p-value of a one-sample D, from a sample made to have just that D. */
  private static double oneSample(double distance, int n, int m) {
    int size = (int) Math.rint((double) n * m / (n + m));
    double[] ranks = IntStream.rangeClosed(1, size).asDoubleStream().toArray();
    return org.apache.commons.statistics.inference.KolmogorovSmirnovTest.withDefaults()
        .with(org.apache.commons.statistics.inference.PValueMethod.EXACT)
        .test(ranks, rank -> Math.max(0, rank / size - distance))
        .getPValue();
  }

  /** Kolmogorov's limiting survival function, which is not what the library reports. */
  static double kolmogorov(double x) {
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * x * x);
    }
    return sum;
  }

  @Test
  void largeSamplesGetTheAsymptoticPValueOfScipyAndSaySo() throws IOException {
    double[] a = Populations.uniform(11_000, SEED.child("a"));
    double[] b = Populations.uniform(10_000, SEED.child("b"));
    KsResult result = KolmogorovSmirnov.compare(a, b);
    assertEquals(PValueMethod.ASYMPTOTIC, result.method());
    double root = Math.sqrt(11_000.0 * 10_000 / 21_000);
    assertEquals(kolmogorov(root * result.distance()), result.pValue(), 0.02);
  }

  @Test
  void untiedSamplesAgreeWithTheRecursion() {
    double[] a = Populations.uniform(70, SEED.child(1));
    double[] b = Populations.uniform(41, SEED.child(2));
    KsResult result = KolmogorovSmirnov.compare(a, b);
    assertEquals(PValueMethod.EXACT, result.method());
    assertEquals(KolmogorovSmirnov.exactPValue(result.distance(), 70, 41), result.pValue(), 1e-12);
  }

  @Test
  void thePValueGivenTiesIsTheShareOfAllLabellings() {
    double[] pooled = {1, 1, 2, 3, 3, 3, 4, 5, 5};
    double[] a = {1, 1, 2, 3};
    double[] b = {3, 3, 4, 5, 5};
    for (Alternative alternative : Alternative.values()) {
      KsResult observed = KolmogorovSmirnov.compare(a, b, alternative);
      int hits = 0;
      int all = 0;
      for (int labels = 0; labels < 1 << 9; labels++) {
        if (Integer.bitCount(labels) == 4) {
          int mask = labels;
          double[] x = pick(pooled, mask);
          double[] y = pick(pooled, ~mask);
          all++;
          hits +=
              KolmogorovSmirnov.compare(x, y, alternative).distance() >= observed.distance() - 1e-12
                  ? 1
                  : 0;
        }
      }
      assertEquals((double) hits / all, observed.pValue(), 1e-14, alternative.toString());
    }
  }

  private static double[] pick(double[] pooled, int mask) {
    return IntStream.range(0, pooled.length)
        .filter(i -> (mask >> i & 1) == 1)
        .mapToDouble(i -> pooled[i])
        .toArray();
  }

  @Test
  void aSampleMayBeASingleModel() {
    KsResult two = KolmogorovSmirnov.compare(new double[] {7.5}, new double[] {8.5});
    assertEquals(1, two.distance());
    assertEquals(1, two.pValue(), 1e-12, "both orderings are as far apart");
    assertEquals(PValueMethod.EXACT, two.method());
    KsResult four = KolmogorovSmirnov.compare(new double[] {1}, new double[] {2, 3, 4});
    assertEquals(0.5, four.pValue(), 1e-12, "first or last of four places");
  }

  @Test
  void smallPValuesKeepTheirDigits() {
    // 60 against 60, fully apart: 2 of C(120, 60) orderings.
    double p = KolmogorovSmirnov.exactPValue(1, 60, 60);
    double orderings = 1;
    for (int i = 1; i <= 60; i++) {
      orderings *= (60.0 + i) / i;
    }
    assertEquals(2 / orderings, p, 1e-12 * p);
  }

  @Test
  void distanceIsAMetricAndDoesNotDependOnTheOrderOfTheRows() {
    for (int trial = 0; trial < 200; trial++) {
      SeedPath seed = SEED.child("metric").child(trial);
      Edf[] f = new Edf[3];
      for (int i = 0; i < 3; i++) {
        double[] errors = Populations.tied(5 + trial % 30, 12, seed.child(i));
        double[] weights = Populations.uniform(errors.length, seed.child(10 + i));
        f[i] = Edf.of(errors, weights);
        double[] scaled = Arrays.stream(weights).map(w -> 8 * w).toArray();
        assertEquals(
            0, KolmogorovSmirnov.distances(f[i], Edf.of(errors, scaled)).distance(), 1e-15);
        Edf reversed = Edf.of(reversed(errors), reversed(weights));
        assertEquals(0, KolmogorovSmirnov.distances(f[i], reversed).distance(), 1e-14);
      }
      double ab = KolmogorovSmirnov.distances(f[0], f[1]).distance();
      assertEquals(ab, KolmogorovSmirnov.distances(f[1], f[0]).distance());
      double bc = KolmogorovSmirnov.distances(f[1], f[2]).distance();
      double ac = KolmogorovSmirnov.distances(f[0], f[2]).distance();
      assertTrue(ac <= ab + bc + 1e-15);
      assertEquals(0, KolmogorovSmirnov.distances(f[0], f[0]).distance());
      assertEquals(0, KolmogorovSmirnov.distances(f[0], f[0]).sign());
    }
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  @Test
  void oneBinGivesThePlainEdf() {
    NormalizedPopulation one =
        Populations.normalized(0, 1000, 1, Populations.simulated("s", 321, 0, SEED.child("bin")))
            .get(0);
    assertEquals(0, KolmogorovSmirnov.distances(one.edf(), one.unweightedEdf()).distance(), 1e-13);
    assertEquals(321, one.effectiveSampleSize(), 1e-9);
  }

  @Test
  void thePublishedPopulationsAreFarApartUntilComplexityIsTakenOut() throws IOException {
    List<NormalizedPopulation> spaces = Populations.published();
    NormalizedPopulation resnet = spaces.get(0);
    NormalizedPopulation resnext = spaces.get(1);
    assertEquals(3891, resnet.size());
    assertEquals(2200, resnext.size());
    KsResult plain = KolmogorovSmirnov.compare(resnet.errors(), resnext.errors());
    assertEquals(0.408590, plain.distance(), 5e-7);
    assertTrue(plain.pValue() > 0 && plain.pValue() < 1e-100, () -> "p = " + plain.pValue());
    KsDistances normalized = KolmogorovSmirnov.distances(resnet.edf(), resnext.edf());
    assertEquals(0.072922, normalized.distance(), 5e-7);
  }

  @Test
  void impossibleSizesAndDistancesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> KolmogorovSmirnov.exactPValue(Double.NaN, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> KolmogorovSmirnov.exactPValue(0.5, 0, 2));
    assertThrows(
        IllegalArgumentException.class, () -> KolmogorovSmirnov.exactPValue(0.5, 100_000, 100_000));
  }
}
