package dsa.search;

import java.util.Optional;

/**
 * Proposes networks and learns from what they come to. Asked and told in turn; what it proposes is
 * a function of its space, its settings, its seed and what it was told so far, so that a search is
 * resumed by telling it the same again. The n-th draw of chance is made at an address of its own,
 * not from a generator that is kept.
 */
public interface SearchStrategy {

  /** The next network to evaluate; empty once the strategy is at its end. */
  Optional<Proposal> ask();

  /** What the last proposal came to. */
  void tell(Evaluation evaluation);

  /** Why it is at its end; asked only after {@link #ask} was empty. */
  default StopReason stopReason() {
    return StopReason.EXHAUSTED;
  }

  /**
   * The network that the strategy itself would recommend, if that need not be the best it saw: such
   * as the most probable one of a distribution it learns.
   */
  default Optional<Encoding> recommended() {
    return Optional.empty();
  }
}
