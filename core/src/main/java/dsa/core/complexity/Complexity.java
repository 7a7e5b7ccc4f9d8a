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

  /**
   * The cost of what this has and {@code other} has not.
   *
   * @throws IllegalArgumentException if a count of {@code other} is larger
   */
  public Complexity minus(Complexity other) {
    return new Complexity(
        params - other.params,
        macs - other.macs,
        ndsFlops - other.ndsFlops,
        activations - other.activations);
  }

  /** Each count's smaller one. */
  public Complexity least(Complexity other) {
    return new Complexity(
        Math.min(params, other.params),
        Math.min(macs, other.macs),
        Math.min(ndsFlops, other.ndsFlops),
        Math.min(activations, other.activations));
  }

  /** Each count's larger one. */
  public Complexity greatest(Complexity other) {
    return new Complexity(
        Math.max(params, other.params),
        Math.max(macs, other.macs),
        Math.max(ndsFlops, other.ndsFlops),
        Math.max(activations, other.activations));
  }

  /** Adds costs up without an object for every step: spaces count networks by the million. */
  public static final class Sum {

    private long params;
    private long macs;
    private long ndsFlops;
    private long activations;

    /**
     * Adds a cost.
     *
     * @throws ArithmeticException if a count passes 2^63 - 1
     */
    public void add(Complexity cost) {
      params = Math.addExact(params, cost.params);
      macs = Math.addExact(macs, cost.macs);
      ndsFlops = Math.addExact(ndsFlops, cost.ndsFlops);
      activations = Math.addExact(activations, cost.activations);
    }

    /**
     * Adds a cost {@code times} times.
     *
     * @param times at least 0
     * @throws ArithmeticException if a count passes 2^63 - 1
     */
    public void add(Complexity cost, long times) {
      params = Math.addExact(params, Math.multiplyExact(times, cost.params));
      macs = Math.addExact(macs, Math.multiplyExact(times, cost.macs));
      ndsFlops = Math.addExact(ndsFlops, Math.multiplyExact(times, cost.ndsFlops));
      activations = Math.addExact(activations, Math.multiplyExact(times, cost.activations));
    }

    /** What was added. */
    public Complexity total() {
      return new Complexity(params, macs, ndsFlops, activations);
    }
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
