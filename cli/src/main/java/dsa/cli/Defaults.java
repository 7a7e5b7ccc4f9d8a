package dsa.cli;

import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.List;

/** What is chosen by the populations where an option is not given (decision 0013). */
final class Defaults {

  private static final int MODELS_PER_BIN = 16;
  private static final int MOST_BINS = 10;
  private static final int FEWEST_BINS = 2;
  private static final double PUBLISHED_EPSILON = 20;

  private Defaults() {}

  /** Ten complexity bins as published, or fewer: 16 models a bin in the smallest population. */
  static int bins(List<Population> populations) {
    int fewest = populations.stream().mapToInt(p -> p.models().size()).min().orElse(0);
    return Math.max(FEWEST_BINS, Math.min(MOST_BINS, fewest / MODELS_PER_BIN));
  }

  /**
   * Where areas under EDFs end, percent: 20 as published, or at the error of guessing if at least
   * half the models of some population are above 20, as after short training.
   */
  static double epsilon(List<Population> populations) {
    double epsilon = PUBLISHED_EPSILON;
    for (Population population : populations) {
      long above =
          population.models().stream().filter(model -> errorOf(model) > PUBLISHED_EPSILON).count();
      if (2 * above >= population.models().size()) {
        epsilon = Math.max(epsilon, population.origin().chanceErrorPct());
      }
    }
    return epsilon;
  }

  private static double errorOf(TrainedModel model) {
    return model.testError().orElse(100);
  }
}
