package dsa.search;

/**
 * Why a search ended.
 *
 * @param name one word for files, such as {@code budget}
 * @param words the same as the end of a sentence that begins with "stopped because"
 */
public record StopReason(String name, String words) {

  /** The budget does not pay another evaluation. */
  public static final StopReason BUDGET = new StopReason("budget", "the budget is spent");

  /** Nothing new was proposed for too long. */
  public static final StopReason NOTHING_NEW =
      new StopReason(
          "nothing-new", "no proposal was new for as many in a row as are allowed to be repeats");

  /** Every network of the space was evaluated. */
  public static final StopReason EXHAUSTED =
      new StopReason("exhausted", "every network of the space was evaluated");
}
