package dsa.core;

import java.util.regex.Pattern;

/**
 * Numbers as people and other programs write them. Java's own reader also takes hexadecimal digits
 * and the suffixes of its literals ({@code 0x1p3}, {@code 90d}), which in a file are mistakes.
 */
public final class DecimalNumber {

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][-+]?\\d{1,9})?");

  private DecimalNumber() {}

  /** Whether {@link #parse} takes a text. */
  public static boolean is(String text) {
    return DECIMAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
  }

  /**
   * The finite number that a text writes in decimal digits, with a point and an exponent where it
   * has them.
   *
   * @throws NumberFormatException if it writes none; the message says so
   */
  public static double parse(String text) {
    if (!is(text)) {
      throw new NumberFormatException(
          "'" + ForeignText.shown(text, 120) + "' is not a finite decimal number");
    }
    return Double.parseDouble(text);
  }
}
