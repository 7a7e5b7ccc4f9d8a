package dsa.sampler;

/** What becomes of a network that is drawn again. */
public enum Repeats {
  /** It is kept: draws are independent. */
  KEPT,
  /** It is dropped, as in the published populations: all networks are different. */
  DROPPED
}
