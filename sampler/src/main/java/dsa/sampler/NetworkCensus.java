package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * How many choices of a small space come to each network, equal in {@link
 * ArchitectureSpec#canonical}, found by going through them all.
 */
public final class NetworkCensus {

  /** Tells which choices there are. */
  @FunctionalInterface
  public interface Prefix {
    /** Whether {@code choice[at]} may stand behind the integers before it. */
    boolean allows(int[] choice, int at);
  }

  private record Entry(long encodings, Complexity cost) {}

  private final Map<ArchitectureSpec, Entry> networks = new HashMap<>();

  private NetworkCensus() {}

  /**
   * Goes through a space.
   *
   * @param options how many values, from 0 on, an integer of a choice may take
   * @param prefix which of them do
   */
  public static NetworkCensus of(DesignSpace space, IntUnaryOperator options, Prefix prefix) {
    NetworkCensus census = new NetworkCensus();
    census.add(space, options, prefix, new int[space.choiceLength()], 0);
    return census;
  }

  private void add(
      DesignSpace space, IntUnaryOperator options, Prefix prefix, int[] choice, int at) {
    if (at == choice.length) {
      int[] whole = choice.clone();
      networks.merge(
          space.decode(whole).canonical(),
          new Entry(1, space.complexity(whole)),
          (before, one) -> new Entry(before.encodings() + 1, before.cost()));
      return;
    }
    for (int option = 0; option < options.applyAsInt(at); option++) {
      choice[at] = option;
      if (prefix.allows(choice, at)) {
        add(space, options, prefix, choice, at + 1);
      }
    }
  }

  /** How many different networks there are. */
  public int networks() {
    return networks.size();
  }

  /** How many choices come to the network of {@code spec}. */
  public long encodings(ArchitectureSpec spec) {
    Entry entry = networks.get(spec.canonical());
    return entry == null ? 0 : entry.encodings();
  }

  /** How many different networks two caps admit. */
  public long networks(ComplexityCap window, ComplexityCap cap) {
    return networks.values().stream()
        .filter(entry -> window.admits(entry.cost()) && cap.admits(entry.cost()))
        .count();
  }
}
