package dsa.sampler.stages;

import java.util.Locale;

/** A hyper-parameter that every stage has. */
public enum Axis {
  /** Blocks. */
  DEPTH,
  /** Output channels. */
  WIDTH,
  /** Width over bottleneck width. */
  RATIO,
  /** Groups of the 3x3 convolution. */
  GROUPS;

  /** The lower-case name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
