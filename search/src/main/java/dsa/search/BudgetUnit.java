package dsa.search;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a budget counts. One unit for all strategies of a comparison. */
public enum BudgetUnit {
  /** Networks asked about, repeats included. */
  EVALUATIONS("evaluations"),
  /** Epochs of training. */
  EPOCHS("epochs"),
  /** Multiply-adds of a network times epochs, in units of 10^9. */
  MAC_EPOCHS("billion MACs x epochs"),
  /** Seconds of training, as measured when the networks were trained; never of a replay. */
  SECONDS("seconds of training");

  private final String words;

  BudgetUnit(String words) {
    this.words = words;
  }

  /** The lower-case name used in options and files, such as {@code mac-epochs}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For axes and sentences. */
  public String words() {
    return words;
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no unit
   */
  public static BudgetUnit parse(String text) {
    for (BudgetUnit unit : values()) {
      if (unit.label().equals(text.toLowerCase(Locale.ROOT))) {
        return unit;
      }
    }
    throw new IllegalArgumentException(
        "budget unit '"
            + text
            + "' is none of "
            + Stream.of(values()).map(BudgetUnit::label).collect(Collectors.joining(", ")));
  }
}
