package dsa.analysis.trajectory;

import dsa.analysis.inference.Interval;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What random search with replacement is expected to report after m draws, exactly, where it
 * chooses by one number and is judged by another: the yardstick of strategies that are told the
 * error of one training and judged by the mean of several. With networks in ascending order of
 * their signal and {@code S_k = (1 - k/n)^m}, {@code E = Σ (S_{k-1} - S_k) r_k}, r being what is
 * reported; networks of equal signal share the mean of theirs, for the one drawn first is kept.
 *
 * <p>Radosavovic et al., ICCV 2019, section 4.3, for signal and report alike; closed form by Dodge
 * et al., EMNLP 2019. Where the signal differs from search to search, the mean over searches.
 */
public final class SignalledRandomSearch {

  private static final long MOST_DRAWS = 1L << 40;

  private final double[] reportedByRank; // mean over signals

  private SignalledRandomSearch(double[] reportedByRank) {
    this.reportedByRank = reportedByRank;
  }

  /**
   * What it takes random search to be as good as a strategy.
   *
   * @param budget draws whose expected report is no worse; absent if no number of draws is
   * @param least the same for the worse end of the strategy's interval
   * @param most the same for the better end; absent if no number of draws reaches it
   */
  public record Equivalent(OptionalLong budget, OptionalLong least, OptionalLong most) {}

  /**
   * The yardstick.
   *
   * @param signals that a search may be told, equally likely: of each encoding, finite
   * @param reported of each encoding, finite
   */
  public static SignalledRandomSearch of(Iterable<double[]> signals, double[] reported) {
    int n = reported.length;
    double[] sums = new double[n];
    int count = 0;
    for (double[] signal : signals) {
      if (signal.length != n) {
        throw new IllegalArgumentException(signal.length + " signals of " + n + " encodings");
      }
      addByRank(signal, reported, sums);
      count++;
    }
    if (count == 0 || n == 0) {
      throw new IllegalArgumentException("no signals, or no encodings");
    }
    for (int k = 0; k < n; k++) {
      sums[k] /= count;
    }
    return new SignalledRandomSearch(sums);
  }

  private static void addByRank(double[] signal, double[] reported, double[] sums) {
    double[] sorted = signal.clone();
    Arrays.sort(sorted);
    double[] groupSums = new double[signal.length]; // where the signals of a group begin
    int[] groupSizes = new int[signal.length];
    for (int i = 0; i < signal.length; i++) {
      int first = Arrays.binarySearch(sorted, signal[i]);
      while (first > 0 && sorted[first - 1] == sorted[first]) {
        first--;
      }
      groupSums[first] += reported[i];
      groupSizes[first]++;
    }
    for (int start = 0; start < sorted.length; start += groupSizes[start]) {
      for (int k = start; k < start + groupSizes[start]; k++) {
        sums[k] += groupSums[start] / groupSizes[start];
      }
    }
  }

  /**
   * The expected report after {@code m} draws.
   *
   * @param m at least 1
   */
  public double expected(long m) {
    if (m < 1) {
      throw new IllegalArgumentException("budget m=" + m + " < 1");
    }
    int n = reportedByRank.length;
    double expected = 0;
    double before = 1;
    for (int k = 1; k <= n && before > 0; k++) {
      double misses = power((double) (n - k) / n, m);
      expected += (before - misses) * reportedByRank[k - 1];
      before = misses;
    }
    return expected;
  }

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

  /**
   * The fewest draws whose expected report is at most {@code value}, found by doubling and
   * bisection: the expectation falls with m but for the last few networks, whose signal may
   * mislead.
   */
  public OptionalLong budgetToReach(double value) {
    long high = 1;
    while (expected(high) > value) {
      if (high >= MOST_DRAWS) {
        return OptionalLong.empty();
      }
      high *= 2;
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (expected(middle) > value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(high);
  }

  /** The draws that are worth what a strategy found on average. */
  public Equivalent equivalentTo(Interval found) {
    return new Equivalent(
        budgetToReach(found.value()), budgetToReach(found.high()), budgetToReach(found.low()));
  }

  /** The value that no number of draws takes the expectation below. */
  public double floor() {
    return Arrays.stream(reportedByRank).min().orElseThrow();
  }
}
