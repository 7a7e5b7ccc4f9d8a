package dsa.trainer.sweep;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that are still to be trained, by their places, and how often each has failed. One
 * that failed is next again, until it has failed too often.
 */
final class NetworkQueue {

  private final Deque<Integer> pending;
  private final Map<Integer, Integer> failures = new HashMap<>();
  private final int retries;

  /**
   * Networks in the order in which they are to be trained.
   *
   * @param places of the networks
   * @param retries how often one that failed is tried again, 0 or more
   */
  NetworkQueue(Collection<Integer> places, int retries) {
    this.pending = new ArrayDeque<>(places);
    this.retries = retries;
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Those that are to be trained, the next one first. */
  List<Integer> places() {
    return List.copyOf(pending);
  }

  /** Takes the next one; empty if there is none. */
  Optional<Integer> next() {
    return Optional.ofNullable(pending.poll());
  }

  /** Puts one back whose training ended for no fault of its own. */
  void putBack(int place) {
    pending.addFirst(place);
  }

  /**
   * Puts one back that failed, unless it has failed too often.
   *
   * @return why it is given up, or empty if it is tried again
   */
  Optional<String> failed(int place, String reason) {
    int attempts = failures.merge(place, 1, Integer::sum);
    if (attempts > retries) {
      return Optional.of(reason + (attempts > 1 ? " (" + attempts + " attempts)" : ""));
    }
    pending.addFirst(place);
    return Optional.empty();
  }
}
