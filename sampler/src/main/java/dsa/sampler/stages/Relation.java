package dsa.sampler.stages;

import java.util.Locale;

/** How a hyper-parameter of one stage is tied to the same one of the stage before. */
public enum Relation {
  /** Not smaller. */
  NON_DECREASING,
  /** Equal. */
  SHARED;

  /** The lower-case name used in files: {@code non-decreasing}, {@code shared}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@link #label()}.
   *
   * @throws IllegalArgumentException if the text names no relation
   */
  public static Relation parse(String text) {
    for (Relation relation : values()) {
      if (relation.label().equals(text)) {
        return relation;
      }
    }
    throw new IllegalArgumentException("relation is neither non-decreasing nor shared");
  }

  boolean holds(double before, double after) {
    return this == SHARED ? before == after : before <= after;
  }
}
