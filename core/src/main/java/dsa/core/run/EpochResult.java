package dsa.core.run;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What one epoch of training came to. Recipes may evaluate only some epochs; the others have
 * training losses and no errors on other images.
 *
 * @param epoch from 1
 * @param trainLoss mean cross-entropy of the epoch's batches, as they were trained on, in nats
 * @param trainErrorPct top-1 error of the same, percent in [0, 100]
 * @param validationErrorPct top-1 error on the held-out images, percent; empty if none are held out
 * @param testErrorPct top-1 error on all test images, percent in [0, 100]; empty if the epoch was
 *     not evaluated
 * @param trainSeconds wall-clock time of the training steps
 * @param evaluationSeconds wall-clock time of precise norms, validation and test
 * @param cpuSeconds processor time of the whole process meanwhile, all its threads added up; empty
 *     if it was not kept
 */
public record EpochResult(
    int epoch,
    double trainLoss,
    double trainErrorPct,
    OptionalDouble validationErrorPct,
    OptionalDouble testErrorPct,
    double trainSeconds,
    double evaluationSeconds,
    OptionalDouble cpuSeconds) {

  /** Rejects epochs below 1, errors outside [0, 100] and losses and times below 0. */
  public EpochResult {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch=" + epoch + " < 1");
    }
    if (!(trainLoss >= 0
        && trainSeconds >= 0
        && evaluationSeconds >= 0
        && cpuSeconds.orElse(0) >= 0)) {
      throw new IllegalArgumentException("epoch " + epoch + " has a loss or a time below 0");
    }
    if (!(percent(trainErrorPct)
        && percent(testErrorPct.orElse(0))
        && percent(validationErrorPct.orElse(0)))) {
      throw new IllegalArgumentException(
          "epoch " + epoch + " has an error outside [0, 100] percent");
    }
  }

  /** An epoch that was evaluated, of unknown processor time. */
  public EpochResult(
      int epoch,
      double trainLoss,
      double trainErrorPct,
      OptionalDouble validationErrorPct,
      double testErrorPct,
      double trainSeconds,
      double evaluationSeconds) {
    this(
        epoch,
        trainLoss,
        trainErrorPct,
        validationErrorPct,
        OptionalDouble.of(testErrorPct),
        trainSeconds,
        evaluationSeconds,
        OptionalDouble.empty());
  }

  /** The test errors of those epochs that were evaluated, in order, percent. */
  public static List<Double> testErrors(List<EpochResult> epochs) {
    return epochs.stream().flatMap(epoch -> epoch.testErrorPct().stream().boxed()).toList();
  }

  private static boolean percent(double value) {
    return value >= 0 && value <= 100;
  }
}
