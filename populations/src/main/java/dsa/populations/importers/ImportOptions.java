package dsa.populations.importers;

import dsa.core.run.ErrorKind;
import dsa.core.run.Reruns;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleConsumer;

/**
 * What every importer can be told.
 *
 * @param name the population's name; by default the source's
 * @param dataset by default as the source says
 * @param error which of a run's errors to take; {@link ErrorKind#UNSTATED} leaves it to the
 *     importer
 * @param reruns what becomes of several runs of one network; by default as the importer says
 * @param chanceErrorPct error of guessing, percent in (0, 100]; by default by the dataset
 * @param progress is told the share of a file that has been read, in [0, 1], now and then
 */
public record ImportOptions(
    Optional<String> name,
    Optional<String> dataset,
    ErrorKind error,
    Optional<Reruns> reruns,
    OptionalDouble chanceErrorPct,
    DoubleConsumer progress) {

  /** Everything as the importer does it by itself. */
  public static ImportOptions withDefaults() {
    return new ImportOptions(
        Optional.empty(),
        Optional.empty(),
        ErrorKind.UNSTATED,
        Optional.empty(),
        OptionalDouble.empty(),
        share -> {});
  }

  /** These options with a name. */
  public ImportOptions named(String newName) {
    return new ImportOptions(
        Optional.of(newName), dataset, error, reruns, chanceErrorPct, progress);
  }

  /** These options with a kind of error. */
  public ImportOptions with(ErrorKind newError) {
    return new ImportOptions(name, dataset, newError, reruns, chanceErrorPct, progress);
  }

  /** These options with a rule for reruns. */
  public ImportOptions with(Reruns newReruns) {
    return new ImportOptions(
        name, dataset, error, Optional.of(newReruns), chanceErrorPct, progress);
  }

  /** These options with somebody who watches. */
  public ImportOptions watchedBy(DoubleConsumer newProgress) {
    return new ImportOptions(name, dataset, error, reruns, chanceErrorPct, newProgress);
  }

  /** These options with the error of guessing, percent in (0, 100]. */
  public ImportOptions withChanceErrorPct(double newChance) {
    return new ImportOptions(name, dataset, error, reruns, OptionalDouble.of(newChance), progress);
  }
}
