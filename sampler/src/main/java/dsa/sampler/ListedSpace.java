package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;

/**
 * A space small enough that its choices, places on its dimensions, are gone through one by one:
 * what {@link DesignSpace} answers by default.
 */
final class ListedSpace {

  private static final BigInteger MOST = BigInteger.valueOf(4096);

  /** A space has no field of its own to keep its census in, and is asked for it draw by draw. */
  private static final Map<DesignSpace, NetworkCensus> CENSUSES =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final DesignSpace space;

  private ListedSpace(DesignSpace space) {
    this.space = space;
  }

  /** The space; absent if it is too large, or if its choices are no places on its dimensions. */
  static Optional<ListedSpace> of(DesignSpace space) {
    return space.choiceLength() == space.dimensions().size() && space.size().compareTo(MOST) <= 0
        ? Optional.of(new ListedSpace(space))
        : Optional.empty();
  }

  /** Which choices come to the same network. */
  NetworkCensus census() {
    List<Dimension> dimensions = space.dimensions();
    return CENSUSES.computeIfAbsent(
        space,
        counted -> NetworkCensus.of(counted, i -> dimensions.get(i).size(), (choice, at) -> true));
  }

  private void each(Consumer<int[]> use) {
    List<Dimension> dimensions = space.dimensions();
    int[] choice = new int[dimensions.size()];
    int at = choice.length;
    do {
      use.accept(choice.clone());
      for (at = choice.length - 1; at >= 0 && ++choice[at] == dimensions.get(at).size(); at--) {
        choice[at] = 0;
      }
    } while (at >= 0);
  }

  boolean contains(ArchitectureSpec spec) {
    ArchitectureSpec wanted = spec.canonical();
    boolean[] found = {false};
    each(
        choice -> {
          found[0] |=
              space.decode(choice).canonical().equals(wanted)
                  && space.window().admits(space.complexity(choice));
        });
    return found[0];
  }

  Complexity least() {
    return extreme(DesignSpace.UNBOUNDED, Math::min);
  }

  Complexity greatest() {
    return extreme(Complexity.ZERO, Math::max);
  }

  private Complexity extreme(Complexity from, LongBinaryOperator better) {
    Complexity[] best = {from};
    each(
        choice -> {
          Complexity cost = space.complexity(choice);
          best[0] =
              new Complexity(
                  better.applyAsLong(best[0].params(), cost.params()),
                  better.applyAsLong(best[0].macs(), cost.macs()),
                  better.applyAsLong(best[0].ndsFlops(), cost.ndsFlops()),
                  better.applyAsLong(best[0].activations(), cost.activations()));
        });
    return best[0];
  }

  long count(ComplexityCap cap) {
    long[] count = {0};
    each(
        choice -> {
          Complexity cost = space.complexity(choice);
          count[0] += space.window().admits(cost) && cap.admits(cost) ? 1 : 0;
        });
    return count[0];
  }
}
