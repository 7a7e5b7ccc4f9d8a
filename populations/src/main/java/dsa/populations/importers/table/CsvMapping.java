package dsa.populations.importers.table;

import dsa.core.arch.BlockType;
import dsa.core.complexity.FlopsConvention;
import java.util.Map;
import java.util.Optional;

/**
 * What a user says about a foreign table. All that is left open is recognised from names and
 * values, and reported.
 *
 * @param columns the column of a field
 * @param units the unit of a field
 * @param flops the convention its flops are counted in
 * @param block the block of networks given by their stages
 * @param runs how many trainings each row stands for, at least 1
 * @param keepUnfinished whether rows are kept whose status says that their training did not finish
 */
public record CsvMapping(
    Map<CsvField, String> columns,
    Map<CsvField, CsvUnit> units,
    Optional<FlopsConvention> flops,
    Optional<BlockType> block,
    int runs,
    boolean keepUnfinished) {

  /** Copies the maps; rejects fewer than one run. */
  public CsvMapping {
    columns = Map.copyOf(columns);
    units = Map.copyOf(units);
    if (runs < 1) {
      throw new IllegalArgumentException("runs=" + runs + " < 1");
    }
  }

  /** As above; rows that did not finish are left out. */
  public CsvMapping(
      Map<CsvField, String> columns,
      Map<CsvField, CsvUnit> units,
      Optional<FlopsConvention> flops,
      Optional<BlockType> block,
      int runs) {
    this(columns, units, flops, block, runs, false);
  }

  /** Everything is recognised; a row is one run. */
  public static CsvMapping recognized() {
    return new CsvMapping(Map.of(), Map.of(), Optional.empty(), Optional.empty(), 1);
  }
}
