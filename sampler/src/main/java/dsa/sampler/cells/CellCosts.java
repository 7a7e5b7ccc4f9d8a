package dsa.sampler.cells;

import dsa.core.arch.Cell;
import dsa.core.arch.Cell.Combine;
import dsa.core.arch.Cell.Edge;
import dsa.core.arch.Cell.Node;
import dsa.core.arch.CellOp;
import dsa.core.arch.CellSpec;
import dsa.core.arch.CellSpec.Stacking;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import java.util.List;

/**
 * What the pieces of a cell network cost at one width and depth, added up over all cells of a kind.
 * A network costs the {@link #base} plus its operations and combinations plus, for every state
 * beyond the first that a kind of cell puts out, what the cells and the head behind pay for it: all
 * operations keep the channels, so nothing else depends on anything else.
 *
 * <p>Every piece is the difference of two networks' plans, one with and one without it, so that
 * there is no second set of rules to drift from {@link CellSpec#plan}.
 */
final class CellCosts {

  /** How many counts a cost has: params, macs, NDS flops, activations. */
  static final int COUNTS = 4;

  /** A place that an operation may have: in the normal cells, of stride 1. */
  static final int NORMAL = 0;

  /** In the reduction cells, of stride 1: behind a node. */
  static final int INNER = 1;

  /** In the reduction cells, of stride 2: behind an earlier cell. */
  static final int STRIDED = 2;

  private static final int PLACES = 3;
  private static final CellOp NONE = CellOp.parse("none");

  private final Stacking stacking;
  private final Task task;
  private final int width;
  private final int depth;
  private final long[] base;
  private final long[][] states = new long[2][];
  private final long[][] combined = new long[2][];
  private final long[] ops; // rows: place, then operation; columns: the counts
  private final int opCount;

  /**
   * Prices the pieces.
   *
   * @throws ArithmeticException if a count passes 2^63 - 1
   */
  CellCosts(Stacking stacking, Task task, int width, int depth, List<CellOp> list) {
    this.stacking = stacking;
    this.task = task;
    this.width = width;
    this.depth = depth;
    Cell plain = cell(NONE, 0, Combine.ADD, 1);
    Cell wide = cell(NONE, 0, Combine.ADD, 2);
    Cell joined = cell(NONE, 0, Combine.CONCAT, 1);
    base = price(plain, plain);
    states[0] = beyondBase(price(wide, plain));
    states[1] = beyondBase(price(plain, wide));
    combined[0] = beyondBase(price(joined, plain));
    combined[1] = beyondBase(price(plain, joined));
    opCount = list.size();
    ops = new long[PLACES * opCount * COUNTS];
    for (int op = 0; op < opCount; op++) {
      put(NORMAL, op, price(cell(list.get(op), 0, Combine.ADD, 1), plain));
      put(INNER, op, price(plain, cell(list.get(op), 2, Combine.ADD, 1)));
      put(STRIDED, op, price(plain, cell(list.get(op), 0, Combine.ADD, 1)));
    }
  }

  /** Two nodes of nothing but one operation, which reads {@code input}; the first nodes put out. */
  private static Cell cell(CellOp op, int input, Combine combine, int outputs) {
    Edge nothing = new Edge(NONE, 0);
    Node first = new Node(nothing, nothing, Combine.ADD);
    Node second = new Node(new Edge(op, input), nothing, combine);
    return new Cell(List.of(first, second), outputs == 1 ? List.of(2) : List.of(2, 3));
  }

  private long[] price(Cell normal, Cell reduction) {
    Complexity cost =
        new CellSpec(stacking, width, depth, false, normal, reduction).complexity(task);
    return new long[] {cost.params(), cost.macs(), cost.ndsFlops(), cost.activations()};
  }

  private long[] beyondBase(long[] cost) {
    for (int k = 0; k < COUNTS; k++) {
      cost[k] -= base[k];
    }
    return cost;
  }

  private void put(int place, int op, long[] cost) {
    System.arraycopy(beyondBase(cost), 0, ops, (place * opCount + op) * COUNTS, COUNTS);
  }

  /** Writes the cost of a network of cells with one output state each, without operations. */
  void begin(long[] sums) {
    System.arraycopy(base, 0, sums, 0, COUNTS);
  }

  /** Adds an operation at a place. */
  void addOp(long[] sums, int place, int op) {
    int row = (place * opCount + op) * COUNTS;
    for (int k = 0; k < COUNTS; k++) {
      sums[k] += ops[row + k];
    }
  }

  /**
   * Adds the further output states and the concatenating nodes of a cell, 0 normal, 1 reduction.
   */
  void addCell(long[] sums, int cell, int outputs, int concatenating) {
    for (int k = 0; k < COUNTS; k++) {
      sums[k] += (outputs - 1L) * states[cell][k] + (long) concatenating * combined[cell][k];
    }
  }

  /** One count of the base. */
  long base(int count) {
    return base[count];
  }

  /** One count of an operation at a place. */
  long op(int place, int op, int count) {
    return ops[(place * opCount + op) * COUNTS + count];
  }

  /** One count of a further output state of a cell. */
  long state(int cell, int count) {
    return states[cell][count];
  }

  /** One count of a concatenating node of a cell. */
  long combined(int cell, int count) {
    return combined[cell][count];
  }
}
