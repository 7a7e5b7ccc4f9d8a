package dsa.search;

import java.util.List;
import java.util.Optional;

/**
 * One search, from its first evaluation to its end.
 *
 * @param evaluations in order
 * @param uniqueNetworks how many different networks are among them
 * @param stop why it ended
 * @param recommended what the strategy itself recommends, if it does
 */
public record SearchTrace(
    List<Evaluation> evaluations,
    int uniqueNetworks,
    StopReason stop,
    Optional<Encoding> recommended) {

  /** Copies the evaluations. */
  public SearchTrace {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * Whether an evaluation takes the place of the best so far: it was trained for longer, or for as
   * long with a smaller error. Of equals the first stays.
   */
  public static boolean replaces(Evaluation next, Evaluation best) {
    int longer = Integer.compare(next.proposal().epochs(), best.proposal().epochs());
    return longer > 0 || (longer == 0 && next.errorPct() < best.errorPct());
  }
}
