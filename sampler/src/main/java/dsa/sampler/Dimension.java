package dsa.sampler;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One axis of a design space: the values it may take.
 *
 * @param name such as {@code width2}
 * @param values at least one, all different, each above 0 and at most {@value #LARGEST}; 1, 2, 3, …
 *     if the axis is one of things that are no numbers
 * @param labels what people call the values, as many and all different
 */
public record Dimension(String name, List<Double> values, List<String> labels) {

  /** No value of any axis is larger; keeps every count of a network far from overflow. */
  public static final int LARGEST = 65_536;

  private static final int MOST_SHOWN = 40;

  /** Copies the lists; rejects none, repeats and values out of range. */
  public Dimension {
    values = List.copyOf(values);
    labels = List.copyOf(labels);
    if (labels.size() != values.size()) {
      throw new IllegalArgumentException(
          name + " has " + values.size() + " values and " + labels.size() + " labels");
    }
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

  /** An axis of numbers, labelled as people write them. */
  public Dimension(String name, List<Double> values) {
    this(name, values, values.stream().map(Dimension::text).toList());
  }

  /** An axis of things that are no numbers, such as operations. */
  public static Dimension ofNames(String name, List<String> labels) {
    if (new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException(name + " lists one of " + labels + " twice");
    }
    return new Dimension(
        name, IntStream.rangeClosed(1, labels.size()).asDoubleStream().boxed().toList(), labels);
  }

  /** Whether the axis is one of numbers. */
  public boolean numeric() {
    return labels.equals(values.stream().map(Dimension::text).toList());
  }

  /** An axis of whole numbers. */
  public static Dimension of(String name, int... values) {
    return new Dimension(name, Arrays.stream(values).asDoubleStream().boxed().toList());
  }

  /** The same values under another name. */
  public Dimension named(String other) {
    return new Dimension(other, values, labels);
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

  /** The values as people write them, {@code 1, 2, 4}; a long axis is cut in its middle. */
  public String text() {
    if (labels.size() <= MOST_SHOWN) {
      return String.join(", ", labels);
    }
    return String.join(", ", labels.subList(0, 4)) + ", … " + labels.get(labels.size() - 1);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
