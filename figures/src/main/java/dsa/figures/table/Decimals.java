package dsa.figures.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text: ASCII digits and a point, whatever the locale. */
public final class Decimals {

  private Decimals() {}

  /**
   * {@code value} with {@code digits} decimals, rounded half-even from its exact binary value, as C
   * and Python do; never a negative zero. Infinities and NaN as {@link Double#toString}.
   */
  public static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
