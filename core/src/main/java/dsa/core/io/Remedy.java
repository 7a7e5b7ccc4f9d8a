package dsa.core.io;

/**
 * What would cure a fault or lift an assumption. A library says what is wrong and which of these
 * helps; whoever talks to the user says how it is done there, such as by an option.
 */
public enum Remedy {
  /** Name the column of errors or accuracies. */
  ERROR_COLUMN,
  /** Name the column of params. */
  PARAMS_COLUMN,
  /** Name the column of flops. */
  FLOPS_COLUMN,
  /** Name the column of activations. */
  ACTIVATIONS_COLUMN,
  /** Say in which unit the errors or accuracies are. */
  ERROR_UNIT,
  /** Say in which unit the params are. */
  PARAMS_UNIT,
  /** Say in which unit the flops are. */
  FLOPS_UNIT,
  /** Say in which unit the activations are. */
  ACTIVATIONS_UNIT,
  /** Say how flops are counted. */
  FLOPS_CONVENTION,
  /** Say which design space the networks are of. */
  SPACE,
  /** Say what the error of guessing is. */
  CHANCE_ERROR,
  /** Choose one of several populations in a file. */
  POPULATION,
  /** Have unfinished trainings kept. */
  PARTIAL,
  /** Say what becomes of several runs of one network: the first, or all. */
  RERUNS,
  /** Import the file as a table. */
  IMPORT_TABLE,
  /** Import the file as a release of records or a collected sweep. */
  IMPORT_RECORDS,
  /** Take another metric, such as the one a file holds. */
  METRIC,
  /** Train a sweep. */
  TRAIN_A_SWEEP,
  /** Train a sweep, which makes a folder and a log. */
  TRAIN_BOTH,
  /** See how far a sweep is. */
  SWEEP_STATUS,
  /** Fetch the data set into the folder at hand. */
  FETCH_DATA,
  /** Say where the archive of the data set lies. */
  NAME_THE_ARCHIVE
}
