package dsa.core.run;

import java.util.Locale;

/**
 * What becomes of several runs of one network. They are not independent models, so a population
 * that counts them as such is too sure of itself.
 */
public enum Reruns {
  /**
   * One model with the mean error; {@code runs} adds up. A run that came to no number counts as the
   * error of guessing, unless all did: leaving it out would make the network look better.
   */
  MEAN,
  /** One model: the first run. */
  FIRST,
  /** Every run is a model. */
  ALL;

  /** The lower-case name used in options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
