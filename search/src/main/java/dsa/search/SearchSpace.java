package dsa.search;

import dsa.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a strategy sees of a design space: positions with options, which of them come to the same
 * network, and what a network costs. Every combination of options is a network of the space.
 */
public interface SearchSpace {

  /** What messages and reports call it. */
  String name();

  /** How many positions an encoding has, at least 1. */
  int positions();

  /** How many options a position has, at least 1. */
  int options(int position);

  /**
   * Whether the options of a position are steps of one quantity, so that growth goes to the next
   * and no further.
   */
  boolean ordered(int position);

  /**
   * Whether changing one position gives a network that is related to the one before. A sample of
   * networks of a larger space is a space without neighbours: it is drawn from and no more.
   */
  boolean hasNeighbours();

  /** The network of an encoding: equal for encodings that come to the same network. */
  Object network(Encoding encoding);

  /** What a network costs at each use, in multiply-adds. */
  double cost(Encoding encoding);

  /** How the encoding is written in files and reports. */
  String text(Encoding encoding);

  /** A uniformly drawn encoding. */
  default Encoding draw(RandomStream random) {
    int[] options = new int[positions()];
    for (int i = 0; i < options.length; i++) {
      options[i] = random.nextInt(options(i));
    }
    return Encoding.of(options);
  }

  /** All encodings that differ at exactly one position, by position and option. */
  default List<Encoding> neighbours(Encoding encoding) {
    List<Encoding> neighbours = new ArrayList<>();
    for (int i = 0; i < positions(); i++) {
      for (int option = 0; option < options(i); option++) {
        if (option != encoding.at(i)) {
          neighbours.add(encoding.with(i, option));
        }
      }
    }
    return neighbours;
  }

  /**
   * An encoding that differs at exactly one position, uniformly drawn among those with options:
   * first the position, then another option there.
   *
   * @throws IllegalStateException if no position has two options
   */
  default Encoding mutate(Encoding encoding, RandomStream random) {
    int free = 0;
    for (int i = 0; i < positions(); i++) {
      free += options(i) > 1 ? 1 : 0;
    }
    if (free == 0) {
      throw new IllegalStateException(name() + " has one network, which cannot be changed");
    }
    int skipped = random.nextInt(free);
    int position = -1;
    while (skipped >= 0) {
      position++;
      skipped -= options(position) > 1 ? 1 : 0;
    }
    int option = random.nextInt(options(position) - 1);
    return encoding.with(position, option < encoding.at(position) ? option : option + 1);
  }

  /**
   * All one-step enlargements: one position changed such that the network costs strictly more; on
   * an ordered position to the next larger option alone.
   */
  default List<Encoding> growths(Encoding encoding) {
    double cost = cost(encoding);
    List<Encoding> growths = new ArrayList<>();
    for (int i = 0; i < positions(); i++) {
      Encoding next = null;
      for (int option = 0; option < options(i); option++) {
        Encoding grown = encoding.with(i, option);
        if (cost(grown) <= cost) {
          continue;
        }
        if (!ordered(i)) {
          growths.add(grown);
        } else if (next == null || cost(grown) < cost(next)) {
          next = grown;
        }
      }
      if (next != null) {
        growths.add(next);
      }
    }
    return growths;
  }
}
