package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.ArrayList;
import java.util.List;

/**
 * An architecture written out as operations for one input size: the single description that
 * counters, engines and printers walk.
 *
 * @param input the shape of one image
 * @param parts the network's parts in order: stem, stages, head
 */
public record NetworkPlan(Shape input, List<Part> parts) {

  /** Copies the parts. */
  public NetworkPlan {
    parts = List.copyOf(parts);
  }

  /**
   * A named run of operations.
   *
   * @param name such as {@code stem}, {@code stage2.block1}, {@code head}
   * @param ops the operations in order
   */
  public record Part(String name, List<Op> ops) {

    /** Copies the operations. */
    public Part {
      ops = List.copyOf(ops);
    }
  }

  /**
   * One operation at its place, branches unrolled.
   *
   * @param name the part, and the branch inside it
   * @param op the operation
   * @param input the shape it reads
   * @param output the shape it writes
   * @param cost what it costs there
   */
  public record Layer(String name, Op op, Shape input, Shape output, Complexity cost) {}

  /** The exact cost of the whole network for one image. */
  public Complexity complexity() {
    Complexity total = Complexity.ZERO;
    Shape shape = input;
    for (Part part : parts) {
      total = total.plus(Op.costOf(part.ops(), shape));
      shape = Op.outputOf(part.ops(), shape);
    }
    return total;
  }

  /** Every operation in the order it runs; a residual lists its body, then its shortcut. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (Part part : parts) {
      shape = unroll(part.name(), part.ops(), shape, layers);
    }
    return List.copyOf(layers);
  }

  private static Shape unroll(String name, List<Op> ops, Shape input, List<Layer> layers) {
    Shape shape = input;
    for (Op op : ops) {
      if (op instanceof Op.Residual residual) {
        unroll(name, residual.body(), shape, layers);
        unroll(name + ".shortcut", residual.shortcut(), shape, layers);
      } else {
        layers.add(new Layer(name, op, shape, op.output(shape), op.cost(shape)));
      }
      shape = op.output(shape);
    }
    return shape;
  }
}
