package dsa.analysis.weighting;

import java.util.Locale;

/**
 * What to do when some bin holds no model of some population. A bin is never dropped for one
 * population only.
 */
public enum EmptyBins {
  /** Refuse, as the published notebooks do. */
  ERROR,
  /** Use fewer, wider bins: the largest count at which none is empty. */
  MERGE,
  /** Leave the bin, and the models in it, out of every population. */
  DROP,
  /** Narrow the range to the longest run of bins that are occupied in every population. */
  SHRINK;

  /** The lower-case name used in files and options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
