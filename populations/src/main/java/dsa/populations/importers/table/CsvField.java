package dsa.populations.importers.table;

import dsa.core.io.Remedy;
import java.util.Locale;
import java.util.Optional;

/** What a column of a foreign table can hold. */
public enum CsvField {
  /** The model's name. */
  ID(Optional.empty(), Optional.empty()),
  /** Its top-1 test error, or accuracy. */
  ERROR(Optional.of(Remedy.ERROR_COLUMN), Optional.of(Remedy.ERROR_UNIT)),
  /** Trainable weights. */
  PARAMS(Optional.of(Remedy.PARAMS_COLUMN), Optional.of(Remedy.PARAMS_UNIT)),
  /** Operations per image. */
  FLOPS(Optional.of(Remedy.FLOPS_COLUMN), Optional.of(Remedy.FLOPS_UNIT)),
  /** Output elements. */
  ACTIVATIONS(Optional.of(Remedy.ACTIVATIONS_COLUMN), Optional.of(Remedy.ACTIVATIONS_UNIT));

  private final Optional<Remedy> columnRemedy;
  private final Optional<Remedy> unitRemedy;

  CsvField(Optional<Remedy> columnRemedy, Optional<Remedy> unitRemedy) {
    this.columnRemedy = columnRemedy;
    this.unitRemedy = unitRemedy;
  }

  /** What helps where several columns could be this one; there is one for every number. */
  Remedy columnRemedy() {
    return columnRemedy.orElseThrow();
  }

  /** What helps where a cell is not in the unit taken for its column; as above. */
  Remedy unitRemedy() {
    return unitRemedy.orElseThrow();
  }

  /** The lower-case name used in options and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
