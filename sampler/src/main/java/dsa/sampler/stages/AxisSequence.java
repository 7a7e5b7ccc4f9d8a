package dsa.sampler.stages;

import dsa.sampler.Dimension;
import dsa.sampler.distribution.DiscreteDistribution;
import dsa.sampler.format.SpaceFault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One hyper-parameter over all stages: free in each, one value shared by all, or never falling from
 * stage to stage. Without a distribution all sequences that the relation allows are equally likely.
 * With one a shared value is drawn once, and otherwise the values of all stages independently,
 * given that they do not fall if they may not.
 */
final class AxisSequence {

  private final Dimension values;
  private final int stages;
  private final Optional<Relation> relation;
  private final Optional<DiscreteDistribution> distribution;

  /**
   * For each stage and place, the sum over all rising sequences from that stage on, which begin at
   * that place or a later one, of the products of their values' probabilities; empty if sequences
   * may fall or there is no distribution.
   */
  private final double[][] fromHere;

  /**
   * An axis.
   *
   * @param values in rising order if the sequence may not fall
   * @param stages how many
   * @param relation of each stage to the one before; absent if there is none
   * @param distribution of the values, in their order; absent if they are equally likely
   */
  AxisSequence(
      Dimension values,
      int stages,
      Optional<Relation> relation,
      Optional<DiscreteDistribution> distribution) {
    this.values = values;
    this.stages = stages;
    this.relation = relation;
    this.distribution = distribution;
    boolean rising = relation.equals(Optional.of(Relation.NON_DECREASING));
    for (int i = 1; i < values.size(); i++) {
      if (rising && values.values().get(i) <= values.values().get(i - 1)) {
        throw new SpaceFault(
            values.name(),
            values.name()
                + " is non-decreasing from stage to stage and must be listed in rising order");
      }
    }
    if (distribution.isPresent() && !values.values().equals(numbers(distribution.get()))) {
      throw new IllegalArgumentException(
          values.name()
              + " has the values "
              + values.text()
              + ", unlike "
              + distribution.get().text());
    }
    fromHere =
        distribution.isPresent() && rising ? rising(distribution.get(), stages) : new double[0][];
  }

  private static List<Double> numbers(DiscreteDistribution distribution) {
    return distribution.values().stream().map(BigDecimal::doubleValue).toList();
  }

  private static double[][] rising(DiscreteDistribution distribution, int stages) {
    int n = distribution.values().size();
    double[][] sums = new double[stages][n + 1];
    for (int s = stages - 1; s >= 0; s--) {
      for (int place = n - 1; place >= 0; place--) {
        double on = s == stages - 1 ? 1 : sums[s + 1][place];
        sums[s][place] = sums[s][place + 1] + distribution.probability(place) * on;
      }
    }
    return sums;
  }

  Dimension values() {
    return values;
  }

  int stages() {
    return stages;
  }

  Optional<Relation> relation() {
    return relation;
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

  /** Fills {@code choice} with places, one a stage, from {@code offset} on, by the distribution. */
  void draw(RandomGenerator random, int[] choice, int offset) {
    if (distribution.isEmpty()) {
      drawUniformly(random, choice, offset);
    } else if (relation.isEmpty()) {
      for (int s = 0; s < stages; s++) {
        choice[offset + s] = distribution.get().draw(random);
      }
    } else if (relation.get() == Relation.SHARED) {
      Arrays.fill(choice, offset, offset + stages, distribution.get().draw(random));
    } else {
      int place = 0;
      for (int s = 0; s < stages; s++) {
        place = drawFrom(place, fromHere[s], random);
        choice[offset + s] = place;
      }
    }
  }

  /** A place from {@code least} on, in proportion to what its entry has over the next one. */
  private static int drawFrom(int least, double[] sums, RandomGenerator random) {
    double mark = random.nextDouble() * sums[least];
    int place = least;
    int beyond = sums.length - 1;
    while (beyond - place > 1) {
      int middle = (place + beyond) >>> 1;
      if (sums[middle] > mark) {
        place = middle;
      } else {
        beyond = middle;
      }
    }
    return place;
  }

  /** The same, but all sequences that the relation allows are equally likely. */
  void drawUniformly(RandomGenerator random, int[] choice, int offset) {
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
