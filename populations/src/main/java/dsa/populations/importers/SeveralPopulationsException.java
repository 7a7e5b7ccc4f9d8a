package dsa.populations.importers;

import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file holds records of several populations, of which none was chosen. */
public final class SeveralPopulationsException extends MalformedFileException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, Integer> records;

  SeveralPopulationsException(String file, Map<String, Integer> records) {
    super(
        file,
        0,
        "holds records of "
            + records.size()
            + " populations ("
            + DelimitedRows.shown(String.join(", ", records.keySet()))
            + ")",
        Remedy.POPULATION);
    this.records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
  }

  /** How many records there are of each population, in the file's order. */
  public Map<String, Integer> records() {
    return records;
  }
}
