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
 * <p>A choice is an <em>encoding</em>. In the standard spaces different encodings are different
 * networks; in others, such as those of cells, several encodings may come to one network, equal in
 * {@link ArchitectureSpec#canonical}. Uniform over encodings and uniform over networks are then two
 * distributions.
 */
public interface DesignSpace {

  /** What commands and files call it. */
  String name();

  /** One sentence for people. */
  String description();

  /** What its networks are for; complexities are counted on this task's images. */
  Task task();

  /** The axes, in the order of the network. */
  List<Dimension> dimensions();

  /**
   * What ties dimensions together, in words such as {@code width non-decreasing}; often nothing.
   */
  List<String> ties();

  /**
   * How many encodings the grids and the constraints allow, {@link #window} apart; each is a
   * network of its own where {@link #distinct} says the same number.
   */
  BigInteger size();

  /**
   * How many different networks the encodings come to, {@link #window} apart; absent if that is not
   * known.
   */
  default Optional<BigInteger> distinct() {
    return Optional.of(size());
  }

  /** How many encodings come to the network of {@code choice}, itself included; at least 1. */
  default long encodings(int[] choice) {
    return 1;
  }

  /**
   * How {@link #choose} draws, in words: {@code uniform over encodings}, or the law of each
   * dimension.
   */
  default String law() {
    return "uniform over encodings";
  }

  /** Limits on complexity that belong to the space itself; usually {@link ComplexityCap#NONE}. */
  ComplexityCap window();

  /** How many integers a choice has. */
  int choiceLength();

  /**
   * Fills {@code choice} with an encoding, drawn by {@link #law}. The {@link #window} is not
   * applied; {@link PopulationSampler} does that.
   */
  void choose(RandomGenerator random, int[] choice);

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
  int[] places(int[] choice);

  /** The exact cost of a choice, without building the network. */
  Complexity complexity(int[] choice);

  /** The network of a choice. */
  ArchitectureSpec decode(int[] choice);

  /** Whether {@code spec} is a network of this space, {@link #window} included. */
  boolean contains(ArchitectureSpec spec);

  /** The smallest value of each count over the space, {@link #window} apart. */
  Complexity least();

  /** The largest value of each count over the space, {@link #window} apart. */
  Complexity greatest();

  /**
   * How many networks are inside {@link #window} and {@code cap}, counted one by one; absent if the
   * space is too large for that.
   */
  OptionalLong count(ComplexityCap cap);
}
