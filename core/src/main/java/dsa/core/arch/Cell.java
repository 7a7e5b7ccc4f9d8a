package dsa.core.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A small graph that networks repeat. Its states are the outputs of the cell before the last (0)
 * and of the last cell (1), then those of its nodes; a node joins what two operations make of two
 * earlier states.
 *
 * @param nodes in order, at least one; node i is state i + 2
 * @param concat the states that are joined along channels to be the output, rising, each a node's
 */
public record Cell(List<Node> nodes, List<Integer> concat) {

  private static final int MOST_NODES = 16;
  private static final Pattern NODE =
      Pattern.compile("([a-z0-9_]+)\\((\\d{1,3})\\)([+&])([a-z0-9_]+)\\((\\d{1,3})\\)");
  private static final String ARROW = " -> ";

  /**
   * An operation on a state.
   *
   * @param op the operation
   * @param input number of the state
   */
  public record Edge(CellOp op, int input) {

    /** As in genotypes, {@code sep_conv_3x3(1)}. */
    public String text() {
      return op.label() + "(" + input + ")";
    }
  }

  /** How a node makes one state of two. */
  public enum Combine {
    /** Their sum. */
    ADD("+"),
    /** Joined along channels, then ReLU, 1x1 convolution to the cell's width, norm. */
    CONCAT("&");

    private final String sign;

    Combine(String sign) {
      this.sign = sign;
    }

    /** The lower-case name used in files. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A node.
   *
   * @param first one operand
   * @param second the other
   * @param combine what becomes of them
   */
  public record Node(Edge first, Edge second, Combine combine) {}

  /** Which states are joined to be the output. */
  public enum OutputRule {
    /** Those of nodes that no node reads. */
    LOOSE_ENDS,
    /** Those of all nodes. */
    ALL_NODES;

    /** The output states of these nodes. */
    public List<Integer> concat(List<Node> nodes) {
      boolean[] read = new boolean[nodes.size() + 2];
      if (this == LOOSE_ENDS) {
        for (Node node : nodes) {
          read[node.first().input()] = true;
          read[node.second().input()] = true;
        }
      }
      return IntStream.range(2, nodes.size() + 2).filter(i -> !read[i]).boxed().toList();
    }
  }

  /** Copies the lists; rejects nodes that read later states and outputs that are no node's. */
  public Cell {
    nodes = List.copyOf(nodes);
    concat = List.copyOf(concat);
    if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "a cell of " + nodes.size() + " nodes; it has 1 to " + MOST_NODES);
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (Edge edge : List.of(nodes.get(i).first(), nodes.get(i).second())) {
        if (edge.input() < 0 || edge.input() > i + 1) {
          throw new IllegalArgumentException(
              "node "
                  + (i + 2)
                  + " of a cell reads state "
                  + edge.input()
                  + "; before it stand 0 to "
                  + (i + 1));
        }
      }
    }
    int last = 1;
    for (int state : concat) {
      if (state <= last || state > nodes.size() + 1) {
        throw new IllegalArgumentException(
            "a cell's output "
                + concat
                + " is not a rising list of its nodes, 2 to "
                + (nodes.size() + 1));
      }
      last = state;
    }
    if (concat.isEmpty()) {
      throw new IllegalArgumentException("a cell without output");
    }
  }

  /** A cell whose output follows from a rule. */
  public static Cell of(List<Node> nodes, OutputRule rule) {
    return new Cell(nodes, rule.concat(nodes));
  }

  /**
   * The smallest of the encodings that come to the same cell: nodes may be renumbered as long as
   * each stands behind those it reads, and the operands of a node may be swapped. Of two numberings
   * that is smaller whose first differing node reads earlier states, then has the smaller
   * operations.
   */
  public Cell canonical() {
    return new CellNumbering(this).smallest();
  }

  /** How many encodings come to the same cell, this one included; equal in all of them. */
  public long encodings() {
    return new CellNumbering(this).encodings();
  }

  /** {@code sep_conv_3x3(1)+skip_connect(0) … -> 2 3}, which {@link #parse} reads back. */
  public String text() {
    List<String> words = new ArrayList<>();
    for (Node node : nodes) {
      words.add(node.first().text() + node.combine().sign + node.second().text());
    }
    return String.join(" ", words)
        + ARROW
        + String.join(" ", concat.stream().map(String::valueOf).toList());
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static Cell parse(String text) {
    int arrow = text.indexOf(ARROW);
    if (arrow < 0) {
      throw new IllegalArgumentException("cell '" + text + "' has no ' -> ' before its output");
    }
    List<Node> nodes = new ArrayList<>();
    for (String word : text.substring(0, arrow).split(" ")) {
      Matcher node = NODE.matcher(word);
      if (!node.matches()) {
        throw new IllegalArgumentException(
            "cell node '" + word + "' is not of the form sep_conv_3x3(0)+skip_connect(1)");
      }
      nodes.add(
          new Node(
              new Edge(CellOp.parse(node.group(1)), Integer.parseInt(node.group(2))),
              new Edge(CellOp.parse(node.group(4)), Integer.parseInt(node.group(5))),
              node.group(3).equals("+") ? Combine.ADD : Combine.CONCAT));
    }
    List<Integer> concat = new ArrayList<>();
    for (String word : text.substring(arrow + ARROW.length()).split(" ")) {
      if (!word.matches("\\d{1,3}")) {
        throw new IllegalArgumentException("cell output '" + word + "' is no number of a node");
      }
      concat.add(Integer.valueOf(word));
    }
    return new Cell(nodes, concat);
  }
}
