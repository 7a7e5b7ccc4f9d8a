package dsa.search;

/**
 * How much a search may spend.
 *
 * @param unit what is counted
 * @param limit above 0
 * @param freeRepeats whether asking again about a network costs nothing; else it costs as much as
 *     the first time, though the answer is the one that is known
 * @param mostRepeats how many repeats may follow each other before the search is ended, at least 1
 */
public record Budget(BudgetUnit unit, double limit, boolean freeRepeats, int mostRepeats) {

  /** Repeats in a row that end a search unless it is said otherwise. */
  public static final int MOST_REPEATS = 10_000;

  /** Rejects a limit that is not above 0. */
  public Budget {
    if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a budget of " + limit + " is not above 0");
    }
    if (mostRepeats < 1) {
      throw new IllegalArgumentException("mostRepeats=" + mostRepeats + " < 1");
    }
  }

  /** So many evaluations; a repeat is one. */
  public static Budget evaluations(int count) {
    return of(BudgetUnit.EVALUATIONS, count);
  }

  /** A budget in which repeats cost what they cost the first time. */
  public static Budget of(BudgetUnit unit, double limit) {
    return new Budget(unit, limit, false, MOST_REPEATS);
  }
}
