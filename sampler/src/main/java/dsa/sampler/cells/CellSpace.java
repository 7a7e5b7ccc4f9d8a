package dsa.sampler.cells;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Cell;
import dsa.core.arch.Cell.Combine;
import dsa.core.arch.Cell.Edge;
import dsa.core.arch.Cell.Node;
import dsa.core.arch.Cell.OutputRule;
import dsa.core.arch.CellOp;
import dsa.core.arch.CellSpec;
import dsa.core.arch.CellSpec.Stacking;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.NetworkTally;
import dsa.sampler.SpaceCensus;
import dsa.sampler.SpaceHead;
import dsa.sampler.format.SpaceFault;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Networks of two cells, a normal and a reduction cell, each of nodes that join two operations on
 * earlier states. All is drawn independently and uniformly: for each of the two operands of each
 * node an input among the states before it and an operation, with repetition; then the width and
 * the depth.
 *
 * <p>So node i, counted from 0, has {@code ((i + 2) · ops)²} encodings, a cell the product of these
 * and a network the square of that times widths times depths: Radosavovic et al., <i>On Network
 * Design Spaces for Visual Recognition</i>, ICCV 2019, table 2. {@link #distinctCells} counts cells
 * up to renumbering and swaps of operands.
 *
 * <p>The smallest and the largest costs are exact: operations, widths and depths add up without
 * touching each other, and which states are put out depends on the inputs only through how many
 * operands read nodes and how many nodes they read.
 */
public final class CellSpace implements DesignSpace {

  private static final int MOST_NODES = 8; // keeps counts of encodings below 2^63
  private static final int MOST_OPS = 64;
  private static final int LEAST_DEPTH = 3; // below, no cell is a normal cell
  private static final int DEEPEST = 200;
  private static final int WIDEST = 4096;
  private static final int MOST_PAIRS = 400; // of a width and a depth
  private static final BigInteger ENUMERABLE = BigInteger.valueOf(20_000_000);
  private static final List<String> CELLS = List.of("normal", "reduction");

  private final SpaceHead head;
  private final Stacking stacking;
  private final List<CellOp> ops;
  private final int nodes;
  private final List<Combine> combines;
  private final OutputRule output;
  private final Dimension width;
  private final Dimension depth;

  private final int perNode; // integers of a choice: two operands, and a combination to choose
  private volatile CellCosts[] costs; // rows: width; columns: depth; once they are asked for

  /**
   * A space.
   *
   * @param ops the operations, at least one, all different
   * @param nodes of each cell, 1 to 8
   * @param combines what nodes may do with their operands, one or both
   * @param output which states a cell puts out
   * @param width channels of the first cell's operations
   * @param depth cells, at least 3
   * @throws IllegalArgumentException if a part is missing or out of range
   */
  public CellSpace(
      SpaceHead head,
      Stacking stacking,
      List<CellOp> ops,
      int nodes,
      List<Combine> combines,
      OutputRule output,
      Dimension width,
      Dimension depth) {
    this.head = head;
    this.stacking = stacking;
    this.ops = List.copyOf(ops);
    this.nodes = nodes;
    this.combines = List.copyOf(combines);
    this.output = output;
    this.width = width;
    this.depth = depth;
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new SpaceFault("nodes", "cells of " + nodes + " nodes; they have 1 to " + MOST_NODES);
    }
    if (ops.isEmpty() || ops.size() > MOST_OPS || new HashSet<>(ops).size() < ops.size()) {
      throw new SpaceFault(
          "ops", ops.size() + " operations; there are 1 to " + MOST_OPS + ", all different");
    }
    if (combines.isEmpty() || new HashSet<>(combines).size() < combines.size()) {
      throw new SpaceFault("combine", "combine is not one or both of add and concat");
    }
    refuseOutside("width", width, 2, WIDEST);
    refuseOutside("depth", depth, LEAST_DEPTH, DEEPEST);
    if (width.size() * depth.size() > MOST_PAIRS) {
      throw new IllegalArgumentException(
          width.size()
              + " widths and "
              + depth.size()
              + " depths; together they may make "
              + MOST_PAIRS
              + " pairs");
    }
    perNode = combines.size() > 1 ? 3 : 2;
  }

  private static void refuseOutside(String axis, Dimension values, int low, int high) {
    for (int i = 0; i < values.size(); i++) {
      if (values.whole(i) < low || values.whole(i) > high) {
        throw new SpaceFault(
            axis + "[" + i + "]",
            axis + " " + values.whole(i) + " of a cell network; it is " + low + " to " + high);
      }
    }
  }

  @Override
  public SpaceHead head() {
    return head;
  }

  @Override
  public List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>();
    List<String> opNames = ops.stream().map(CellOp::label).toList();
    for (String cell : CELLS) {
      for (int i = 0; i < nodes; i++) {
        String node = cell + ".node" + (i + 2) + ".";
        List<String> inputs = IntStream.range(0, i + 2).mapToObj(Integer::toString).toList();
        for (int operand = 1; operand <= 2; operand++) {
          dimensions.add(Dimension.ofNames(node + "input" + operand, inputs));
          dimensions.add(Dimension.ofNames(node + "op" + operand, opNames));
        }
        if (combines.size() > 1) {
          dimensions.add(
              Dimension.ofNames(node + "combine", combines.stream().map(Combine::label).toList()));
        }
      }
    }
    dimensions.add(width);
    dimensions.add(depth);
    return List.copyOf(dimensions);
  }

  @Override
  public BigInteger size() {
    return network(cells());
  }

  /** How many encodings a cell has. */
  public BigInteger cells() {
    BigInteger cells = BigInteger.valueOf(combines.size()).pow(nodes);
    for (int i = 0; i < nodes; i++) {
      cells = cells.multiply(BigInteger.valueOf((long) (i + 2) * ops.size()).pow(2));
    }
    return cells;
  }

  /**
   * How many encodings a cell has if the operands of a node have no order: between {@link #cells}
   * and {@link #distinctCells}, and met in print.
   */
  public BigInteger cellsOfUnorderedOperands() {
    BigInteger cells = BigInteger.valueOf(combines.size()).pow(nodes);
    for (int i = 0; i < nodes; i++) {
      long edges = (long) (i + 2) * ops.size();
      cells = cells.multiply(BigInteger.valueOf(edges * (edges + 1) / 2));
    }
    return cells;
  }

  /** How many different cells there are; absent for more than six nodes. */
  public Optional<BigInteger> distinctCells() {
    return nodes > CellCensus.MOST_NODES
        ? Optional.empty()
        : Optional.of(CellCensus.cells(nodes, ops.size(), combines.size()));
  }

  private BigInteger network(BigInteger cells) {
    return cells.pow(2).multiply(BigInteger.valueOf((long) width.size() * depth.size()));
  }

  @Override
  public Optional<SpaceCensus> census() {
    return Optional.of(new Census());
  }

  private long encodings(int[] choice) {
    return cell(choice, 0).encodings() * cell(choice, 1).encodings();
  }

  /** What is known of all networks. */
  private final class Census implements SpaceCensus {

    @Override
    public ComplexityRange costs() {
      return new ComplexityRange(extreme(-1), extreme(1));
    }

    @Override
    public boolean contains(ArchitectureSpec spec) {
      return isInside(spec);
    }

    @Override
    public Optional<BigInteger> networks() {
      return distinctCells().map(CellSpace.this::network);
    }

    @Override
    public OptionalLong encodings(int[] choice) {
      return OptionalLong.of(CellSpace.this.encodings(choice));
    }

    @Override
    public OptionalLong encodings(ComplexityCap cap) {
      BigInteger size = size();
      if (isWhole(cap) && size.bitLength() < 64) {
        return OptionalLong.of(size.longValueExact());
      }
      return size.compareTo(ENUMERABLE) > 0
          ? OptionalLong.empty()
          : OptionalLong.of(admitted(cap, choice -> {}));
    }

    @Override
    public OptionalLong networks(ComplexityCap cap) {
      if (size().compareTo(NetworkTally.MOST_ENCODINGS) > 0) {
        return isWhole(cap)
            ? networks()
                .filter(all -> all.bitLength() < 64)
                .map(all -> OptionalLong.of(all.longValueExact()))
                .orElse(OptionalLong.empty())
            : OptionalLong.empty();
      }
      NetworkTally tally = new NetworkTally();
      admitted(cap, choice -> tally.add(CellSpace.this.encodings(choice)));
      return OptionalLong.of(tally.networks());
    }

    private boolean isWhole(ComplexityCap cap) {
      return head.window().limits().isEmpty() && cap.limits().isEmpty();
    }
  }

  @Override
  public int choiceLength() {
    return CELLS.size() * nodes * perNode + 2;
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    for (int i = 0; i < choice.length; i++) {
      choice[i] = random.nextInt(values(i));
    }
  }

  @Override
  public OptionalInt options(int i) {
    return OptionalInt.of(values(i));
  }

  /** {@inheritDoc} The cells are drawn one by one, so that few candidates are dropped. */
  @Override
  public Chooser overNetworks() {
    return this::chooseNetwork;
  }

  private void chooseNetwork(RandomGenerator random, int[] choice) {
    int ofCell = nodes * perNode;
    for (int cell = 0; cell < 2; cell++) {
      do {
        for (int i = cell * ofCell; i < (cell + 1) * ofCell; i++) {
          choice[i] = random.nextInt(values(i));
        }
      } while (random.nextDouble() * cell(choice, cell).encodings() >= 1);
    }
    for (int i = 2 * ofCell; i < choice.length; i++) {
      choice[i] = random.nextInt(values(i));
    }
  }

  /** How many values the integer {@code i} of a choice takes. */
  private int values(int i) {
    int ofCells = CELLS.size() * nodes * perNode;
    if (i >= ofCells) {
      return (i == ofCells ? width : depth).size();
    }
    return i % perNode == 2 ? combines.size() : (i / perNode % nodes + 2) * ops.size();
  }

  @Override
  public int[] places(int[] choice) {
    List<Integer> places = new ArrayList<>();
    int ofCells = CELLS.size() * nodes * perNode;
    for (int i = 0; i < choice.length; i++) {
      if (i < ofCells && i % perNode < 2) {
        places.add(choice[i] / ops.size());
        places.add(choice[i] % ops.size());
      } else {
        places.add(choice[i]);
      }
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The tables, which take some milliseconds, too long for listing spaces. */
  private CellCosts[] costs() {
    CellCosts[] known = costs;
    if (known == null) {
      known = new CellCosts[width.size() * depth.size()];
      for (int i = 0; i < known.length; i++) {
        int w = width.whole(i / depth.size());
        known[i] = new CellCosts(stacking, head.task(), w, depth.whole(i % depth.size()), ops);
      }
      costs = known;
    }
    return known;
  }

  @Override
  public Complexity complexity(int[] choice) {
    CellCosts table = costs()[choice[choice.length - 2] * depth.size() + choice[choice.length - 1]];
    Complexity.Sum sum = new Complexity.Sum();
    sum.add(table.base());
    int at = 0;
    for (int cell = 0; cell < 2; cell++) {
      int read = 0;
      int concatenating = combines.equals(List.of(Combine.CONCAT)) ? nodes : 0;
      for (int i = 0; i < nodes; i++) {
        for (int operand = 0; operand < 2; operand++) {
          int input = choice[at] / ops.size();
          int place = cell == 0 ? CellCosts.NORMAL : place(input);
          sum.add(table.op(place, choice[at++] - input * ops.size()));
          read |= 1 << input;
        }
        if (perNode == 3) {
          concatenating += combines.get(choice[at++]) == Combine.CONCAT ? 1 : 0;
        }
      }
      sum.add(table.state(cell), outputs(read) - 1L);
      sum.add(table.combined(cell), concatenating);
    }
    return sum.total();
  }

  private static int place(int input) {
    return input < 2 ? CellCosts.STRIDED : CellCosts.INNER;
  }

  private int outputs(int read) {
    return output == OutputRule.ALL_NODES ? nodes : nodes - Integer.bitCount(read >>> 2);
  }

  @Override
  public ArchitectureSpec decode(int[] choice) {
    return new CellSpec(
        stacking,
        width.whole(choice[choice.length - 2]),
        depth.whole(choice[choice.length - 1]),
        false,
        cell(choice, 0),
        cell(choice, 1));
  }

  private Cell cell(int[] choice, int cell) {
    List<Node> list = new ArrayList<>(nodes);
    for (int i = 0; i < nodes; i++) {
      int at = (cell * nodes + i) * perNode;
      list.add(
          new Node(
              edge(choice[at]),
              edge(choice[at + 1]),
              combines.get(perNode == 3 ? choice[at + 2] : 0)));
    }
    return Cell.of(list, output);
  }

  private Edge edge(int option) {
    return new Edge(ops.get(option % ops.size()), option / ops.size());
  }

  private boolean isInside(ArchitectureSpec spec) {
    if (!(spec instanceof CellSpec network)
        || network.stacking() != stacking
        || network.auxiliary()) {
      return false;
    }
    int[] choice = new int[choiceLength()];
    choice[choice.length - 2] = width.values().indexOf((double) network.width());
    choice[choice.length - 1] = depth.values().indexOf((double) network.depth());
    if (choice[choice.length - 2] < 0
        || choice[choice.length - 1] < 0
        || !encode(network.normal(), choice, 0)
        || !encode(network.reduction(), choice, 1)) {
      return false;
    }
    return head.window().admits(complexity(choice));
  }

  /** Writes a cell into a choice; false if the space has no such cell. */
  private boolean encode(Cell cell, int[] choice, int which) {
    if (cell.nodes().size() != nodes || !cell.concat().equals(output.concat(cell.nodes()))) {
      return false;
    }
    int at = which * nodes * perNode;
    for (Node node : cell.nodes()) {
      for (Edge edge : List.of(node.first(), node.second())) {
        int op = ops.indexOf(edge.op());
        if (op < 0) {
          return false;
        }
        choice[at++] = edge.input() * ops.size() + op;
      }
      int combine = combines.indexOf(node.combine());
      if (combine < 0) {
        return false;
      }
      if (perNode == 3) {
        choice[at++] = combine;
      }
    }
    return true;
  }

  /** Each count's extreme; {@code sign} is 1 for the largest and -1 for the smallest. */
  private Complexity extreme(int sign) {
    return new Complexity(
        extreme(sign, Complexity::params),
        extreme(sign, Complexity::macs),
        extreme(sign, Complexity::ndsFlops),
        extreme(sign, Complexity::activations));
  }

  private long extreme(int sign, ToLongFunction<Complexity> count) {
    long best = Long.MIN_VALUE;
    for (CellCosts table : costs()) {
      long cost =
          sign * count.applyAsLong(table.base())
              + bestCell(table, 0, count, sign)
              + bestCell(table, 1, count, sign);
      best = Math.max(best, cost);
    }
    return sign * best;
  }

  /**
   * The largest of {@code sign} times what a cell adds to one count. If e operands read nodes they
   * read 1 to min(e, nodes - 1) of them, or none if e is 0, and each of these is possible: a chain,
   * and the rest reads the first node.
   */
  private long bestCell(CellCosts table, int cell, ToLongFunction<Complexity> count, int sign) {
    long early = bestOp(table, cell == 0 ? CellCosts.NORMAL : CellCosts.STRIDED, count, sign);
    long late = bestOp(table, cell == 0 ? CellCosts.NORMAL : CellCosts.INNER, count, sign);
    long state = sign * count.applyAsLong(table.state(cell));
    long best = Long.MIN_VALUE;
    for (int e = 0; e <= 2 * (nodes - 1); e++) {
      for (int read = Math.min(e, 1); read <= Math.min(e, nodes - 1); read++) {
        int outputs = output == OutputRule.ALL_NODES ? nodes : nodes - read;
        best = Math.max(best, e * late + (2 * nodes - e) * early + (outputs - 1L) * state);
      }
    }
    long concat = sign * count.applyAsLong(table.combined(cell));
    long combined =
        combines.stream().mapToLong(c -> c == Combine.ADD ? 0 : concat).max().orElseThrow();
    return best + nodes * combined;
  }

  private long bestOp(CellCosts table, int place, ToLongFunction<Complexity> count, int sign) {
    return IntStream.range(0, ops.size())
        .mapToLong(op -> sign * count.applyAsLong(table.op(place, op)))
        .max()
        .orElseThrow();
  }

  /** How many encodings are admitted; each is shown. */
  private long admitted(ComplexityCap cap, Consumer<int[]> shown) {
    int[] choice = new int[choiceLength()];
    long count = 0;
    int at;
    do {
      Complexity cost = complexity(choice);
      if (head.window().admits(cost) && cap.admits(cost)) {
        shown.accept(choice);
        count++;
      }
      at = choice.length - 1;
      while (at >= 0 && ++choice[at] == values(at)) {
        choice[at--] = 0;
      }
    } while (at >= 0);
    return count;
  }
}
