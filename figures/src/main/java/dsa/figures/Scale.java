package dsa.figures;

/** How an axis maps values to distances. */
public enum Scale {
  /** Equal differences are equally long. */
  LINEAR,
  /** Equal ratios are equally long; ticks at powers of two. Values must be above 0. */
  LOG2,
  /** Equal ratios are equally long; ticks at powers of ten. Values must be above 0. */
  LOG10;

  private static final double MOST = 1e15;

  /** The distance at which {@code value} lies, in units of one, an octave or a decade. */
  public double position(double value) {
    return switch (this) {
      case LINEAR -> value;
      case LOG2 -> Math.log(value) / Math.log(2);
      case LOG10 -> Math.log10(value);
    };
  }

  /** The value at {@code position}: the inverse of {@link #position}. */
  public double value(double position) {
    return switch (this) {
      case LINEAR -> position;
      case LOG2 -> Math.pow(2, position);
      case LOG10 -> Math.pow(10, position);
    };
  }

  /** Whether the axis can show {@code value}. */
  boolean admits(double value) {
    return Math.abs(value) <= MOST && (this == LINEAR || value >= 1 / MOST);
  }
}
