package dsa.analysis.pareto;

/**
 * The reward of MnasNet (Tan et al., CVPR 2019, equations 2 and 3): accuracy times {@code (cost /
 * target)^w}, w being alpha up to the target and beta beyond. It finds one point of a front for
 * each target, and never some points of a front that is not convex.
 *
 * @param target above 0, in the unit of the costs
 * @param alpha exponent up to the target, not above 0
 * @param beta exponent beyond it, not above 0
 */
public record CostReward(double target, double alpha, double beta) {

  private static final double SOFT = -0.07;

  /** Rejects targets and exponents that make no sense. */
  public CostReward {
    if (!(target > 0) || !(alpha <= 0) || !(beta <= 0)) {
      throw new IllegalArgumentException(
          "target=" + target + " not above 0, or alpha=" + alpha + ", beta=" + beta + " above 0");
    }
  }

  /** Twice the cost is worth five percent of the accuracy: alpha = beta = -0.07. */
  public static CostReward soft(double target) {
    return new CostReward(target, SOFT, SOFT);
  }

  /** Cost matters beyond the target alone: alpha = 0, beta = -1. */
  public static CostReward hard(double target) {
    return new CostReward(target, 0, -1);
  }

  /**
   * The reward.
   *
   * @param accuracy in any unit
   * @param cost above 0
   */
  public double of(double accuracy, double cost) {
    return accuracy * Math.pow(cost / target, cost <= target ? alpha : beta);
  }
}
