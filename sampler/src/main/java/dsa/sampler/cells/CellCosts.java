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
  private final Complexity base;
  private final Complexity[] states = new Complexity[2];
  private final Complexity[] combined = new Complexity[2];
  private final Complexity[] ops; // by place, then operation
  private final int opCount;

  /**
   * Works out the pieces.
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
    base = cost(plain, plain);
    states[0] = cost(wide, plain).minus(base);
    states[1] = cost(plain, wide).minus(base);
    combined[0] = cost(joined, plain).minus(base);
    combined[1] = cost(plain, joined).minus(base);
    opCount = list.size();
    ops = new Complexity[PLACES * opCount];
    for (int op = 0; op < opCount; op++) {
      Cell early = cell(list.get(op), 0, Combine.ADD, 1);
      Cell late = cell(list.get(op), 2, Combine.ADD, 1);
      ops[NORMAL * opCount + op] = cost(early, plain).minus(base);
      ops[INNER * opCount + op] = cost(plain, late).minus(base);
      ops[STRIDED * opCount + op] = cost(plain, early).minus(base);
    }
  }

  /** Two nodes of nothing but one operation, which reads {@code input}; the first nodes put out. */
  private static Cell cell(CellOp op, int input, Combine combine, int outputs) {
    Edge nothing = new Edge(NONE, 0);
    Node first = new Node(nothing, nothing, Combine.ADD);
    Node second = new Node(new Edge(op, input), nothing, combine);
    return new Cell(List.of(first, second), outputs == 1 ? List.of(2) : List.of(2, 3));
  }

  private Complexity cost(Cell normal, Cell reduction) {
    return new CellSpec(stacking, width, depth, false, normal, reduction).complexity(task);
  }

  /** The cost of a network of cells with one output state each, without operations. */
  Complexity base() {
    return base;
  }

  /** What an operation at a place adds. */
  Complexity op(int place, int op) {
    return ops[place * opCount + op];
  }

  /** What a further output state of a cell adds, 0 normal, 1 reduction. */
  Complexity state(int cell) {
    return states[cell];
  }

  /** What a concatenating node of a cell adds. */
  Complexity combined(int cell) {
    return combined[cell];
  }
}
