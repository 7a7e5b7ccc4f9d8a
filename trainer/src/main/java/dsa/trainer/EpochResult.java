package dsa.trainer;

import java.util.OptionalDouble;

/**
 * What one epoch of training came to.
 *
 * @param epoch from 1
 * @param trainLoss mean cross-entropy of the epoch's batches, as they were trained on, in nats
 * @param trainErrorPct top-1 error of the same, percent in [0, 100]
 * @param validationErrorPct top-1 error on the held-out images, percent; empty if none are held out
 * @param testErrorPct top-1 error on all test images, percent in [0, 100]
 * @param trainSeconds wall-clock time of the training steps
 * @param evaluationSeconds wall-clock time of precise norms, validation and test
 */
public record EpochResult(
    int epoch,
    double trainLoss,
    double trainErrorPct,
    OptionalDouble validationErrorPct,
    double testErrorPct,
    double trainSeconds,
    double evaluationSeconds) {}
