package dsa.search;

import dsa.core.arch.ArchitectureSpec;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A design space as strategies see it: the integers of its choices that take several values. */
public final class ChoiceSpace implements SearchSpace {

  private final DesignSpace space;
  private final int[] at; // where each position stands in a choice
  private final int[] options;
  private final boolean[] ordered;

  private ChoiceSpace(DesignSpace space, int[] at, int[] options, boolean[] ordered) {
    this.space = space;
    this.at = at;
    this.options = options;
    this.ordered = ordered;
  }

  /**
   * A space as strategies see it.
   *
   * @throws IllegalArgumentException if the integers of its choices constrain each other: one
   *     cannot then be changed alone, as strategies do
   */
  public static ChoiceSpace of(DesignSpace space) {
    int length = space.choiceLength();
    for (int i = 0; i < length; i++) {
      if (space.options(i).isEmpty()) {
        throw new IllegalArgumentException(
            space.head().name()
                + " constrains its dimensions together, so that strategies, which change one at a"
                + " time, would leave it; take a space whose dimensions are free");
      }
    }
    int[] at = IntStream.range(0, length).filter(i -> options(space, i) > 1).toArray();
    int[] options = IntStream.of(at).map(i -> options(space, i)).toArray();
    List<Dimension> dimensions = space.dimensions();
    boolean[] ordered = new boolean[at.length];
    for (int i = 0; i < at.length; i++) {
      ordered[i] =
          dimensions.size() == at.length
              && dimensions.get(i).size() == options[i]
              && dimensions.get(i).numeric();
    }
    return new ChoiceSpace(space, at, options, ordered);
  }

  private static int options(DesignSpace space, int i) {
    return space.options(i).orElseThrow();
  }

  /** The choice that the design space understands. */
  public int[] choice(Encoding encoding) {
    int[] choice = new int[space.choiceLength()];
    for (int i = 0; i < at.length; i++) {
      choice[at[i]] = encoding.at(i);
    }
    return choice;
  }

  /** The design space. */
  public DesignSpace space() {
    return space;
  }

  /** How many encodings there are. */
  public BigInteger size() {
    return IntStream.of(options)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  @Override
  public String name() {
    return space.head().name();
  }

  @Override
  public int positions() {
    return at.length;
  }

  @Override
  public int options(int position) {
    return options[position];
  }

  @Override
  public boolean ordered(int position) {
    return ordered[position];
  }

  @Override
  public boolean hasNeighbours() {
    return true;
  }

  /** The network itself, in canonical form. */
  @Override
  public ArchitectureSpec network(Encoding encoding) {
    return space.decode(choice(encoding)).canonical();
  }

  @Override
  public double cost(Encoding encoding) {
    return space.complexity(choice(encoding)).macs();
  }

  /** The options' labels where each is one character, else their numbers, by commas. */
  @Override
  public String text(Encoding encoding) {
    List<Dimension> dimensions = space.dimensions();
    if (dimensions.size() == at.length
        && dimensions.stream().allMatch(d -> d.labels().stream().allMatch(l -> l.length() == 1))) {
      return IntStream.range(0, at.length)
          .mapToObj(i -> dimensions.get(i).labels().get(encoding.at(i)))
          .collect(Collectors.joining());
    }
    return IntStream.range(0, at.length)
        .mapToObj(i -> Integer.toString(encoding.at(i)))
        .collect(Collectors.joining(","));
  }
}
