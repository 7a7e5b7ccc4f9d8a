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
 * @param testError the value of the population's {@link Metric}, mostly top-1 error on the test set
 *     in percent; finite, not below 0; absent if training diverged to no number
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

  /** Rejects values below 0 or beyond all numbers, and fewer than one run. */
  public TrainedModel {
    if (testError.isPresent()
        && !(testError.getAsDouble() >= 0 && testError.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "model %s: %s is no error or loss".formatted(id, testError.getAsDouble()));
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

  /** Whether training diverged: no number, or no better than guessing. */
  public boolean diverged(double chanceErrorPct) {
    return testError.isEmpty() || testError.getAsDouble() >= chanceErrorPct;
  }
}
