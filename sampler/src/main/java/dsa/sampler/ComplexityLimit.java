package dsa.sampler;

import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.Quantity;

/**
 * A closed range for one count of a network.
 *
 * @param measure which count
 * @param flops the convention, if {@code measure} is flops; otherwise always MACS
 * @param low smallest value admitted; see {@link #atMost} for none
 * @param high largest value admitted; see {@link #atLeast} for none
 */
public record ComplexityLimit(
    ComplexityMeasure measure, FlopsConvention flops, long low, long high) {

  /** No count is below. */
  private static final long LEAST = 0;

  /** No count is above. */
  private static final long GREATEST = Long.MAX_VALUE;

  /** Rejects negative and empty ranges. */
  public ComplexityLimit {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException(
          measure.label() + " limit " + low + ".." + high + " is not a range of counts");
    }
    if (measure != ComplexityMeasure.FLOPS) {
      flops = FlopsConvention.MACS;
    }
  }

  /** Admits counts up to {@code high}. */
  public static ComplexityLimit atMost(
      ComplexityMeasure measure, FlopsConvention flops, long high) {
    return new ComplexityLimit(measure, flops, LEAST, high);
  }

  /** Admits counts from {@code low} on. */
  public static ComplexityLimit atLeast(
      ComplexityMeasure measure, FlopsConvention flops, long low) {
    return new ComplexityLimit(measure, flops, low, GREATEST);
  }

  /**
   * Reads a range such as {@code 0.12B..0.13B}, {@code ..0.856M} or {@code 24k..}; both ends belong
   * to it.
   *
   * @throws IllegalArgumentException if the text is no range of {@link Quantity quantities}
   */
  public static ComplexityLimit parse(
      ComplexityMeasure measure, FlopsConvention flops, String text) {
    int dots = text.indexOf("..");
    if (dots < 0 || text.strip().length() == 2) {
      throw new IllegalArgumentException(
          measure.label() + " '" + text + "' is not a range such as 0.12B..0.13B or ..0.856M");
    }
    String low = text.substring(0, dots).strip();
    String high = text.substring(dots + 2).strip();
    return new ComplexityLimit(
        measure,
        flops,
        low.isEmpty() ? LEAST : Quantity.parse(low),
        high.isEmpty() ? GREATEST : Quantity.parse(high));
  }

  /** The count this limit looks at. */
  public long value(Complexity complexity) {
    return complexity.of(measure, flops);
  }

  /** Whether {@code complexity} is inside the range. */
  public boolean admits(Complexity complexity) {
    long value = value(complexity);
    return low <= value && value <= high;
  }

  /**
   * What is counted: {@code params}, {@code flops[nds]}, {@code flops[macs]}, {@code activations}.
   */
  public String count() {
    return measure == ComplexityMeasure.FLOPS ? "flops[" + flops.label() + "]" : measure.label();
  }

  /** The limit for people and file headers, such as {@code params <= 855999}. */
  public String text() {
    if (high == GREATEST) {
      return count() + " >= " + low;
    }
    return low == LEAST ? count() + " <= " + high : count() + " in " + low + ".." + high;
  }
}
