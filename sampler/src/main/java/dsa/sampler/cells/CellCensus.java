package dsa.sampler.cells;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many different cells the encodings of a cell come to, exactly. By Burnside's lemma the cells
 * of one structure (which node reads which states) number the average, over the structure's
 * symmetries, of the labellings that a symmetry leaves alone; each structure is met once for every
 * way to number its nodes. So, with operands in no order,
 *
 * <pre>
 *   cells = sum over numbered structures S, sum over symmetries g of S,
 *           labellings(g) / (numberings(S) · 2^twice(S))
 * </pre>
 *
 * where twice(S) counts the nodes that read one state twice, whose operands may be swapped. A
 * symmetry permutes nodes in cycles. A cycle of nodes that read two states lets 2 operands be
 * labelled freely, or 1 if going round exchanges them; a cycle of length m of nodes that read one
 * state twice lets {@code 2^(m-1)} times 2 or 1, by its swaps.
 */
final class CellCensus {

  /** More nodes make too many structures to go through; six make 1.6 million. */
  static final int MOST_NODES = 6;

  private final int nodes;
  private final int[] first;
  private final int[] second;
  private final int[] image;
  private final Map<Long, Long> tally = new TreeMap<>();
  private long numberings;

  private CellCensus(int nodes) {
    this.nodes = nodes;
    first = new int[nodes];
    second = new int[nodes];
    image = new int[nodes + 2];
    image[1] = 1;
    structures(0);
  }

  /**
   * The number of different cells.
   *
   * @param nodes 1 to {@value #MOST_NODES}
   * @param ops operations to choose from for each operand
   * @param combines ways to choose from for each node
   */
  static BigInteger cells(int nodes, int ops, int combines) {
    BigInteger one = BigInteger.valueOf(ops);
    BigInteger two = one.pow(2);
    BigInteger common = BigInteger.ONE;
    Map<Long, Long> tally = new CellCensus(nodes).tally;
    for (long key : tally.keySet()) {
      BigInteger numberings = BigInteger.valueOf(key >>> 20);
      common = common.multiply(numberings).divide(common.gcd(numberings));
    }
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Long, Long> entry : tally.entrySet()) {
      long key = entry.getKey();
      int free = (int) (key & 15);
      int exchanged = (int) (key >>> 4 & 15);
      int twice = (int) (key >>> 8 & 15);
      int cycles = free + exchanged + twice;
      int halvings = (int) (key >>> 12 & 15);
      sum =
          sum.add(
              BigInteger.valueOf(entry.getValue())
                  .multiply(two.pow(free))
                  .multiply(one.pow(exchanged))
                  .multiply(two.add(one).pow(twice))
                  .multiply(BigInteger.valueOf(combines).pow(cycles))
                  .shiftLeft(nodes - halvings)
                  .multiply(common)
                  .divide(BigInteger.valueOf(key >>> 20)));
    }
    BigInteger[] result = sum.divideAndRemainder(common.shiftLeft(nodes));
    if (result[1].signum() != 0) {
      throw new AssertionError("cells of " + nodes + " nodes and " + ops + " ops do not divide");
    }
    return result[0];
  }

  /** Goes through the states that node {@code at} may read, smaller first, then on. */
  private void structures(int at) {
    if (at == nodes) {
      numberings = numberings();
      symmetries(0, 0);
      return;
    }
    for (int a = 0; a < at + 2; a++) {
      for (int b = a; b < at + 2; b++) {
        first[at] = a;
        second[at] = b;
        structures(at + 1);
      }
    }
  }

  private long numberings() {
    long[] ways = new long[1 << nodes];
    ways[0] = 1;
    for (int placed = 0; placed < ways.length; placed++) {
      for (int i = 0; ways[placed] > 0 && i < nodes; i++) {
        int needs = (1 << first[i] | 1 << second[i]) >>> 2;
        if ((placed >>> i & 1) == 0 && (needs & ~placed) == 0) {
          ways[placed | 1 << i] += ways[placed];
        }
      }
    }
    return ways[ways.length - 1];
  }

  /** Goes through the nodes that node {@code at} may be mapped to, then on. */
  private void symmetries(int at, int taken) {
    if (at == nodes) {
      count();
      return;
    }
    int a = image[first[at]];
    int b = image[second[at]];
    for (int j = 0; j < nodes; j++) {
      boolean fits = (first[j] == a && second[j] == b) || (first[j] == b && second[j] == a);
      if (fits && (taken >>> j & 1) == 0) {
        image[at + 2] = j + 2;
        symmetries(at + 1, taken | 1 << j);
      }
    }
  }

  /** Counts one symmetry of one structure under the powers that its labellings are made of. */
  private void count() {
    int free = 0;
    int exchanged = 0;
    int twice = 0;
    int halvings = 0; // one a cycle: 2^(m-1) of its swaps over the 2^m of its nodes
    int seen = 0;
    for (int i = 0; i < nodes; i++) {
      if ((seen >>> i & 1) == 1) {
        continue;
      }
      int a = first[i];
      int at = i;
      do {
        seen |= 1 << at;
        a = image[a];
        at = image[at + 2] - 2;
      } while (at != i);
      if (first[i] == second[i]) {
        twice++;
        halvings++;
      } else if (a == first[i]) {
        free++;
      } else {
        exchanged++;
      }
    }
    long key = numberings << 20 | halvings << 12 | twice << 8 | exchanged << 4 | free;
    tally.merge(key, 1L, Long::sum);
  }
}
