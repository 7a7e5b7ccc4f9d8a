package dsa.core.run;

import dsa.core.complexity.FlopsConvention;
import java.util.Optional;

/**
 * Where a population's numbers come from and what they mean.
 *
 * @param source in plain words: a file, a release, a sweep
 * @param dataset such as {@code cifar10}, if known
 * @param flops the convention of its flops, if known
 * @param error which test error it holds
 * @param chanceErrorPct the error of guessing, percent: 90 for ten classes
 * @param recipe the training recipe, if known; populations of different recipes are not comparable
 */
public record PopulationOrigin(
    String source,
    Optional<String> dataset,
    Optional<FlopsConvention> flops,
    ErrorKind error,
    double chanceErrorPct,
    Optional<String> recipe) {

  /** Rejects a chance error outside (0, 100]. */
  public PopulationOrigin {
    if (!(chanceErrorPct > 0 && chanceErrorPct <= 100)) {
      throw new IllegalArgumentException(
          "chance error " + chanceErrorPct + " is outside (0, 100] percent");
    }
  }

  /** Nothing known but the source; ten classes. */
  public static PopulationOrigin unstated(String source) {
    return new PopulationOrigin(
        source, Optional.empty(), Optional.empty(), ErrorKind.UNSTATED, 90, Optional.empty());
  }
}
