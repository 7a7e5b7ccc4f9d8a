package dsa.populations.importers;

import dsa.core.io.ExtraColumn;
import dsa.core.run.Population;
import java.util.List;

/**
 * A population made from a foreign file.
 *
 * @param population the models
 * @param extras what the source says beside them, for the population file
 * @param report what was read, assumed and left out
 */
public record Imported(Population population, List<ExtraColumn> extras, ImportReport report) {

  /** Copies the columns. */
  public Imported {
    extras = List.copyOf(extras);
  }
}
