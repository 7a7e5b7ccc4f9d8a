package dsa.core;

/** Text from files, made fit for one line of a message. */
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

  private static boolean isUnfit(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
