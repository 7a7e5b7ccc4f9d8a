package dsa.sampler.distribution;

import java.util.Locale;

/**
 * The shapes of distributions that pycls' sweeps know ({@code sweep/samplers.py}). f is what a
 * distribution draws before it is quantized, l, h and q are its range and quantum.
 */
public enum DistributionType {
  /** f uniform in [l, h + q], rounded down: every multiple of q is equally likely. */
  UNIFORM,
  /** ln f uniform from ln(l − min(q, l/2)) to ln h, rounded up. */
  LOG_UNIFORM,
  /** Every power of two in [l, h] is equally likely. */
  POWER2_UNIFORM,
  /** {@link #POWER2_UNIFORM}, but from q on {@link #LOG_UNIFORM} instead. */
  POWER2_OR_LOG_UNIFORM,
  /** f normal about the middle of [l, h], a sixth of it wide, within it, rounded half to even. */
  NORMAL,
  /** ln f normal about the middle of [ln l, ln h], likewise. */
  LOG_NORMAL;

  /** The lower-case name used in files: {@code log-uniform}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@link #label()}; underscores, as in pycls, are welcome too.
   *
   * @throws IllegalArgumentException if the text names no distribution
   */
  public static DistributionType parse(String text) {
    for (DistributionType type : values()) {
      if (type.label().equals(text.replace('_', '-'))) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "law is none of uniform, log-uniform, power2-uniform, power2-or-log-uniform, normal,"
            + " log-normal");
  }
}
