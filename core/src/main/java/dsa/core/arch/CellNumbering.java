package dsa.core.arch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The ways to number the nodes of one cell. A numbering keeps every node behind those it reads; the
 * operands of a node have no order. The smallest numbering is found node by node: the next node is
 * one whose description, written in the numbers given so far, is least. Where several are equally
 * small, all are tried, save that of nodes which can be exchanged without a change to the cell one
 * stands for all.
 */
final class CellNumbering {

  private static final int OP_BITS = 9;
  private static final int EDGE_BITS = 5 + OP_BITS;
  private static final int NOT_YET = -1;

  private final Cell cell;
  private final int nodes;
  private final int[] first; // the state that a node's first operand reads
  private final int[] second;
  private final int[] firstOp;
  private final int[] secondOp;
  private final int[] kind; // what else tells nodes apart: combine, output
  private final int[] needs; // the nodes a node reads, as bits

  private final int[] numberOf; // of states
  private final int[] keys;
  private final int[] order;
  private int[] bestKeys;
  private int[] bestOrder;
  private long symmetries;

  CellNumbering(Cell cell) {
    this.cell = cell;
    nodes = cell.nodes().size();
    first = new int[nodes];
    second = new int[nodes];
    firstOp = new int[nodes];
    secondOp = new int[nodes];
    kind = new int[nodes];
    needs = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      Cell.Node node = cell.nodes().get(i);
      first[i] = node.first().input();
      second[i] = node.second().input();
      firstOp[i] = node.first().op().rank();
      secondOp[i] = node.second().op().rank();
      kind[i] = node.combine() == Cell.Combine.CONCAT ? 2 : 0;
      needs[i] = (1 << first[i] | 1 << second[i]) >>> 2;
    }
    for (int state : cell.concat()) {
      kind[state - 2] |= 1;
    }
    numberOf = new int[nodes + 2];
    Arrays.fill(numberOf, NOT_YET);
    numberOf[0] = 0;
    numberOf[1] = 1;
    keys = new int[nodes];
    order = new int[nodes];
    place(0, 0, 1);
  }

  /** Fills position {@code at}; {@code weight} is how many numberings this one stands for. */
  private void place(int at, int placed, long weight) {
    if (at == nodes) {
      int compared = bestKeys == null ? -1 : Arrays.compare(keys, bestKeys);
      if (compared < 0) {
        bestKeys = keys.clone();
        bestOrder = order.clone();
        symmetries = weight;
      } else if (compared == 0) {
        symmetries += weight;
      }
      return;
    }
    int least = Integer.MAX_VALUE;
    int ties = 0;
    for (int i = 0; i < nodes; i++) {
      if ((placed >>> i & 1) == 0 && (needs[i] & ~placed) == 0) {
        int key = key(i);
        if (key < least) {
          least = key;
          ties = 0;
        }
        ties |= key == least ? 1 << i : 0;
      }
    }
    keys[at] = least;
    if (bestKeys != null && Arrays.compare(keys, 0, at + 1, bestKeys, 0, at + 1) > 0) {
      return;
    }
    while (ties != 0) {
      int i = Integer.numberOfTrailingZeros(ties);
      int twins = 0;
      for (int j = i; j < nodes; j++) {
        if ((ties >>> j & 1) == 1 && exchangeable(i, j)) {
          ties &= ~(1 << j);
          twins++;
        }
      }
      order[at] = i;
      keys[at] = least;
      numberOf[i + 2] = at + 2;
      place(at + 1, placed | 1 << i, weight * twins);
      numberOf[i + 2] = NOT_YET;
    }
  }

  private int key(int node) {
    int a = numberOf[first[node]] << OP_BITS | firstOp[node];
    int b = numberOf[second[node]] << OP_BITS | secondOp[node];
    return (Math.min(a, b) << EDGE_BITS | Math.max(a, b)) << 2 | kind[node];
  }

  /** Whether nodes i and j, which read the same, are also read alike. */
  private boolean exchangeable(int i, int j) {
    if (i == j) {
      return true;
    }
    for (int reader = 0; reader < nodes; reader++) {
      boolean readsFirst = first[reader] == i + 2 || first[reader] == j + 2;
      boolean readsSecond = second[reader] == i + 2 || second[reader] == j + 2;
      if ((readsFirst || readsSecond)
          && !(readsFirst
              && readsSecond
              && first[reader] != second[reader]
              && firstOp[reader] == secondOp[reader])) {
        return false;
      }
    }
    return true;
  }

  /** The cell in its smallest numbering, the smaller operand of each node first. */
  Cell smallest() {
    int[] number = new int[nodes + 2];
    number[1] = 1;
    for (int at = 0; at < nodes; at++) {
      number[bestOrder[at] + 2] = at + 2;
    }
    List<Cell.Node> list = new ArrayList<>(nodes);
    for (int old : bestOrder) {
      Cell.Node node = cell.nodes().get(old);
      Cell.Edge a = new Cell.Edge(node.first().op(), number[node.first().input()]);
      Cell.Edge b = new Cell.Edge(node.second().op(), number[node.second().input()]);
      boolean swap = rank(a) > rank(b);
      list.add(new Cell.Node(swap ? b : a, swap ? a : b, node.combine()));
    }
    return new Cell(
        list,
        cell.concat().stream()
            .map(state -> number[state])
            .sorted(Comparator.naturalOrder())
            .toList());
  }

  private static int rank(Cell.Edge edge) {
    return edge.input() << OP_BITS | edge.op().rank();
  }

  /**
   * How many encodings come to the cell: numberings over symmetries, times two for every node whose
   * operands differ.
   */
  long encodings() {
    long[] ways = new long[1 << nodes];
    ways[0] = 1;
    for (int placed = 0; placed < ways.length; placed++) {
      for (int i = 0; ways[placed] > 0 && i < nodes; i++) {
        if ((placed >>> i & 1) == 0 && (needs[i] & ~placed) == 0) {
          ways[placed | 1 << i] += ways[placed];
        }
      }
    }
    long count = ways[ways.length - 1] / symmetries;
    for (int i = 0; i < nodes; i++) {
      count <<= first[i] == second[i] && firstOp[i] == secondOp[i] ? 0 : 1;
    }
    return count;
  }
}
