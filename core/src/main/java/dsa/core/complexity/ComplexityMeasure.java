package dsa.core.complexity;

import java.util.Locale;

/** A count that comparisons can hold fixed. */
public enum ComplexityMeasure {
  /** Trainable weights. */
  PARAMS(1e6, "M"),
  /** Operations per image, in the population's {@link FlopsConvention}. */
  FLOPS(1e9, "B"),
  /** Output elements of convolutions, pools and linear layers. */
  ACTIVATIONS(1e6, "M");

  private final double unitSize;
  private final String unit;

  ComplexityMeasure(double unitSize, String unit) {
    this.unitSize = unitSize;
    this.unit = unit;
  }

  /** The lower-case name used in files, options and axis labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The unit figures print: M (million) or B (billion). */
  public String unit() {
    return unit;
  }

  /** How many counts one {@link #unit()} is. */
  public double unitSize() {
    return unitSize;
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no measure
   */
  public static ComplexityMeasure parse(String text) {
    for (ComplexityMeasure measure : values()) {
      if (measure.label().equals(text.toLowerCase(Locale.ROOT))) {
        return measure;
      }
    }
    throw new IllegalArgumentException(
        "complexity measure '" + text + "' is none of params, flops, activations");
  }
}
