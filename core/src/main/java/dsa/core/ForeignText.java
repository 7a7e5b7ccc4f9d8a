package dsa.core;

import java.util.HexFormat;

/** Text from files, made fit to be shown. */
public final class ForeignText {

  private ForeignText() {}

  /**
   * The beginning of a text, with spaces for what would break the line, drive a terminal or turn
   * the direction of what follows: control characters (C0, DEL, C1), line and paragraph separators,
   * and the embeddings, overrides and isolates of bidirectional text.
   *
   * @param most characters that are shown of it; an ellipsis stands for the rest
   */
  public static String shown(String text, int most) {
    int end = Math.min(text.length(), most);
    if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder shown = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      shown.append(isUnfit(c) ? ' ' : c);
    }
    return end < text.length() ? shown.append('…').toString() : shown.toString();
  }

  /**
   * A text of any length and several lines with every character that would drive a terminal or turn
   * the direction of what follows written as its escape, {@code U+202E} as a backslash, {@code u}
   * and {@code 202e}; line feeds and tabs stay. Inside a JSON string the escape means the
   * character.
   */
  public static String escaped(String text) {
    int from = 0;
    while (from < text.length() && isFit(text, from)) {
      from++;
    }
    if (from == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isFit(text, i)) {
        escaped.append(c);
      } else {
        escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return escaped.toString();
  }

  /** Whether a text is one line that needs no escape. */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUnfit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFit(String text, int index) {
    char c = text.charAt(index);
    return c == '\n'
        || c == '\t'
        || !isUnfit(c)
        || (c == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n');
  }

  private static boolean isUnfit(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
