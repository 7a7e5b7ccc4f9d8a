package dsa.search;

/**
 * What a strategy was told about a proposal.
 *
 * @param number of the evaluation in its search, from 1
 * @param proposal what was asked for
 * @param errorPct the search signal: the error that the strategy may know, percent in [0, 100]; the
 *     error of guessing where training diverged
 * @param repeated whether the search had evaluated this network for as many epochs before
 * @param cost what it took of the budget, in its unit
 * @param spent of the budget, this evaluation included
 */
public record Evaluation(
    int number, Proposal proposal, double errorPct, boolean repeated, double cost, double spent) {

  /** Rejects numbers below 1 and errors that are none. */
  public Evaluation {
    if (number < 1 || !(errorPct >= 0 && errorPct <= 100)) {
      throw new IllegalArgumentException(
          "evaluation " + number + " with an error of " + errorPct + " percent");
    }
  }

  /** The encoding that was evaluated. */
  public Encoding encoding() {
    return proposal.encoding();
  }

  /** 100 minus the error, percent: higher is better. */
  public double accuracyPct() {
    return 100 - errorPct;
  }
}
