package dsa.core.run;

import dsa.core.complexity.FlopsConvention;
import java.util.Optional;

/**
 * Where a population's numbers come from and what they mean.
 *
 * @param source in plain words: a file, a release, a sweep
 * @param dataset such as {@code cifar10}, if known
 * @param flops the convention of its flops, if known
 * @param error which test error it holds; {@link ErrorKind#UNSTATED} if it holds losses
 * @param chanceErrorPct what guessing comes to, in the unit of the metric: for ten classes an error
 *     of 90 percent, or a loss of log 10 nats an epoch
 * @param recipe the training recipe, if known; populations of different recipes are not comparable
 * @param metric what its values are
 */
public record PopulationOrigin(
    String source,
    Optional<String> dataset,
    Optional<FlopsConvention> flops,
    ErrorKind error,
    double chanceErrorPct,
    Optional<String> recipe,
    Metric metric) {

  /** Rejects a value of guessing that the metric cannot have, and 0. */
  public PopulationOrigin {
    if (!(chanceErrorPct > 0 && metric.admits(chanceErrorPct))) {
      throw new IllegalArgumentException(
          metric.isLoss()
              ? "chance loss " + chanceErrorPct + " is not above 0 nats"
              : "chance error " + chanceErrorPct + " is outside (0, 100] percent");
    }
  }

  /** That of test errors. */
  public PopulationOrigin(
      String source,
      Optional<String> dataset,
      Optional<FlopsConvention> flops,
      ErrorKind error,
      double chanceErrorPct,
      Optional<String> recipe) {
    this(source, dataset, flops, error, chanceErrorPct, recipe, Metric.TEST_ERROR);
  }

  /** Nothing known but the source; ten classes. */
  public static PopulationOrigin unstated(String source) {
    return new PopulationOrigin(
        source, Optional.empty(), Optional.empty(), ErrorKind.UNSTATED, 90, Optional.empty());
  }
}
