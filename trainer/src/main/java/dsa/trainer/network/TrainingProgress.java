package dsa.trainer.network;

import dsa.core.run.EpochResult;

/** Is told how training goes on, on the training thread. */
public interface TrainingProgress {

  /** Does nothing. */
  TrainingProgress NONE = epoch -> {};

  /**
   * A training step is done, though a GPU may still be busy with it; does nothing.
   *
   * @param epoch in progress, from 1
   * @param step of the epoch, from 1
   * @param steps of the whole epoch
   */
  default void step(int epoch, int step, int steps) {}

  /** An epoch is done. */
  void epoch(EpochResult epoch);
}
