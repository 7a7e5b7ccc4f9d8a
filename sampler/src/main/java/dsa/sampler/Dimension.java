package dsa.sampler;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One axis of a design space: the values it may take.
 *
 * @param name such as {@code width2}
 * @param values at least one, all different, each above 0 and at most {@value #LARGEST}
 */
public record Dimension(String name, List<Double> values) {

  /** No value of any axis is larger; keeps every count of a network far from overflow. */
  public static final int LARGEST = 65_536;

  /** Copies the values; rejects none, repeats and values out of range. */
  public Dimension {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + " has no values");
    }
    Set<Double> seen = new HashSet<>();
    for (double value : values) {
      if (!(value > 0 && value <= LARGEST)) {
        throw new IllegalArgumentException(
            name + " " + text(value) + " is not above 0 and at most " + LARGEST);
      }
      if (!seen.add(value)) {
        throw new IllegalArgumentException(name + " lists " + text(value) + " twice");
      }
    }
  }

  /** An axis of whole numbers. */
  public static Dimension of(String name, int... values) {
    return new Dimension(name, Arrays.stream(values).asDoubleStream().boxed().toList());
  }

  /** The same values under another name. */
  public Dimension named(String other) {
    return new Dimension(other, values);
  }

  /** How many values there are. */
  public int size() {
    return values.size();
  }

  /**
   * The value at {@code index} of an axis that counts things.
   *
   * @throws IllegalArgumentException if it is not a whole number
   */
  public int whole(int index) {
    double value = values.get(index);
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(name + " " + text(value) + " is not a whole number");
    }
    return (int) value;
  }

  /** The values as people write them, {@code 1, 2, 4}. */
  public String text() {
    return String.join(", ", values.stream().map(Dimension::text).toList());
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
