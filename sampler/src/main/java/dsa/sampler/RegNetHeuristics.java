package dsa.sampler;

import dsa.core.complexity.Complexity;

/**
 * The rules of thumb by which pycls' configurations keep RegNets of F billion multiply-adds lean:
 * below {@code 3 + 5.5 F} million params and below {@code 6.5 √F} million activations, on 224 x 224
 * images. The 24 published RegNets obey both, but for Y-6.4GF's activations, 0.1 percent above.
 */
public final class RegNetHeuristics {

  private RegNetHeuristics() {}

  /** Whether a network has as few params as good RegNets of its multiply-adds. */
  public static boolean hasFewParams(Complexity cost) {
    return cost.params() < 3e6 + 5.5e-3 * cost.macs();
  }

  /** Whether a network has as few activations as good RegNets of its multiply-adds. */
  public static boolean hasFewActivations(Complexity cost) {
    return cost.activations() < 6.5e6 * Math.sqrt(cost.macs() / 1e9);
  }
}
