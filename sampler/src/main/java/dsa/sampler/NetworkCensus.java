package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;

/** The census of a small space, found by going through all its choices. */
public final class NetworkCensus implements SpaceCensus {

  /** Spaces of more choices are not gone through unless they ask for it. */
  private static final BigInteger MOST = BigInteger.valueOf(4096);

  /** Tells which choices there are. */
  @FunctionalInterface
  public interface Prefix {
    /** Whether {@code choice[at]} may stand behind the integers before it. */
    boolean allows(int[] choice, int at);
  }

  private record Entry(long encodings, Complexity cost) {}

  private final DesignSpace space;
  private final Map<ArchitectureSpec, Entry> entries = new HashMap<>();
  private ComplexityRange costs;

  private NetworkCensus(DesignSpace space) {
    this.space = space;
  }

  /**
   * Goes through a space.
   *
   * @param options how many values, from 0 on, an integer of a choice may take
   * @param prefix which of them do
   */
  public static NetworkCensus of(DesignSpace space, IntUnaryOperator options, Prefix prefix) {
    NetworkCensus census = new NetworkCensus(space);
    census.add(options, prefix, new int[space.choiceLength()], 0);
    return census;
  }

  /**
   * The census of a space whose choices are places on its dimensions; absent if they are not, or
   * more than 4096.
   */
  static Optional<SpaceCensus> of(DesignSpace space) {
    List<Dimension> dimensions = space.dimensions();
    return space.choiceLength() == dimensions.size() && space.size().compareTo(MOST) <= 0
        ? Optional.of(of(space, i -> dimensions.get(i).size(), (choice, at) -> true))
        : Optional.empty();
  }

  private void add(IntUnaryOperator options, Prefix prefix, int[] choice, int at) {
    if (at == choice.length) {
      int[] whole = choice.clone();
      Complexity cost = space.complexity(whole);
      costs = costs == null ? ComplexityRange.of(cost) : costs.with(cost);
      entries.merge(
          space.decode(whole).canonical(),
          new Entry(1, cost),
          (before, one) -> new Entry(before.encodings() + 1, before.cost()));
      return;
    }
    for (int option = 0; option < options.applyAsInt(at); option++) {
      choice[at] = option;
      if (prefix.allows(choice, at)) {
        add(options, prefix, choice, at + 1);
      }
    }
  }

  private boolean admits(Entry entry, ComplexityCap cap) {
    return space.head().window().admits(entry.cost()) && cap.admits(entry.cost());
  }

  @Override
  public ComplexityRange costs() {
    return costs;
  }

  @Override
  public boolean contains(ArchitectureSpec spec) {
    Entry entry = entries.get(spec.canonical());
    return entry != null && admits(entry, ComplexityCap.NONE);
  }

  @Override
  public Optional<BigInteger> networks() {
    return Optional.of(BigInteger.valueOf(entries.size()));
  }

  @Override
  public OptionalLong encodings(int[] choice) {
    return OptionalLong.of(entries.get(space.decode(choice).canonical()).encodings());
  }

  @Override
  public OptionalLong encodings(ComplexityCap cap) {
    return OptionalLong.of(
        entries.values().stream()
            .filter(entry -> admits(entry, cap))
            .mapToLong(Entry::encodings)
            .sum());
  }

  @Override
  public OptionalLong networks(ComplexityCap cap) {
    return OptionalLong.of(entries.values().stream().filter(entry -> admits(entry, cap)).count());
  }
}
