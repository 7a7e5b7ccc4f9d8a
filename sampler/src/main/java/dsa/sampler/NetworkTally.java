package dsa.sampler;

import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts networks by their encodings: where all encodings of a network are added, or none, each of
 * m counts as 1 / m of it.
 */
public final class NetworkTally {

  /** Spaces of more encodings are not gone through, for that would take more than seconds. */
  public static final BigInteger MOST_ENCODINGS = BigInteger.ONE.shiftLeft(18);

  private final SortedMap<Long, Long> added = new TreeMap<>(); // by the number of equals

  /** Adds an encoding of a network that has {@code equals} of them, at least 1. */
  public void add(long equals) {
    added.merge(equals, 1L, Long::sum);
  }

  /** The number of networks. */
  public long networks() {
    long networks = 0;
    for (Map.Entry<Long, Long> each : added.entrySet()) {
      if (each.getValue() % each.getKey() != 0) {
        throw new AssertionError(each.getValue() + " encodings of " + each.getKey() + " equals");
      }
      networks += each.getValue() / each.getKey();
    }
    return networks;
  }
}
