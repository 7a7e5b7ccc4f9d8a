package dsa.analysis.inference;

/**
 * The largest vertical distances between two EDFs, each way, in [0, 1].
 *
 * @param plus D⁺, the largest F_A − F_B: how far A leads
 * @param plusAt the smallest error at which it is reached
 * @param minus D⁻, the largest F_B − F_A: how far B leads
 * @param minusAt the smallest error at which it is reached
 */
public record KsDistances(double plus, double plusAt, double minus, double minusAt) {

  /** D, the larger of the two. */
  public double distance() {
    return Math.max(plus, minus);
  }

  /** The error at which D is reached. */
  public double atError() {
    return plus >= minus ? plusAt : minusAt;
  }

  /** 1 if A leads where D is reached, −1 if B does, 0 if the EDFs are the same. */
  public int sign() {
    return distance() == 0 ? 0 : plus >= minus ? 1 : -1;
  }
}
