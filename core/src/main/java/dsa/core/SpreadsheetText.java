package dsa.core;

import java.util.regex.Pattern;

/**
 * Texts in tables that spreadsheets may open: what begins with {@code =}, {@code +}, {@code -} or
 * {@code @} is run there as a formula, unless an apostrophe stands before it. Numbers, and ranges
 * and lists of them, are left as they are.
 */
public final class SpreadsheetText {

  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@].*", Pattern.DOTALL);
  private static final Pattern NUMBERS = Pattern.compile("[-+][0-9 .,+\\-eE%()\\[\\]to]*");

  private SpreadsheetText() {}

  /** The text as it goes into a file. */
  public static String guarded(String text) {
    if (text.isEmpty() || "=+-@'".indexOf(text.charAt(0)) < 0) {
      return text;
    }
    boolean harmless = !FORMULA.matcher(text).matches() || NUMBERS.matcher(text).matches();
    return harmless ? text : "'" + text;
  }

  /** The text that {@link #guarded} was given. */
  public static String unguarded(String written) {
    return written.startsWith("'") && FORMULA.matcher(written).matches()
        ? written.substring(1)
        : written;
  }
}
