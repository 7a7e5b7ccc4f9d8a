package dsa.core.io.foreign;

import dsa.core.run.ErrorKind;
import dsa.core.run.Reruns;
import java.util.Optional;

/**
 * What every importer can be told.
 *
 * @param name the population's name; by default the source's
 * @param dataset by default as the source says
 * @param error which of a run's errors to take; {@link ErrorKind#UNSTATED} leaves it to the
 *     importer
 * @param reruns what becomes of several runs of one network; by default as the importer says
 */
public record ImportOptions(
    Optional<String> name, Optional<String> dataset, ErrorKind error, Optional<Reruns> reruns) {

  /** Everything as the importer does it by itself. */
  public static ImportOptions withDefaults() {
    return new ImportOptions(
        Optional.empty(), Optional.empty(), ErrorKind.UNSTATED, Optional.empty());
  }

  /** These options with a name. */
  public ImportOptions named(String newName) {
    return new ImportOptions(Optional.of(newName), dataset, error, reruns);
  }

  /** These options with a kind of error. */
  public ImportOptions with(ErrorKind newError) {
    return new ImportOptions(name, dataset, newError, reruns);
  }

  /** These options with a rule for reruns. */
  public ImportOptions with(Reruns newReruns) {
    return new ImportOptions(name, dataset, error, Optional.of(newReruns));
  }
}
