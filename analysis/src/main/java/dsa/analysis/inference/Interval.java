package dsa.analysis.inference;

/**
 * An estimate and the ends of its interval. A percentile interval need not hold its estimate.
 *
 * @param value of the populations as they are
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {

  /** Whether {@code number} lies in the closed interval. */
  public boolean contains(double number) {
    return low <= number && number <= high;
  }
}
