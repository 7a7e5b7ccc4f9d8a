package dsa.analysis.weighting;

import java.util.Locale;

/** What to do with models that diverged. Whatever is done, they are counted. */
public enum DivergedModels {
  /**
   * Keep them; one without a recorded error gets the error of guessing. The EDF keeps its
   * denominator.
   */
  WORST,
  /** Leave them out, which flatters the population. */
  DROP,
  /** Refuse to compare. */
  REFUSE;

  /** The lower-case name used in files and options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
