package dsa.core.run;

/**
 * The identity of one training run within a sweep. A run that is tried again keeps its id.
 *
 * @param value not blank
 */
public record RunId(String value) {

  /** Rejects blank ids. */
  public RunId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a run id is blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
