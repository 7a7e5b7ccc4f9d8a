package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An architecture written out as operations for one input size: the single description that
 * counters, engines and printers walk. Its parts are the nodes of an acyclic graph; in most
 * networks each reads the one before.
 *
 * @param input the shape of one image
 * @param parts the network's parts, each behind those that it reads; the last gives the logits
 */
public record NetworkPlan(Shape input, List<Part> parts) {

  /** What {@link Part#inputs} calls the image. */
  public static final int IMAGE = -1;

  /** Copies the parts; rejects ones that read what is not there yet. */
  public NetworkPlan {
    parts = List.copyOf(parts);
    for (int i = 0; i < parts.size(); i++) {
      for (int read : parts.get(i).inputs()) {
        if (read < IMAGE || read >= i) {
          throw new IllegalArgumentException(
              "part " + i + " (" + parts.get(i).name() + ") reads part " + read);
        }
      }
    }
  }

  /** How a part makes one image of several. */
  public enum Join {
    /** Their sum; they have one shape. */
    SUM,
    /** One behind the other along the channels; they have one size. */
    CONCAT
  }

  /**
   * A named run of operations.
   *
   * @param name such as {@code stem}, {@code stage2.block1}, {@code head}
   * @param inputs places of the parts it reads, or {@link #IMAGE}; at least one
   * @param join what becomes of several inputs; without meaning for one
   * @param ops the operations in order, on what was joined
   */
  public record Part(String name, List<Integer> inputs, Join join, List<Op> ops) {

    /** Copies the lists; rejects a part that reads nothing. */
    public Part {
      inputs = List.copyOf(inputs);
      ops = List.copyOf(ops);
      if (inputs.isEmpty()) {
        throw new IllegalArgumentException("part " + name + " reads nothing");
      }
    }

    /** A part that reads one other. */
    public Part(String name, int input, List<Op> ops) {
      this(name, List.of(input), Join.SUM, ops);
    }
  }

  /** A network in which each part reads the one before. */
  public static NetworkPlan chain(Shape input, List<String> names, List<List<Op>> ops) {
    return new NetworkPlan(
        input,
        IntStream.range(0, names.size())
            .mapToObj(i -> new Part(names.get(i), i - 1, ops.get(i)))
            .toList());
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

  /**
   * The shape each part hands on, in order.
   *
   * @throws IllegalArgumentException if an operation does not fit its input; the message says where
   */
  public List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Part part : parts) {
      try {
        shapes.add(Op.outputOf(part.ops(), joined(part, shapes)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(part.name() + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(shapes);
  }

  /**
   * The shape that the operations of a part begin with.
   *
   * @param shapes what the parts before hand on
   */
  public Shape joined(Part part, List<Shape> shapes) {
    List<Shape> inputs =
        part.inputs().stream().map(i -> i == IMAGE ? input : shapes.get(i)).toList();
    if (part.join() == Join.CONCAT) {
      return Op.concatenated(inputs);
    }
    for (Shape other : inputs) {
      if (!other.equals(inputs.get(0))) {
        throw new IllegalArgumentException(
            "images of different shapes are added, " + inputs.get(0) + " and " + other);
      }
    }
    return inputs.get(0);
  }

  /** The exact cost of the whole network for one image. */
  public Complexity complexity() {
    Complexity total = Complexity.ZERO;
    List<Shape> shapes = shapes();
    for (Part part : parts) {
      total = total.plus(Op.costOf(part.ops(), joined(part, shapes)));
    }
    return total;
  }

  /** Every operation in the order it runs; a residual lists its body, then its shortcut. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    List<Shape> shapes = shapes();
    for (Part part : parts) {
      layers.addAll(layersOf(part, joined(part, shapes)));
    }
    return List.copyOf(layers);
  }

  /**
   * The operations of one part.
   *
   * @param input the shape they begin with
   */
  public static List<Layer> layersOf(Part part, Shape input) {
    List<Layer> layers = new ArrayList<>();
    unroll(part.name(), part.ops(), input, layers);
    return List.copyOf(layers);
  }

  private static Shape unroll(String name, List<Op> ops, Shape input, List<Layer> layers) {
    Shape shape = input;
    for (Op op : ops) {
      if (op instanceof Op.Branching branching) {
        for (Op.Branch branch : branching.branchesOn(shape)) {
          unroll(name + branch.name(), branch.ops(), branch.input(), layers);
        }
      } else {
        layers.add(new Layer(name, op, shape, op.output(shape), op.cost(shape)));
      }
      shape = op.output(shape);
    }
    return shape;
  }
}
