package dsa.sampler.spaces;

import dsa.sampler.Dimension;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One hyper-parameter over all stages: free in each, one value shared by all, or never falling from
 * stage to stage. All sequences that the relation allows are equally likely.
 *
 * @param values in rising order if the sequence may not fall
 * @param stages how many
 * @param relation of each stage to the one before; absent if there is none
 */
record AxisSequence(Dimension values, int stages, Optional<Relation> relation) {

  AxisSequence {
    boolean rising = relation.equals(Optional.of(Relation.NON_DECREASING));
    for (int i = 1; i < values.size(); i++) {
      if (rising && values.values().get(i) <= values.values().get(i - 1)) {
        throw new SpaceFault(
            values.name(),
            values.name()
                + " is non-decreasing from stage to stage and must be listed in rising order");
      }
    }
  }

  /** How many sequences there are of {@code n} values: n^k, n, or the multisets C(n + k − 1, k). */
  static BigInteger count(long n, int stages, Optional<Relation> relation) {
    if (relation.isEmpty()) {
      return BigInteger.valueOf(n).pow(stages);
    }
    if (relation.get() == Relation.SHARED) {
      return BigInteger.valueOf(n);
    }
    BigInteger count = BigInteger.ONE;
    for (int k = 1; k <= stages; k++) {
      count = count.multiply(BigInteger.valueOf(n + k - 1)).divide(BigInteger.valueOf(k));
    }
    return count;
  }

  BigInteger count() {
    return count(values.size(), stages, relation);
  }

  /** Whether place {@code after} may follow place {@code before}. */
  boolean holds(int before, int after) {
    return relation.isEmpty()
        || (relation.get() == Relation.SHARED ? before == after : before <= after);
  }

  /** Fills {@code choice} with places, one a stage, from {@code offset} on. */
  void draw(RandomGenerator random, int[] choice, int offset) {
    int n = values.size();
    if (relation.isEmpty()) {
      for (int s = 0; s < stages; s++) {
        choice[offset + s] = random.nextInt(n);
      }
    } else if (relation.get() == Relation.SHARED) {
      Arrays.fill(choice, offset, offset + stages, random.nextInt(n));
    } else {
      drawRising(random, choice, offset);
    }
  }

  /**
   * A multiset as a set: k of n + k − 1 numbers (drawn by Floyd's method; Bentley and Floyd, CACM
   * 30(9), 1987), the i-th smallest less i.
   */
  private void drawRising(RandomGenerator random, int[] choice, int offset) {
    int n = values.size();
    for (int s = 0; s < stages; s++) {
      int largest = n - 1 + s;
      int drawn = random.nextInt(largest + 1);
      boolean taken = false;
      for (int i = 0; i < s; i++) {
        taken |= choice[offset + i] == drawn;
      }
      choice[offset + s] = taken ? largest : drawn;
    }
    Arrays.sort(choice, offset, offset + stages);
    for (int s = 0; s < stages; s++) {
      choice[offset + s] -= s;
    }
  }
}
