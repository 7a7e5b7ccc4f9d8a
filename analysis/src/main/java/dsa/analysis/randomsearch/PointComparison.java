package dsa.analysis.randomsearch;

/**
 * How often the best of m models beats the best of b models when both come from the same space: the
 * false wins of comparing two numbers instead of two distributions. Exact; the two sets are drawn
 * independently of each other and may overlap.
 *
 * <p>Radosavovic et al., ICCV 2019, section 3.1 and figure 2: 1000 against 100 ResNets, each set
 * drawn without replacement, 5000 simulated repetitions, "about 90 %". Without ties it is {@code m
 * / (m + b)}; ties, which neither side wins, are common because CIFAR errors are multiples of 0.01.
 */
public final class PointComparison {

  private final double[] values;
  private final double[] survivalOfMany;
  private final double[] survivalOfFew;
  private final double expectedDifference;

  private PointComparison(RandomSearchCurve space, long m, long b) {
    this.values = space.values();
    this.survivalOfMany = space.survival(m);
    this.survivalOfFew = space.survival(b);
    this.expectedDifference = space.expectedBest(b) - space.expectedBest(m);
  }

  /**
   * Compares the best of {@code m} with the best of {@code b} models from {@code space}, drawn with
   * or without replacement as the curve has it.
   *
   * @param m models on the side whose wins are counted, at least 1
   * @param b models on the other side, at least 1
   */
  public static PointComparison of(RandomSearchCurve space, long m, long b) {
    return new PointComparison(space, m, b);
  }

  /** The share of wins of m models over b if no two errors were ever equal: m / (m + b). */
  public static double winsWithoutTies(long m, long b) {
    if (m < 1 || b < 1) {
      throw new IllegalArgumentException("m=" + m + " or b=" + b + " < 1");
    }
    return m / ((double) m + b);
  }

  /** The probability that the best of m has the strictly smaller error. */
  public double wins() {
    return below(survivalOfMany, survivalOfFew);
  }

  /** The probability that the best of b has the strictly smaller error. */
  public double losses() {
    return below(survivalOfFew, survivalOfMany);
  }

  /** The probability that both have the same error. */
  public double ties() {
    double sum = 0;
    double manyBefore = 1;
    double fewBefore = 1;
    for (int i = 0; i < values.length; i++) {
      sum += (manyBefore - survivalOfMany[i]) * (fewBefore - survivalOfFew[i]);
      manyBefore = survivalOfMany[i];
      fewBefore = survivalOfFew[i];
    }
    return sum;
  }

  /** The mean of best of b minus best of m, in the unit of the errors; positive if m > b. */
  public double expectedDifference() {
    return expectedDifference;
  }

  /**
   * The probability that best of b minus best of m is at most {@code difference}: the distribution
   * whose histogram is the left of figure 2.
   *
   * <p>Errors are compared as stored, so a {@code difference} between two multiples of the errors'
   * resolution is safer than one on a multiple.
   */
  public double differenceAtMost(double difference) {
    double sum = 0;
    double before = 1;
    int reached = 0; // distinct errors of the few that are at most values[i] + difference
    for (int i = 0; i < values.length; i++) {
      while (reached < values.length && values[reached] <= values[i] + difference) {
        reached++;
      }
      double atMost = reached == 0 ? 0 : 1 - survivalOfFew[reached - 1];
      sum += (before - survivalOfMany[i]) * atMost;
      before = survivalOfMany[i];
    }
    return sum;
  }

  private static double below(double[] winner, double[] loser) {
    double sum = 0;
    double before = 1;
    for (int i = 0; i < winner.length; i++) {
      sum += (before - winner[i]) * loser[i];
      before = winner[i];
    }
    return sum;
  }
}
