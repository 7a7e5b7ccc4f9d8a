package dsa.trainer;

import dsa.core.run.EpochResult;

/** Is told how training goes on. */
public interface TrainingProgress {

  /** Does nothing. */
  TrainingProgress NONE = epoch -> {};

  /** An epoch is done; called on the training thread. */
  void epoch(EpochResult epoch);
}
