package dsa.search;

/** Says what networks come to: from a table, or by training them. */
@FunctionalInterface
public interface Evaluator {

  /**
   * What is found out about a network.
   *
   * @param errorPct the search signal, percent in [0, 100]
   * @param seconds of training this proposal, as measured; 0 if it was not
   */
  record Answer(double errorPct, double seconds) {}

  /** Evaluates a proposal. */
  Answer evaluate(Proposal proposal);
}
