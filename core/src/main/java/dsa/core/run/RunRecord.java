package dsa.core.run;

import java.util.List;

/**
 * One training run as a sweep logs it.
 *
 * @param id unique within the sweep
 * @param model the network that was trained
 * @param recipe the name of the training recipe
 * @param outcome what it came to
 * @param epochs what was measured on the way, from epoch 1 without gaps; empty if it was not kept
 * @param provenance under what circumstances
 */
public record RunRecord(
    RunId id,
    DrawnModel model,
    String recipe,
    RunOutcome outcome,
    List<EpochResult> epochs,
    Provenance provenance) {

  /** Copies the epochs; rejects gaps between them, and errors other than a completed outcome's. */
  public RunRecord {
    epochs = List.copyOf(epochs);
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).epoch() != i + 1) {
        throw new IllegalArgumentException(
            "run " + id + ": epoch " + epochs.get(i).epoch() + " stands at place " + (i + 1));
      }
    }
    if (outcome instanceof RunOutcome.Completed completed
        && !completed.testErrorByEpoch().equals(EpochResult.testErrors(epochs))) {
      throw new IllegalArgumentException(
          "run " + id + ": the outcome's test errors are not those of its epochs");
    }
  }
}
