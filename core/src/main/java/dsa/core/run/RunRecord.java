package dsa.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

  /**
   * One run for each id, in the order in which the ids first came: the last that came to a result,
   * else the last. A run that came to a result stays one if another attempt at it fails.
   *
   * @param runs in the order of a log
   */
  public static Map<RunId, RunRecord> latest(Stream<RunRecord> runs) {
    Map<RunId, RunRecord> latest = new LinkedHashMap<>();
    runs.forEach(
        run -> {
          RunRecord before = latest.get(run.id());
          if (before == null || run.hasResult() || !before.hasResult()) {
            latest.put(run.id(), run);
          }
        });
    return latest;
  }

  /** Whether training came to a result: it completed or diverged. */
  public boolean hasResult() {
    return !(outcome instanceof RunOutcome.Failed);
  }

  /** Wall-clock time of all epochs, evaluation included, in seconds. */
  public double seconds() {
    return epochs.stream().mapToDouble(e -> e.trainSeconds() + e.evaluationSeconds()).sum();
  }
}
