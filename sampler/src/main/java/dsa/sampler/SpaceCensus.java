package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.ComplexityRange;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known about all networks of a space together. What is not known is absent.
 *
 * <p>Several encodings may come to one network, equal in {@link ArchitectureSpec#canonical}. The
 * space's window is applied where a method says so.
 */
public interface SpaceCensus {

  /** The smallest and the largest value of each count over the space, the window apart. */
  ComplexityRange costs();

  /** Whether {@code spec} is a network of the space and inside its window. */
  boolean contains(ArchitectureSpec spec);

  /** How many different networks the encodings come to, the window apart. */
  Optional<BigInteger> networks();

  /** How many encodings come to the network of {@code choice}, itself included; at least 1. */
  OptionalLong encodings(int[] choice);

  /**
   * How many encodings are inside the window and {@code cap}. {@link #networks(ComplexityCap)}
   * counts those of one network once.
   */
  OptionalLong encodings(ComplexityCap cap);

  /** How many different networks are inside the window and {@code cap}. */
  OptionalLong networks(ComplexityCap cap);
}
