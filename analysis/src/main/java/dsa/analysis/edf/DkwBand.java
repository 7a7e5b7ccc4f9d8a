package dsa.analysis.edf;

import dsa.analysis.inference.Bootstrap;
import dsa.analysis.edf.Edf;

/**
 * A band that holds the whole true distribution function with at least the given probability: F(e)
 * ± dkwEpsilon, dkwEpsilon = √(ln(2/α)/(2n)) (Dvoretzky, Kiefer and Wolfowitz 1956 with Massart's
 * constant, Annals of Probability, 1990).
 *
 * @param edf the EDF in the middle
 * @param level 1 − α, in (0, 1)
 * @param dkwEpsilon the half-width
 * @param heuristic whether the models are weighted, so that the effective sample size stands for n
 *     and nothing is guaranteed; bootstrap bands are then the ones to trust
 */
public record DkwBand(Edf edf, double level, double dkwEpsilon, boolean heuristic) {

  /** The band around {@code edf}; n is its effective sample size. */
  public static DkwBand of(Edf edf, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level=" + level + " outside (0, 1)");
    }
    double n = edf.effectiveSampleSize();
    boolean heuristic = n < edf.size() * (1 - 1e-9);
    return new DkwBand(edf, level, Math.sqrt(Math.log(2 / (1 - level)) / (2 * n)), heuristic);
  }

  /** The lower end of the band at {@code error}, at least 0. */
  public double low(double error) {
    return Math.max(0, edf.at(error) - dkwEpsilon);
  }

  /** The upper end of the band at {@code error}, at most 1. */
  public double high(double error) {
    return Math.min(1, edf.at(error) + dkwEpsilon);
  }
}
