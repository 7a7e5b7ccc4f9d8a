package dsa.analysis.randomsearch;

import dsa.analysis.edf.Edf;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * The error of the best of m randomly drawn models, against m: exact, without simulation.
 *
 * <p>Everything follows from the chance that all m draws miss the errors up to e. With replacement
 * it is {@code S(e) = (1 - F(e))^m}; without, from n equally weighted models of which k have at
 * most error e, {@code S(e) = C(n-k, m) / C(n, m)}. Over the distinct errors {@code e_1 < e_2 < …},
 * with {@code S_0 = 1}, {@code E[best] = Σ e_i (S_{i-1} - S_i)}.
 *
 * <p>Radosavovic et al., ICCV 2019, section 4.3, simulate the first kind (experiments of size m,
 * repeated n/m times); Dodge et al., <i>Show Your Work</i>, EMNLP 2019, give its closed form. The
 * second is the unbiased estimator of Tang et al., ACL 2020. The quantiles are a prediction band
 * for one search, not a confidence band for the mean; the uncertainty that comes from having a
 * sample of models is found by resampling the models, not the searches.
 */
public final class RandomSearchCurve {

  private static final long MOST_DRAWS = 1L << 62;

  private final double[] values; // distinct, ascending
  private final LongFunction<double[]> survival; // S_i for a budget
  private final long largestBudget;
  private final double effectiveSampleSize;

  private RandomSearchCurve(
      double[] values,
      LongFunction<double[]> survival,
      long largestBudget,
      double effectiveSampleSize) {
    this.values = values;
    this.survival = survival;
    this.largestBudget = largestBudget;
    this.effectiveSampleSize = effectiveSampleSize;
  }

  /** How far a population can speak for a budget. */
  public enum Support {
    /** The budget is at most a tenth of the effective sample size. */
    AMPLE,
    /** Above a tenth: the value rests on the luckiest few models of the population. */
    THIN,
    /** Above the effective sample size: the value says little about the space. */
    NONE;

    /** The lower-case name used in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The curve at one budget.
   *
   * @param budget m, models drawn
   * @param expectedBest mean error of the best, in the unit of the errors
   * @param standardDeviation of the best error over searches, same unit
   * @param low the lower end of the prediction band
   * @param high the upper end of the prediction band
   * @param support how far the population can speak for this budget
   */
  public record Point(
      long budget,
      double expectedBest,
      double standardDeviation,
      double low,
      double high,
      Support support) {}

  /**
   * What it takes to match a search elsewhere.
   *
   * @param otherBudget models drawn there
   * @param error expected best error there
   * @param budget the fewest models here whose expected best is no worse; absent if no number of
   *     models reaches it
   */
  public record Effort(long otherBudget, double error, OptionalLong budget) {

    /** {@code budget / otherBudget}: below 1, the search here is cheaper. */
    public OptionalDouble ratio() {
      return budget.isPresent()
          ? OptionalDouble.of((double) budget.getAsLong() / otherBudget)
          : OptionalDouble.empty();
    }
  }

  /** The curve for draws with replacement, weighted as {@code errors} is. */
  public static RandomSearchCurve withReplacement(Edf errors) {
    double[] cumulative = errors.cumulative();
    return new RandomSearchCurve(
        errors.values(),
        m -> {
          double[] s = new double[cumulative.length];
          for (int i = 0; i < s.length; i++) {
            s[i] = power(1 - cumulative[i], m);
            if (s[i] == 0) {
              break; // so are all that follow
            }
          }
          return s;
        },
        MOST_DRAWS,
        errors.effectiveSampleSize());
  }

  /**
   * The curve for draws without replacement from equally weighted models. Budgets above their
   * number are refused.
   *
   * @param errors at least one, finite; neither sorted nor kept
   */
  public static RandomSearchCurve withoutReplacement(double[] errors) {
    double[] values = Edf.of(errors).values();
    double[] sorted = errors.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new RandomSearchCurve(
        values,
        m -> {
          double[] s = new double[values.length];
          double misses = 1;
          int distinct = 0;
          for (int k = 0; k < n && misses > 0; k++) {
            misses *= Math.max(0, (double) (n - m - k)) / (n - k); // C(n-k-1, m) over C(n-k, m)
            if (k + 1 == n || sorted[k + 1] != sorted[k]) {
              s[distinct++] = misses;
            }
          }
          return s;
        },
        n,
        n);
  }

  /**
   * The mean error of the best of {@code m}.
   *
   * @param m at least 1; without replacement at most the number of models
   */
  public double expectedBest(long m) {
    return expectedBest(survival(m));
  }

  private double expectedBest(double[] s) {
    double expected = values[0]; // Σ e_i (S_{i-1} - S_i), summed by parts: no cancellation
    for (int i = 0; i + 1 < values.length; i++) {
      expected += (values[i + 1] - values[i]) * s[i];
    }
    return expected;
  }

  /** The standard deviation, over searches, of the error of the best of {@code m}. */
  public double standardDeviation(long m) {
    double[] s = survival(m);
    return standardDeviation(s, expectedBest(s));
  }

  private double standardDeviation(double[] s, double mean) {
    double variance = 0;
    double before = 1;
    for (int i = 0; i < s.length; i++) {
      double deviation = values[i] - mean;
      variance += (before - s[i]) * deviation * deviation;
      before = s[i];
    }
    return Math.sqrt(variance);
  }

  /**
   * The error that the best of {@code m} stays at or below with probability {@code p}: the smallest
   * observed e with {@code P(best ≤ e) ≥ p}.
   *
   * @param p in [0, 1]
   */
  public double quantileOfBest(long m, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile at p=" + p + " outside [0, 1]");
    }
    return quantile(survival(m), p);
  }

  private double quantile(double[] s, double p) {
    int i = 0;
    while (s[i] > 1 - p) {
      i++;
    }
    return values[i];
  }

  /** The probability that the best of {@code m} has at most {@code error}. */
  public double probabilityToReach(double error, long m) {
    double[] s = survival(m);
    int found = Arrays.binarySearch(values, error);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? 0 : 1 - s[last];
  }

  /**
   * The curve at {@code m} with the band that holds the best of one search with probability {@code
   * level}, half of the rest on either side.
   *
   * @param level in (0, 1), such as 0.95
   */
  public Point at(long m, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level=" + level + " outside (0, 1)");
    }
    double[] s = survival(m);
    double mean = expectedBest(s);
    double tail = (1 - level) / 2;
    return new Point(
        m, mean, standardDeviation(s, mean), quantile(s, tail), quantile(s, 1 - tail), support(m));
  }

  /** How far the population can speak for budget {@code m}. */
  public Support support(long m) {
    if (m > effectiveSampleSize) {
      return Support.NONE;
    }
    return m > effectiveSampleSize / 10 ? Support.THIN : Support.AMPLE;
  }

  /**
   * The smallest m whose expected best is at most {@code error}; empty if there is none. With
   * replacement the expectation stays above the smallest error for every m, unless all errors are
   * equal.
   */
  public OptionalLong budgetToReach(double error) {
    if (!(error >= values[0])
        || (error == values[0] && values.length > 1 && largestBudget == MOST_DRAWS)) {
      return OptionalLong.empty();
    }
    long high = 1;
    while (expectedBest(high) > error) {
      if (high == largestBudget) {
        return OptionalLong.empty(); // the errors below have no weight to speak of
      }
      high = Math.min(2 * high, largestBudget);
    }
    long low = high / 2; // not enough, or zero
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (expectedBest(middle) > error) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(high);
  }

  /** What it takes here to match the expected best of {@code m} models drawn from {@code other}. */
  public Effort effortToMatch(RandomSearchCurve other, long m) {
    double error = other.expectedBest(m);
    return new Effort(m, error, budgetToReach(error));
  }

  /** The distinct errors, ascending; not to be changed. */
  double[] values() {
    return values;
  }

  /** S_i: the chance that all of {@code m} draws are worse than the i-th distinct error. */
  double[] survival(long m) {
    if (m < 1) {
      throw new IllegalArgumentException("budget m=" + m + " < 1");
    }
    if (m > largestBudget) {
      throw new IllegalArgumentException(
          "budget m=" + m + " exceeds the " + largestBudget + " models drawn from");
    }
    return survival.apply(m);
  }

  /** {@code base^exponent} by squaring: quicker than Math.pow, and the same on every platform. */
  private static double power(double base, long exponent) {
    double result = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
