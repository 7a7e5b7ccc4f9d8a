package dsa.trainer.checkpoint;

import dsa.core.run.EpochResult;
import java.util.List;

/**
 * A training run after a whole epoch: all it takes to go on as if it had never stopped.
 *
 * @param key names the model, recipe, seed and engine; a run only goes on from its own checkpoint
 * @param epochs what has been done
 * @param tensors weights, momentum and running statistics, in the order of the trainer
 */
public record Checkpoint(String key, List<EpochResult> epochs, List<float[]> tensors) {

  /** Copies the lists, not the numbers. */
  public Checkpoint {
    epochs = List.copyOf(epochs);
    tensors = List.copyOf(tensors);
  }
}
