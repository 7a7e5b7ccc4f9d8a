package dsa.search.strategy;

/**
 * The update of multinomial distribution learning (Zheng et al., <i>Multinomial Distribution
 * Learning for Effective Neural Architecture Search</i>, ICCV 2019, equation 5) on one edge. An
 * option that was trained less than another and is more accurate takes probability alpha from it.
 *
 * <p>The published text compares strictly; the code of its first author (MAC-AutoML/XNAS) lets
 * equal counts move probability too. What is taken is at most what is there ({@link Clip#PAIRWISE},
 * as XNAS), so that the sum stays one; or all is moved at once, the least entry subtracted if it is
 * negative, and divided by the sum ({@link Clip#RENORM}, as UniNAS).
 */
final class MdenasRule {

  /** How probabilities are kept from falling below zero. */
  enum Clip {
    PAIRWISE,
    RENORM
  }

  private final double alpha;
  private final boolean strict;
  private final Clip clip;

  MdenasRule(double alpha, boolean strict, Clip clip) {
    this.alpha = alpha;
    this.strict = strict;
    this.clip = clip;
  }

  /**
   * Changes {@code p}.
   *
   * @param p sums to one
   * @param counts how often each option was trained
   * @param accuracies what is recorded of each option, higher is better
   */
  void update(double[] p, double[] counts, double[] accuracies) {
    if (clip == Clip.PAIRWISE) {
      for (int i = 0; i < p.length; i++) {
        for (int j = 0; j < p.length; j++) {
          if (isBetter(i, j, counts, accuracies)) {
            double moved = Math.min(alpha, p[j]);
            p[i] += moved;
            p[j] -= moved;
          }
        }
      }
      return;
    }
    double[] next = p.clone();
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p.length; j++) {
        if (isBetter(i, j, counts, accuracies)) {
          next[i] += alpha;
          next[j] -= alpha;
        }
      }
    }
    double least = 0;
    for (double each : next) {
      least = Math.min(least, each);
    }
    double sum = 0;
    for (int k = 0; k < next.length; k++) {
      next[k] -= least;
      sum += next[k];
    }
    for (int k = 0; k < next.length; k++) {
      p[k] = least < 0 ? next[k] / sum : next[k];
    }
  }

  /** Whether i was trained less (or, if loose, no more) than j and is more accurate. */
  private boolean isBetter(int i, int j, double[] counts, double[] accuracies) {
    return accuracies[i] > accuracies[j]
        && (strict ? counts[i] < counts[j] : i != j && counts[i] <= counts[j]);
  }
}
