package dsa.core.run;

import java.util.Locale;

/**
 * Which of a run's test errors a population holds. The first shrinks with the number of epochs; do
 * not mix them.
 */
public enum ErrorKind {
  /**
   * The smallest over all epochs: selected on the test set, hence optimistic; what the NDS figures
   * use.
   */
  MIN,
  /** After the last epoch. */
  LAST,
  /** After the epoch with the smallest error on held-out images, the first of several. */
  VALIDATED,
  /** The source does not say. */
  UNSTATED;

  /** The lower-case name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no kind
   */
  public static ErrorKind parse(String text) {
    for (ErrorKind kind : values()) {
      if (kind.label().equals(text.toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "error kind '" + text + "' is none of min, last, validated, unstated");
  }
}
