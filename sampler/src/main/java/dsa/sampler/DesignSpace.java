package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * A set of networks, described by the values each hyper-parameter may take. A network of the space
 * is held as a <em>choice</em>, a few integers that only the space understands, and becomes an
 * {@link ArchitectureSpec} when it is kept: choices are drawn and priced by the million.
 *
 * <p>A choice is an <em>encoding</em>. In some spaces different encodings are different networks;
 * in others, such as those of cells, several encodings may come to one network, equal in {@link
 * ArchitectureSpec#canonical}. Uniform over encodings and uniform over networks are then two
 * distributions.
 *
 * <p>Of a space of one's own only the name, the dimensions and {@link #decode} must be written: a
 * choice then holds a place on each dimension, all choices are allowed and equally likely, and
 * networks are priced by building them. If they are at most 4096, they are gone through to find
 * which come to the same network; of more, that is not known. A space that overrides {@link
 * #choiceLength}, or that holds choices otherwise, overrides whatever reads them. A {@link
 * SpaceProvider} makes it known.
 */
public interface DesignSpace {

  /** The costs of no network: what {@link #greatest} says if the greatest are not known. */
  Complexity UNBOUNDED =
      new Complexity(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** What commands and files call it. */
  String name();

  /** One sentence for people. */
  default String description() {
    return "";
  }

  /** What its networks are for; complexities are counted on this task's images. */
  default Task task() {
    return Task.CIFAR10;
  }

  /** The axes, in the order of the network. */
  List<Dimension> dimensions();

  /**
   * What ties dimensions together, in words such as {@code width non-decreasing}; often nothing.
   */
  default List<String> ties() {
    return List.of();
  }

  /**
   * How many encodings the grids and the constraints allow, {@link #window} apart; each is a
   * network of its own where {@link #distinct} says the same number.
   */
  default BigInteger size() {
    return dimensions().stream()
        .map(dimension -> BigInteger.valueOf(dimension.size()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /**
   * How many different networks the encodings come to, {@link #window} apart; absent if that is not
   * known.
   */
  default Optional<BigInteger> distinct() {
    return ListedSpace.of(this).map(list -> BigInteger.valueOf(list.census().networks()));
  }

  /**
   * How many encodings come to the network of {@code choice}, itself included; at least 1.
   *
   * @throws IllegalArgumentException if that is not known
   */
  default long encodings(int[] choice) {
    return ListedSpace.of(this)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name()
                        + " is too large to be gone through and does not say how many encodings come"
                        + " to a network, so that its networks cannot be made equally likely; draw"
                        + " by its law, or override encodings"))
        .census()
        .encodings(decode(choice));
  }

  /**
   * How {@link #choose} draws, in words: {@code uniform over encodings}, or the law of each
   * dimension.
   */
  default String law() {
    return "uniform over encodings";
  }

  /** Limits on complexity that belong to the space itself; usually {@link ComplexityCap#NONE}. */
  default ComplexityCap window() {
    return ComplexityCap.NONE;
  }

  /** How many integers a choice has. */
  default int choiceLength() {
    return dimensions().size();
  }

  /**
   * Fills {@code choice} with an encoding, drawn by {@link #law}. The {@link #window} is not
   * applied; {@link PopulationSampler} does that.
   */
  default void choose(RandomGenerator random, int[] choice) {
    List<Dimension> dimensions = dimensions();
    for (int i = 0; i < choice.length; i++) {
      choice[i] = random.nextInt(dimensions.get(i).size());
    }
  }

  /** Draws choices. */
  @FunctionalInterface
  interface Chooser {
    /** Fills {@code choice} with an encoding. */
    void choose(RandomGenerator random, int[] choice);
  }

  /**
   * Draws by {@link #law} given that {@link #window} and {@code cap} admit the network, without
   * drawing any that they do not: for limits that few networks are within. Absent if the space
   * cannot; it may take seconds to make.
   *
   * @throws IllegalArgumentException if nothing is admitted, or more than can be held
   */
  default Optional<Chooser> within(ComplexityCap cap) {
    return Optional.empty();
  }

  /**
   * Fills {@code choice} with an encoding such that all networks are equally likely if {@link
   * #choose} makes all encodings so: one that is one of m is kept with probability 1 / m, else
   * another is drawn.
   */
  default void chooseNetwork(RandomGenerator random, int[] choice) {
    do {
      choose(random, choice);
    } while (random.nextDouble() * encodings(choice) >= 1);
  }

  /** Where a choice stands on each of the {@link #dimensions}: places in their lists of values. */
  default int[] places(int[] choice) {
    return choice.clone();
  }

  /** The exact cost of a choice; large spaces know it without building the network. */
  default Complexity complexity(int[] choice) {
    return decode(choice).complexity(task());
  }

  /** The network of a choice. */
  ArchitectureSpec decode(int[] choice);

  /**
   * Whether {@code spec} is a network of this space, {@link #window} included.
   *
   * @throws UnsupportedOperationException if the space cannot tell and is too large to be listed
   */
  default boolean contains(ArchitectureSpec spec) {
    return ListedSpace.of(this)
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    name() + " is too large to be listed and does not say what it contains"))
        .contains(spec);
  }

  /**
   * The smallest value of each count over the space, {@link #window} apart; zero if that is not
   * known.
   */
  default Complexity least() {
    return ListedSpace.of(this).map(ListedSpace::least).orElse(Complexity.ZERO);
  }

  /**
   * The largest value of each count over the space, {@link #window} apart; {@link #UNBOUNDED} if
   * that is not known.
   */
  default Complexity greatest() {
    return ListedSpace.of(this).map(ListedSpace::greatest).orElse(UNBOUNDED);
  }

  /**
   * How many encodings are inside {@link #window} and {@code cap}, counted one by one; absent if
   * the space is too large for that. {@link #networks} counts those of one network once.
   */
  default OptionalLong count(ComplexityCap cap) {
    if (window().limits().isEmpty() && cap.limits().isEmpty() && size().bitLength() < 64) {
      return OptionalLong.of(size().longValueExact());
    }
    return ListedSpace.of(this)
        .map(list -> OptionalLong.of(list.count(cap)))
        .orElse(OptionalLong.empty());
  }

  /**
   * How many different networks are inside {@link #window} and {@code cap}; absent if that is not
   * known.
   */
  default OptionalLong networks(ComplexityCap cap) {
    Optional<BigInteger> distinct = distinct();
    if (distinct.isPresent() && distinct.get().equals(size())) {
      return count(cap);
    }
    if (window().limits().isEmpty() && cap.limits().isEmpty()) {
      return distinct
          .filter(networks -> networks.bitLength() < 64)
          .map(networks -> OptionalLong.of(networks.longValueExact()))
          .orElse(OptionalLong.empty());
    }
    return ListedSpace.of(this)
        .map(list -> OptionalLong.of(list.census().networks(window(), cap)))
        .orElse(OptionalLong.empty());
  }
}
