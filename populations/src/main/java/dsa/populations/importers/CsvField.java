package dsa.populations.importers;

import java.util.Locale;

/** What a column of a foreign table can hold. */
public enum CsvField {
  /** The model's name. */
  ID,
  /** Its top-1 test error, or accuracy. */
  ERROR,
  /** Trainable weights. */
  PARAMS,
  /** Operations per image. */
  FLOPS,
  /** Output elements. */
  ACTIVATIONS;

  /** The lower-case name used in options and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
