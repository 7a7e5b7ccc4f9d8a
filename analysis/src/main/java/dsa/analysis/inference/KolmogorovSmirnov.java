package dsa.analysis.inference;

import dsa.analysis.edf.Edf;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * The two-sample Kolmogorov-Smirnov statistic D = sup |F_A − F_B| (Radosavovic et al., ICCV 2019,
 * arXiv 1905.13214, equation 2) and its p-value for equally weighted models. For normalized
 * populations there is no table to read a p-value from: {@link PermutationWithinBins}.
 */
public final class KolmogorovSmirnov {

  /** Above this product of the sample sizes p-values are asymptotic. */
  static final long MOST_EXACT = 100_000_000;

  private KolmogorovSmirnov() {}

  /** Which difference counts against the hypothesis that A and B are the same. */
  public enum Alternative {
    /** Any: D. */
    DIFFERENT(AlternativeHypothesis.TWO_SIDED),
    /** A has more models at or below some error: D⁺. */
    A_LEADS(AlternativeHypothesis.GREATER_THAN),
    /** B has more models at or below some error: D⁻. */
    B_LEADS(AlternativeHypothesis.LESS_THAN);

    private final AlternativeHypothesis hypothesis;

    Alternative(AlternativeHypothesis hypothesis) {
      this.hypothesis = hypothesis;
    }

    /** The distances with 0 for a lead that does not count. */
    private KsDistances only(KsDistances all) {
      return new KsDistances(
          this == B_LEADS ? 0 : all.plus(),
          this == B_LEADS ? all.minusAt() : all.plusAt(),
          this == A_LEADS ? 0 : all.minus(),
          this == A_LEADS ? all.plusAt() : all.minusAt());
    }
  }

  /**
   * D⁺ and D⁻ of two EDFs, weighted or not. The same whether F counts errors ≤ or &lt; (decision
   * 0002).
   */
  public static KsDistances distances(Edf a, Edf b) {
    MergedEdfs merged = MergedEdfs.of(a, b);
    int plus = 0;
    int minus = 0;
    for (int i = 1; i < merged.size(); i++) {
      if (merged.difference(i) > merged.difference(plus)) {
        plus = i;
      }
      if (merged.difference(i) < merged.difference(minus)) {
        minus = i;
      }
    }
    return new KsDistances(
        merged.difference(plus),
        merged.at[plus],
        merged.b[minus] - merged.a[minus],
        merged.at[minus]);
  }

  /** The two-sided test of {@link #compare(double[], double[], Alternative)}. */
  public static KsResult compare(double[] a, double[] b) {
    return compare(a, b, Alternative.DIFFERENT);
  }

  /**
   * Tests whether two samples of equally weighted errors come from one distribution. Exact up to a
   * product of 10⁸ of the sample sizes: by counting orderings if no error occurs in the pooled
   * sample twice, else conditional on the ties (Schröer and Trenkler, <i>Exact and randomization
   * distributions of Kolmogorov-Smirnov tests two or three samples</i>, CSDA 1995; R's {@code
   * psmirnov}). Beyond, asymptotic as scipy does it, which ignores ties and is then conservative.
   *
   * @param a errors, at least one, finite, in any order
   * @param b errors, at least one, finite, in any order
   */
  public static KsResult compare(double[] a, double[] b, Alternative alternative) {
    Edf first = Edf.of(a);
    Edf second = Edf.of(b);
    KsDistances all = alternative.only(distances(first, second));
    double distance = all.distance();

    MergedEdfs merged = MergedEdfs.of(first, second);
    boolean exact = (long) a.length * b.length <= MOST_EXACT;
    PValueMethod method;
    double p;
    boolean tied = merged.size() < a.length + b.length;
    if (exact && (tied || Math.min(a.length, b.length) == 1)) { // the library wants two of each
      method = tied ? PValueMethod.EXACT_GIVEN_TIES : PValueMethod.EXACT;
      p =
          LatticePaths.touching(
              a.length,
              b.length,
              Math.round(distance * a.length * b.length),
              alternative,
              blockEnds(merged, a.length, b.length));
    } else {
      method =
          exact
              ? PValueMethod.EXACT
              : tied ? PValueMethod.ASYMPTOTIC_IGNORING_TIES : PValueMethod.ASYMPTOTIC;
      p =
          KolmogorovSmirnovTest.withDefaults()
              .with(alternative.hypothesis)
              .with(
                  exact
                      ? org.apache.commons.statistics.inference.PValueMethod.EXACT
                      : org.apache.commons.statistics.inference.PValueMethod.ASYMPTOTIC)
              .test(a, b)
              .getPValue();
    }
    return new KsResult(
        distance, all.atError(), all.sign(), Math.min(1, p), method, OptionalInt.empty());
  }

  /**
   * The exact probability that D of two samples from one continuous distribution is at least {@code
   * distance}.
   *
   * @param distance in [0, 1]
   * @param n size of one sample, at least 1
   * @param m size of the other, at least 1; n·m at most 10⁸
   */
  public static double exactPValue(double distance, int n, int m) {
    if (!(distance >= 0 && distance <= 1)) {
      throw new IllegalArgumentException("distance " + distance + " is outside [0, 1]");
    }
    if (n < 1 || m < 1 || (long) n * m > MOST_EXACT) {
      throw new IllegalArgumentException(
          "sample sizes " + n + " and " + m + " have a product outside [1, " + MOST_EXACT + "]");
    }
    // D takes multiples of 1/(nm); rounding must not push a given multiple to the next one.
    long least = (long) Math.ceil(distance * n * m - 1e-6);
    boolean[] everywhere = new boolean[n + m + 1];
    Arrays.fill(everywhere, true);
    return LatticePaths.touching(n, m, least, Alternative.DIFFERENT, everywhere);
  }

  /** At which counts of pooled models a block of equal errors ends. */
  private static boolean[] blockEnds(MergedEdfs merged, int n, int m) {
    boolean[] ends = new boolean[n + m + 1];
    for (int i = 0; i < merged.size(); i++) {
      ends[(int) (Math.round(merged.a[i] * n) + Math.round(merged.b[i] * m))] = true;
    }
    return ends;
  }
}
