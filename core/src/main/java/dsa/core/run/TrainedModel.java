package dsa.core.run;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.RecordedComplexity;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One model of a population and what its training came to.
 *
 * @param id unique within its population
 * @param testError top-1 error on the test set, percent in [0, 100]; absent if training diverged to
 *     no number
 * @param complexity the counts recorded with it
 * @param architecture the network, where it is known
 * @param runs how many trainings {@code testError} stands for, at least 1
 */
public record TrainedModel(
    String id,
    OptionalDouble testError,
    RecordedComplexity complexity,
    Optional<ArchitectureSpec> architecture,
    int runs) {

  /** Rejects errors outside [0, 100] and fewer than one run. */
  public TrainedModel {
    if (testError.isPresent()
        && !(testError.getAsDouble() >= 0 && testError.getAsDouble() <= 100)) {
      throw new IllegalArgumentException(
          "model %s: test error %s is outside [0, 100] percent"
              .formatted(id, testError.getAsDouble()));
    }
    if (runs < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "model %s: runs=%d < 1", id, runs));
    }
  }

  /** A model trained once, of unknown architecture. */
  public static TrainedModel of(String id, double testError, RecordedComplexity complexity) {
    return new TrainedModel(id, OptionalDouble.of(testError), complexity, Optional.empty(), 1);
  }

  /** Whether training came to nothing: no number, or no better than guessing. */
  public boolean diverged(double chanceErrorPct) {
    return testError.isEmpty() || testError.getAsDouble() >= chanceErrorPct;
  }
}
