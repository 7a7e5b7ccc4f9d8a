package dsa.search;

/**
 * A network that a strategy wants to know about.
 *
 * @param encoding which
 * @param epochs how long it is to be trained, at least 1
 * @param epochsBefore of them, those it was trained for already and goes on from; 0 to begin anew
 */
public record Proposal(Encoding encoding, int epochs, int epochsBefore) {

  /** Rejects no epochs, and more epochs before than altogether. */
  public Proposal {
    if (epochs < 1 || epochsBefore < 0 || epochsBefore >= epochs) {
      throw new IllegalArgumentException(
          "a proposal of " + epochs + " epochs, " + epochsBefore + " of them trained before");
    }
  }

  /** A network trained anew. */
  public static Proposal of(Encoding encoding, int epochs) {
    return new Proposal(encoding, epochs, 0);
  }
}
