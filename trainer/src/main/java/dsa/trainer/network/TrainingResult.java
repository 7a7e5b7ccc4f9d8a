package dsa.trainer.network;

import dsa.core.run.EpochResult;
import dsa.core.run.RunOutcome;
import java.util.List;

/**
 * What training a model came to.
 *
 * @param outcome its result
 * @param epochs what was measured on the way, one entry for each whole epoch
 */
public record TrainingResult(RunOutcome outcome, List<EpochResult> epochs) {

  /** Copies the epochs. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }
}
