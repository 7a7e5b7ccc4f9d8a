package dsa.search;

import java.util.Arrays;

/** One point of a {@link SearchSpace}: the number of an option at each of its positions. */
public final class Encoding {

  private final int[] options;

  private Encoding(int[] options) {
    this.options = options;
  }

  /** The encoding of these options; copied. */
  public static Encoding of(int... options) {
    return new Encoding(options.clone());
  }

  /** How many positions it has. */
  public int length() {
    return options.length;
  }

  /** The option at a position, from 0. */
  public int at(int position) {
    return options[position];
  }

  /** The same but for one position. */
  public Encoding with(int position, int option) {
    int[] changed = options.clone();
    changed[position] = option;
    return new Encoding(changed);
  }

  /** All options, a copy. */
  public int[] toArray() {
    return options.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Encoding encoding && Arrays.equals(options, encoding.options);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(options);
  }

  @Override
  public String toString() {
    return Arrays.toString(options);
  }
}
