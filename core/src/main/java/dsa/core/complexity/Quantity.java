package dsa.core.complexity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts as people write them: {@code 855770}, {@code 24k}, {@code 0.856M}, {@code 0.129B}. */
public final class Quantity {

  private static final Pattern FORM = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,18})?)([kKmMbBgG]?)");

  private Quantity() {}

  /**
   * The count that {@code text} writes, computed in decimal so that 0.129B is 129,000,000 exactly.
   *
   * @param text digits, at most one decimal point, and at most one of k (thousand), M (million), B
   *     or G (billion), in either case
   * @return 0 to 2^63 - 1
   * @throws IllegalArgumentException if the text is anything else, or no whole number
   */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "quantity '" + text + "' is not a number such as 856000, 24k, 0.856M or 0.129B");
    }
    BigDecimal count = new BigDecimal(form.group(1)).scaleByPowerOfTen(zeros(form.group(2)));
    if (count.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "quantity '" + text + "' is " + count.toPlainString() + ", not a whole number");
    }
    BigInteger whole = count.toBigIntegerExact();
    if (whole.bitLength() > 63) {
      throw new IllegalArgumentException("quantity '" + text + "' is above 2^63 - 1");
    }
    return whole.longValueExact();
  }

  private static int zeros(String suffix) {
    if (suffix.isEmpty()) {
      return 0;
    }
    return switch (suffix.charAt(0)) {
      case 'k', 'K' -> 3;
      case 'm', 'M' -> 6;
      default -> 9;
    };
  }
}
