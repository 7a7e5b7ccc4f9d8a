package dsa.search;

import java.util.List;

/**
 * Something about a strategy that its users may set.
 *
 * @param name such as {@code alpha}
 * @param standard what it is unless it is set
 * @param words the values it may have, if it is one of a few words; else it is a number
 * @param least the smallest value of a number
 * @param most the largest
 * @param meaning in a few words
 */
public record Setting(
    String name, String standard, List<String> words, double least, double most, String meaning) {

  /** Copies the words. */
  public Setting {
    words = List.copyOf(words);
  }

  /** A number in [least, most]. */
  public static Setting number(
      String name, double standard, double least, double most, String meaning) {
    String text =
        standard == Math.rint(standard) && Math.abs(standard) < 1e9
            ? Long.toString((long) standard)
            : Double.toString(standard);
    return new Setting(name, text, List.of(), least, most, meaning);
  }

  /** One of a few words, the first unless it is set. */
  public static Setting word(String name, String meaning, String... words) {
    return new Setting(name, words[0], List.of(words), 0, 0, meaning);
  }

  /** Refuses a value that it may not have. */
  void check(String value) {
    if (!words.isEmpty()) {
      if (!words.contains(value)) {
        throw new IllegalArgumentException(
            name + "=" + value + " is none of " + String.join(", ", words));
      }
      return;
    }
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + "=" + value + " is not a number", e);
    }
    if (!(number >= least && number <= most)) {
      throw new IllegalArgumentException(
          name + "=" + value + " is outside [" + text(least) + ", " + text(most) + "]");
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
