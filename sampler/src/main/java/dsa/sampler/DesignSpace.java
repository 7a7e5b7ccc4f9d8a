package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * A set of networks, described by the values each hyper-parameter may take. A network of the space
 * is held as a <em>choice</em>, a few integers that only the space understands, and becomes an
 * {@link ArchitectureSpec} when it is kept: choices are drawn and their costs counted by the
 * million.
 *
 * <p>A choice is an <em>encoding</em>. In some spaces different encodings are different networks;
 * in others, such as those of cells, several encodings may come to one network, equal in {@link
 * ArchitectureSpec#canonical}. Uniform over encodings and uniform over networks are then two
 * distributions.
 *
 * <p>Of a space of one's own only the head, the dimensions and {@link #decode} must be written: a
 * choice then holds a place on each dimension, all choices are allowed and equally likely, costs
 * are counted by building the networks, and up to 4096 of them are gone through for a {@link
 * #census}. A space that overrides {@link #choiceLength}, or that holds choices otherwise,
 * overrides whatever reads them. A {@link SpaceProvider} makes it known.
 */
public interface DesignSpace {

  /** Name, description, task and window. */
  SpaceHead head();

  /** The axes, in the order of the network. */
  List<Dimension> dimensions();

  /**
   * What constrains dimensions together, in words such as {@code width non-decreasing}; often
   * nothing.
   */
  default List<String> constraints() {
    return List.of();
  }

  /**
   * How {@link #choose} draws, in words: {@code uniform over encodings}, or the distribution of
   * each dimension.
   */
  default String distribution() {
    return "uniform over encodings";
  }

  /** How many encodings the grids and the constraints allow, the window apart. */
  default BigInteger size() {
    return dimensions().stream()
        .map(dimension -> BigInteger.valueOf(dimension.size()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** How many integers a choice has. */
  default int choiceLength() {
    return dimensions().size();
  }

  /**
   * How many values, from 0 on, the integer {@code at} of a choice may take, where each may take
   * all of its own whatever the others are; absent where integers constrain each other. What a
   * search changes one at a time.
   */
  default OptionalInt options(int at) {
    return choiceLength() == dimensions().size() && constraints().isEmpty()
        ? OptionalInt.of(dimensions().get(at).size())
        : OptionalInt.empty();
  }

  /**
   * Fills {@code choice} with an encoding, drawn by {@link #distribution}. The window is not
   * applied; {@link PopulationSampler} does that.
   */
  default void choose(RandomGenerator random, int[] choice) {
    List<Dimension> dimensions = dimensions();
    for (int i = 0; i < choice.length; i++) {
      choice[i] = random.nextInt(dimensions.get(i).size());
    }
  }

  /** Where a choice stands on each of the {@link #dimensions}: places in their lists of values. */
  default int[] places(int[] choice) {
    return choice.clone();
  }

  /** The exact cost of a choice; large spaces know it without building the network. */
  default Complexity complexity(int[] choice) {
    return decode(choice).complexity(head().task());
  }

  /** The network of a choice. */
  ArchitectureSpec decode(int[] choice);

  /**
   * What is known about all networks together; absent if nothing is. It may take seconds to make
   * and is not kept: whoever asks it often holds on to it.
   */
  default Optional<SpaceCensus> census() {
    return NetworkCensus.of(this);
  }

  /** Draws choices; safe for many threads. */
  @FunctionalInterface
  interface Chooser {
    /** Fills {@code choice} with an encoding. */
    void choose(RandomGenerator random, int[] choice);
  }

  /**
   * Draws such that all networks are equally likely if {@link #choose} makes all encodings so: an
   * encoding that is one of m is kept with probability 1 / m, else another is drawn.
   *
   * @throws IllegalArgumentException if the space cannot; the message says why
   */
  default Chooser overNetworks() {
    SpaceCensus census =
        census()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        head().name()
                            + " is too large to be gone through and does not say how many"
                            + " encodings come to a network, so that its networks cannot be made"
                            + " equally likely; draw by its distribution, or give it a census"));
    return (random, choice) -> {
      do {
        choose(random, choice);
      } while (random.nextDouble() * known(census.encodings(choice)) >= 1);
    };
  }

  private long known(OptionalLong encodings) {
    return encodings.orElseThrow(
        () ->
            new IllegalArgumentException(
                head().name()
                    + " does not know how many encodings come to a network, so that its networks"
                    + " cannot be made equally likely; draw by its distribution"));
  }

  /**
   * Draws by {@link #distribution} given that the window and {@code cap} admit the network, without
   * drawing any that they do not: for limits that few networks are within. It may take seconds to
   * make.
   *
   * @throws IllegalArgumentException if the space cannot, or nothing is admitted, or more than can
   *     be held; the message says which
   */
  default Chooser within(ComplexityCap cap) {
    throw new IllegalArgumentException(
        head().name()
            + " cannot be drawn from directly; without that, networks outside the limits are"
            + " dropped");
  }
}
