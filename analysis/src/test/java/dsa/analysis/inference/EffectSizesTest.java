package dsa.analysis.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.core.random.SeedPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.SignificanceResult;
import org.junit.jupiter.api.Test;

/**
 * With 25,000 models everything is significant: if an effect size has the wrong sign or forgets
 * weights and ties, the verdict is wrong and no p-value will show it.
 */
final class EffectSizesTest {

  private static final SeedPath SEED = SeedPath.root(6);

  @Test
  void theGoldenSpacesHaveTheEffectSizesOfScipy() throws IOException {
    double[] a = Populations.goldenErrors("A");
    double[] b = Populations.goldenErrors("B");
    EffectSizes sizes = EffectSizes.of(Edf.of(a), Edf.of(b), 10, List.of(0.5));
    assertEquals(
        Golden.number("/mannwhitney/P_A_less_B_plus_half_ties"), sizes.probabilityABetter(), 1e-9);
    assertEquals(Golden.number("/mannwhitney/cliffs_delta"), sizes.cliffsDelta(), 1e-9);
    assertEquals(Golden.number("/wasserstein1"), sizes.wasserstein1(), 1e-9);
    assertEquals(Golden.number("/energy_distance"), sizes.energyDistance(), 1e-9);
    assertEquals(
        Golden.number("/A/area_eps/10.0") - Golden.number("/B/area_eps/10.0"),
        sizes.areaDifference(),
        1e-9);
    SignificanceResult u =
        MannWhitneyUTest.withDefaults()
            .with(org.apache.commons.statistics.inference.PValueMethod.ASYMPTOTIC)
            .with(ContinuityCorrection.ENABLED)
            .test(a, b);
    assertEquals(Golden.number("/mannwhitney/U_A"), u.getStatistic(), 1e-9);
    assertEquals(Golden.number("/mannwhitney/p_two_sided_asymptotic_cc"), u.getPValue(), 1e-9);
    assertEquals(1 - u.getStatistic() / (60 * 45), sizes.probabilityABetter(), 1e-12);
  }

  @Test
  void theNormalizedGoldenSpacesHaveTheirAreasAndMeans() throws IOException {
    for (int p = 0; p < 2; p++) {
      Edf edf = Populations.golden().get(p).edf();
      String norm = p == 0 ? "/norm_A" : "/norm_B";
      assertEquals(Golden.number(norm + "/mean"), edf.mean(), 1e-9);
      assertEquals(Golden.number(norm + "/area_eps10"), edf.area(10), 1e-9);
      assertEquals(Golden.number(norm + "/n_eff"), edf.effectiveSampleSize(), 1e-9);
    }
  }

  @Test
  void weightedSizesEqualTheirDefinitions() {
    for (int trial = 0; trial < 100; trial++) {
      SeedPath seed = SEED.child(trial);
      double[] a = Populations.tied(1 + trial % 9, 8, seed.child("a"));
      double[] b = Populations.tied(1 + trial % 7, 8, seed.child("b"));
      double[] v = Populations.uniform(a.length, seed.child("v"));
      double[] w = Populations.uniform(b.length, seed.child("w"));
      EffectSizes sizes = EffectSizes.of(Edf.of(a, v), Edf.of(b, w), 1, List.of());
      double better = 0;
      double[] differences = new double[a.length * b.length];
      double[] masses = new double[differences.length];
      for (int i = 0; i < a.length; i++) {
        for (int j = 0; j < b.length; j++) {
          double mass = v[i] * w[j] / (Arrays.stream(v).sum() * Arrays.stream(w).sum());
          better += a[i] < b[j] ? mass : a[i] == b[j] ? mass / 2 : 0;
          differences[i * b.length + j] = a[i] - b[j];
          masses[i * b.length + j] = mass;
        }
      }
      assertEquals(better, sizes.probabilityABetter(), 1e-13);
      assertEquals(Edf.of(differences, masses).quantile(0.5), sizes.hodgesLehmannShift(), 0);
    }
  }

  @Test
  void anEvenNumberOfDifferencesHasItsMedianInTheMiddle() {
    // differences: -4, -1, 2, 5
    Edf a = Edf.of(new double[] {1, 7});
    Edf b = Edf.of(new double[] {2, 5});
    assertEquals(0.5, EffectSizes.of(a, b, 10, List.of()).hodgesLehmannShift(), 1e-15);
  }

  @Test
  void aShiftIsFoundByEverySizeWithTheSignOfItsConvention() {
    double[] b = Populations.uniform(101, SEED.child("shift"));
    double[] a = Arrays.stream(b).map(e -> e - 0.25).toArray();
    EffectSizes sizes = EffectSizes.of(Edf.of(a), Edf.of(b), 2, List.of(0.1, 0.5));
    assertTrue(sizes.probabilityABetter() > 0.5);
    assertTrue(sizes.cliffsDelta() < 0);
    assertEquals(-0.25, sizes.hodgesLehmannShift(), 1e-12);
    assertEquals(0.25, sizes.wasserstein1(), 1e-12);
    assertTrue(sizes.areaDifference() > 0);
    assertEquals(-0.25, sizes.quantileDifferences().get(1), 1e-12);
  }

  @Test
  void aPopulationAgainstItselfShowsNothing() {
    Edf edf = Edf.of(Populations.tied(40, 9, SEED.child("same")));
    EffectSizes sizes = EffectSizes.of(edf, edf, 1, List.of(0.5));
    assertEquals(0.5, sizes.probabilityABetter(), 1e-15);
    assertEquals(0, sizes.cliffsDelta(), 1e-15);
    assertEquals(0, sizes.hodgesLehmannShift());
    assertEquals(0, sizes.wasserstein1());
    assertEquals(0, sizes.energyDistance());
  }

  @Test
  void theCramerVonMisesStatisticOfTheGoldenSpacesIsThatOfScipy() throws IOException {
    double[] a = sorted(Populations.goldenErrors("A"));
    double[] b = sorted(Populations.goldenErrors("B"));
    double n = a.length;
    double m = b.length;
    double total = n + m;
    double u = 0;
    for (int i = 0; i < a.length; i++) {
      u += n * Math.pow(midrank(a[i], a, b) - (i + 1), 2);
    }
    for (int j = 0; j < b.length; j++) {
      u += m * Math.pow(midrank(b[j], a, b) - (j + 1), 2);
    }
    double t = u / (n * m * total) - (4 * n * m - 1) / (6 * total);
    double variance =
        (total + 1)
            * (4 * n * m * total - 3 * (n * n + m * m) - 2 * n * m)
            / (45 * total * total * 4 * n * m);
    double x = 1.0 / 6 + (t - (1 + 1 / total) / 6) / Math.sqrt(45 * variance);
    assertEquals(Golden.number("/cvm/T"), t, 1e-9);
    assertEquals(Golden.number("/cvm/p"), 1 - cramerVonMisesLimit(x), 1e-9);
  }

  private static double midrank(double error, double[] a, double[] b) {
    double below = 0;
    double equal = 0;
    for (double e :
        IntStream.range(0, 2)
            .boxed()
            .flatMapToDouble(k -> Arrays.stream(k == 0 ? a : b))
            .toArray()) {
      below += e < error ? 1 : 0;
      equal += e == error ? 1 : 0;
    }
    return below + (equal + 1) / 2;
  }

  /** Csörgő and Faraway (JRSS B, 1996), equation 1.2; Γ(k + ½)/Γ(k + 1) by its recursion. */
  private static double cramerVonMisesLimit(double x) {
    double sum = 0;
    double gammas = Math.sqrt(Math.PI);
    for (int k = 0; k < 20; k++) {
      double y = 4 * k + 1;
      double q = y * y / (16 * x);
      sum += gammas / (Math.pow(Math.PI, 1.5) * Math.sqrt(x)) * Math.sqrt(y) * scaledBesselK(q);
      gammas *= (k + 0.5) / (k + 1);
    }
    return sum;
  }

  /** exp(−q) K_¼(q) = ∫ exp(−q (1 + cosh t)) cosh(t/4) dt over t &gt; 0, by the trapezoid rule. */
  private static double scaledBesselK(double q) {
    double step = 1.0 / 64;
    double sum = Math.exp(-2 * q) / 2;
    for (int i = 1; i < 64 * 12; i++) {
      sum += Math.exp(-q * (1 + Math.cosh(i * step))) * Math.cosh(i * step / 4);
    }
    return sum * step;
  }

  @Test
  void theAndersonDarlingStatisticOfTheGoldenSpacesIsThatOfScipy() throws IOException {
    double[] a = Populations.goldenErrors("A");
    double[] b = Populations.goldenErrors("B");
    double total = a.length + b.length;
    MergedEdfs merged = MergedEdfs.of(Edf.of(a), Edf.of(b));
    double statistic = 0;
    for (int i = 0; i < merged.size(); i++) {
      double upToA = merged.a[i] * a.length;
      double upToB = merged.b[i] * b.length;
      double belowA = i == 0 ? 0 : merged.a[i - 1] * a.length;
      double belowB = i == 0 ? 0 : merged.b[i - 1] * b.length;
      double tied = upToA + upToB - belowA - belowB;
      double middle = belowA + belowB + tied / 2;
      double scale = tied / total / (middle * (total - middle) - total * tied / 4);
      double sideA = total * (upToA + belowA) / 2 - middle * a.length;
      double sideB = total * (upToB + belowB) / 2 - middle * b.length;
      statistic += scale * (sideA * sideA / a.length + sideB * sideB / b.length);
    }
    statistic *= (total - 1) / total;
    double inverse = 1.0 / a.length + 1.0 / b.length;
    double h = 0;
    double g = 0;
    for (int i = 2; i < total; i++) {
      h += 1 / (total + 1 - i); // 1/(N−1) + … + 1/2
      g += h / i;
    }
    h += 1;
    double c3 = 4 * g - 6 + (10 - 6 * g) * inverse;
    double c2 = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
    double c1 = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
    double c0 = (2 * h + 6) * 4 - 8 * h;
    double variance =
        (((c3 * total + c2) * total + c1) * total + c0) / ((total - 1) * (total - 2) * (total - 3));
    double standardized = (statistic - 1) / Math.sqrt(variance);
    assertEquals(Golden.number("/anderson_ksamp_midrank/stat"), standardized, 1e-9);
    // Scholz and Stephens' table ends at 25 %, critical value 0.325; scipy caps p there.
    assertTrue(standardized < 0.675 - 0.245 - 0.105);
    assertEquals(0.25, Golden.number("/anderson_ksamp_midrank/p_capped"));
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
