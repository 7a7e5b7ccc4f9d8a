package dsa.core.complexity;

import java.util.Locale;

/**
 * What one "flop" is. Published numbers use two conventions that differ by 2 to 15 %, enough to
 * move a model into another complexity bin, so they are never mixed in one comparison (decision
 * 0003).
 */
public enum FlopsConvention {
  /** Multiply-adds of convolutions and linear layers; pycls since 2020. */
  MACS,
  /**
   * {@link #MACS} plus five per output element of every norm, which in the standard spaces follows
   * every convolution; the NDS release of 2019.
   */
  NDS;

  /** The lower-case name used in files and options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no convention
   */
  public static FlopsConvention parse(String text) {
    for (FlopsConvention convention : values()) {
      if (convention.label().equals(text.toLowerCase(Locale.ROOT))) {
        return convention;
      }
    }
    throw new IllegalArgumentException("flops convention '" + text + "' is neither macs nor nds");
  }
}
