package dsa.core.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of cells, stacked as DARTS does: two cells, at a third and at two thirds of the depth
 * (rounded down), are reduction cells, which halve the image and double the channels; all others
 * are normal cells. Each cell reads the outputs of the two before it, both brought to its channels
 * by a 1x1 convolution.
 *
 * @param stacking what stands before the first cell
 * @param width channels of the first cell's operations
 * @param depth cells
 * @param auxiliary whether a second classifier hangs at two thirds of the depth, as in long
 *     trainings; its cost counts, its output does not reach the logits
 * @param normal the normal cell
 * @param reduction the reduction cell
 */
public record CellSpec(
    Stacking stacking, int width, int depth, boolean auxiliary, Cell normal, Cell reduction)
    implements ArchitectureSpec {

  /** The word that a text begins with. */
  static final String WORD = "cells";

  private static final int MOST = 10_000;
  private static final Pattern HEAD =
      Pattern.compile(WORD + " ([a-z]+):(\\d{1,6}) d(\\d{1,6})( aux)?");

  /** What stands before the first cell. */
  public enum Stacking {
    /** One 3x3 convolution to three times the width: for 32 x 32 images. */
    CIFAR,
    /** Three 3x3 convolutions of stride 2: for 224 x 224 images. */
    IMAGENET;

    /** The lower-case name used in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #label()} in any case.
     *
     * @throws IllegalArgumentException if the text names no stacking
     */
    public static Stacking parse(String text) {
      for (Stacking stacking : values()) {
        if (stacking.label().equals(text.toLowerCase(Locale.ROOT))) {
          return stacking;
        }
      }
      throw new IllegalArgumentException("stacking '" + text + "' is neither cifar nor imagenet");
    }
  }

  /** Rejects widths outside 2 to 10,000 and depths outside 1 to 10,000. */
  public CellSpec {
    if (width < 2 || width > MOST || depth < 1 || depth > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cells width=%d depth=%d: width is 2 to %d, depth 1 to %d",
              width,
              depth,
              MOST,
              MOST));
    }
  }

  /** Whether cell {@code index}, counted from 0, of {@code depth} is a reduction cell. */
  public static boolean reduces(int index, int depth) {
    return index == depth / 3 || index == 2 * depth / 3;
  }

  @Override
  public NetworkPlan plan(Task task) {
    return new Writer(task).write();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here each cell in its {@link Cell#canonical} form; where the depth is too small for a normal
   * cell, that is the reduction cell too.
   */
  @Override
  public CellSpec canonical() {
    Cell small = reduction.canonical();
    return new CellSpec(
        stacking, width, depth, auxiliary, reduces(0, depth) ? small : normal.canonical(), small);
  }

  @Override
  public String text() {
    return WORD
        + " "
        + stacking.label()
        + ":"
        + width
        + " d"
        + depth
        + (auxiliary ? " aux" : "")
        + " | "
        + normal.text()
        + " | "
        + reduction.text();
  }

  /**
   * Reads {@code cells cifar:16 d8 | sep_conv_3x3(0)+skip_connect(1) … -> 2 3 | …}: stacking and
   * width, depth, {@code aux} if there is an auxiliary classifier; the normal cell; the reduction
   * cell. A node is two operations, each with the state it reads, between them {@code +} (add) or
   * {@code &} (concatenate); behind the arrow stand the states of the output.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says where
   */
  public static CellSpec parse(String text) {
    String[] pieces = text.split(" \\| ", -1);
    Matcher head = HEAD.matcher(pieces[0]);
    if (!head.matches() || pieces.length != 3) {
      throw new IllegalArgumentException(
          "architecture '"
              + (text.length() > 120 ? text.substring(0, 120) + "…" : text)
              + "' is not of the form 'cells cifar:16 d8 | NORMAL | REDUCTION'");
    }
    return new CellSpec(
        Stacking.parse(head.group(1)),
        Integer.parseInt(head.group(2)),
        Integer.parseInt(head.group(3)),
        head.group(4) != null,
        Cell.parse(pieces[1]),
        Cell.parse(pieces[2]));
  }

  /** Writes the plan, part by part. */
  private final class Writer {

    private final Task task;
    private final List<NetworkPlan.Part> parts = new ArrayList<>();

    Writer(Task task) {
      this.task = task;
    }

    private int add(String name, List<Integer> inputs, NetworkPlan.Join join, List<Op> ops) {
      parts.add(new NetworkPlan.Part(name, inputs, join, ops));
      return parts.size() - 1;
    }

    private int add(String name, int input, List<Op> ops) {
      return add(name, List.of(input), NetworkPlan.Join.SUM, ops);
    }

    NetworkPlan write() {
      int before = stem();
      int last = before;
      if (stacking == Stacking.IMAGENET) {
        last =
            add(
                "stem2",
                before,
                List.of(new Op.Relu(), new Op.Conv(3, width, 2, 1), new Op.BatchNorm()));
      }
      boolean reduced = stacking == Stacking.IMAGENET;
      int channels = width;
      for (int i = 0; i < depth; i++) {
        boolean reduces = reduces(i, depth);
        channels = reduces ? Math.multiplyExact(2, channels) : channels;
        int output = cell("cell" + (i + 1), before, last, channels, reduces, reduced);
        reduced = reduces;
        before = last;
        last = output;
        if (auxiliary && i == 2 * depth / 3) {
          auxiliary(last);
        }
      }
      add("head", last, StagedSpec.headOps(task));
      return new NetworkPlan(task.input(), parts);
    }

    private int stem() {
      Op norm = new Op.BatchNorm();
      return add(
          "stem",
          NetworkPlan.IMAGE,
          stacking == Stacking.CIFAR
              ? List.of(new Op.Conv(3, 3 * width, 1, 1), norm)
              : List.of(
                  new Op.Conv(3, width / 2, 2, 1),
                  norm,
                  new Op.Relu(),
                  new Op.Conv(3, width, 2, 1),
                  norm));
    }

    private int cell(
        String name, int before, int last, int channels, boolean reduces, boolean reduced) {
      List<Op> pointwise = pointwise(channels);
      List<Integer> states = new ArrayList<>();
      states.add(
          add(name + ".input0", before, reduced ? CellOp.factorizedReduce(channels) : pointwise));
      states.add(add(name + ".input1", last, pointwise));
      Cell cell = reduces ? reduction : normal;
      for (int i = 0; i < cell.nodes().size(); i++) {
        Cell.Node node = cell.nodes().get(i);
        String here = name + ".node" + (i + 2);
        List<Integer> operands =
            List.of(
                edge(here + ".first", node.first(), states, channels, reduces),
                edge(here + ".second", node.second(), states, channels, reduces));
        states.add(
            node.combine() == Cell.Combine.ADD
                ? add(here, operands, NetworkPlan.Join.SUM, List.of())
                : add(here, operands, NetworkPlan.Join.CONCAT, pointwise));
      }
      return add(
          name + ".output",
          cell.concat().stream().map(states::get).toList(),
          NetworkPlan.Join.CONCAT,
          List.of());
    }

    private int edge(
        String name, Cell.Edge edge, List<Integer> states, int channels, boolean reduces) {
      List<Op> ops = edge.op().ops(channels, reduces && edge.input() < 2 ? 2 : 1);
      int state = states.get(edge.input());
      return ops.isEmpty() ? state : add(name, state, ops);
    }

    /**
     * The second classifier of DARTS' code, which on ImageNet has no norm behind its 2x2
     * convolution ({@code AuxiliaryHeadImageNet}: omitted by mistake, and kept for the published
     * results).
     */
    private void auxiliary(int input) {
      boolean cifar = stacking == Stacking.CIFAR;
      List<Op> ops =
          new ArrayList<>(
              List.of(
                  new Op.Relu(),
                  new Op.Pool(Op.Pool.Kind.AVERAGE, 5, cifar ? 3 : 2, false),
                  new Op.Conv(1, 128, 1, 1),
                  new Op.BatchNorm(),
                  new Op.Relu(),
                  new Op.InnerConv(2, 768)));
      if (cifar) {
        ops.add(new Op.BatchNorm());
      }
      ops.add(new Op.Relu());
      ops.add(new Op.Linear(task.classes()));
      add("auxiliary", input, ops);
    }
  }

  /** ReLU, 1x1 convolution, norm. */
  private static List<Op> pointwise(int channels) {
    return List.of(new Op.Relu(), new Op.Conv(1, channels, 1, 1), new Op.BatchNorm());
  }
}
