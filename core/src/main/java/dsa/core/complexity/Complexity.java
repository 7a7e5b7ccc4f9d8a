package dsa.core.complexity;

import java.util.Locale;

/**
 * The exact cost of one network or layer, for one input image.
 *
 * @param params trainable weights, batch-norm scales and shifts included
 * @param macs multiply-adds of convolutions and linear layers (biases included), {@link
 *     FlopsConvention#MACS}
 * @param ndsFlops {@code macs} plus five per output element of a norm, {@link FlopsConvention#NDS}
 * @param activations output elements of convolutions, pools and linear layers
 */
public record Complexity(long params, long macs, long ndsFlops, long activations) {

  /** The cost of nothing. */
  public static final Complexity ZERO = new Complexity(0, 0, 0, 0);

  /** Rejects negative counts. */
  public Complexity {
    if (params < 0 || macs < 0 || ndsFlops < 0 || activations < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "complexity below zero: params=%d macs=%d ndsFlops=%d activations=%d",
              params,
              macs,
              ndsFlops,
              activations));
    }
  }

  /**
   * The cost of both together.
   *
   * @throws ArithmeticException if a count passes 2^63 - 1
   */
  public Complexity plus(Complexity other) {
    return new Complexity(
        Math.addExact(params, other.params),
        Math.addExact(macs, other.macs),
        Math.addExact(ndsFlops, other.ndsFlops),
        Math.addExact(activations, other.activations));
  }

  /**
   * The cost of {@code count} of these.
   *
   * @param count at least 0
   * @throws ArithmeticException if a count passes 2^63 - 1
   */
  public Complexity times(long count) {
    return new Complexity(
        Math.multiplyExact(params, count),
        Math.multiplyExact(macs, count),
        Math.multiplyExact(ndsFlops, count),
        Math.multiplyExact(activations, count));
  }

  /** Flops in the convention asked for. */
  public long flops(FlopsConvention convention) {
    return convention == FlopsConvention.MACS ? macs : ndsFlops;
  }

  /** The count that {@code measure} names, flops in the convention asked for. */
  public long of(ComplexityMeasure measure, FlopsConvention convention) {
    if (measure == ComplexityMeasure.PARAMS) {
      return params;
    }
    return measure == ComplexityMeasure.FLOPS ? flops(convention) : activations;
  }
}
