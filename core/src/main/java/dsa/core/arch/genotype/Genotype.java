package dsa.core.arch.genotype;

import dsa.core.arch.Cell;
import dsa.core.arch.CellOp;
import dsa.core.arch.CellSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A pair of cells as DARTS' code and the NDS release write them: the operations of each cell in a
 * flat list, two a node, each with the number of the state it reads (0 the output of the cell
 * before the last, 1 of the last, 2 of the first node), and the states of its output. All nodes
 * add.
 *
 * <p>Liu et al., <i>DARTS: Differentiable Architecture Search</i>, ICLR 2019, arXiv 1806.09055, and
 * {@code genotypes.py} of its code.
 *
 * @param normal the normal cell
 * @param reduction the reduction cell
 */
public record Genotype(Cell normal, Cell reduction) {

  private static final String NAME = "Genotype";
  private static final List<String> KEYS =
      List.of("normal", "normal_concat", "reduce", "reduce_concat");

  /** What the NDS release's code adds, for cells of random wiring. */
  private static final List<String> WIRING = List.of("connectN", "connects");

  /** Rejects nodes that concatenate, for which genotypes have no word. */
  public Genotype {
    if (!adds(normal) || !adds(reduction)) {
      throw new IllegalArgumentException(
          "a genotype cannot say that nodes concatenate; write the cells as an architecture");
    }
  }

  private static boolean adds(Cell cell) {
    return cell.nodes().stream().allMatch(node -> node.combine() == Cell.Combine.ADD);
  }

  /** Whether the cells of a network can be written as a genotype: whether all their nodes add. */
  public static boolean writes(CellSpec spec) {
    return adds(spec.normal()) && adds(spec.reduction());
  }

  /** The two cells of a network. */
  public static Genotype of(CellSpec spec) {
    return new Genotype(spec.normal(), spec.reduction());
  }

  /**
   * Reads {@code Genotype(normal=[('sep_conv_3x3', 1), …], normal_concat=[2, 3], reduce=…,
   * reduce_concat=range(2, 6))}, with or without a name and {@code =} before it, or the JSON object
   * {@code {"normal": [["sep_conv_3x3", 1], …], …}}. The pairs of each node may stand in a list of
   * their own; {@code connectN} and {@code connects} may be there, if they are {@code None}.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says where
   */
  public static Genotype parse(String text) {
    Map<String, Object> fields = new LiteralReader(text, NAME).object();
    for (String key : KEYS) {
      if (!fields.containsKey(key)) {
        throw new IllegalArgumentException("genotype has no '" + key + "'");
      }
    }
    for (String key : fields.keySet()) {
      if (WIRING.contains(key)) {
        if (!fields.get(key).equals(List.of())) {
          throw new IllegalArgumentException(
              "genotype '" + key + "' is not None; cells of wirings of their own are not known");
        }
      } else if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "genotype has '" + key + "'; known are " + String.join(", ", KEYS));
      }
    }
    return new Genotype(cell("normal", fields), cell("reduce", fields));
  }

  private static Cell cell(String key, Map<String, Object> fields) {
    List<Cell.Edge> edges = new ArrayList<>();
    collect(key, fields.get(key), edges);
    if (edges.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "genotype '" + key + "' has " + edges.size() + " operations; every node has two");
    }
    List<Cell.Node> nodes = new ArrayList<>();
    for (int i = 0; i < edges.size(); i += 2) {
      nodes.add(new Cell.Node(edges.get(i), edges.get(i + 1), Cell.Combine.ADD));
    }
    List<Integer> concat = new ArrayList<>();
    if (!(fields.get(key + "_concat") instanceof List<?> states)) {
      throw new IllegalArgumentException("genotype '" + key + "_concat' is no list of states");
    }
    for (Object state : states) {
      if (!(state instanceof Integer number)) {
        throw new IllegalArgumentException(
            "genotype '" + key + "_concat' holds " + state + ", which is no number of a state");
      }
      concat.add(number);
    }
    try {
      return new Cell(nodes, concat.stream().sorted().toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("genotype '" + key + "': " + e.getMessage(), e);
    }
  }

  /** Adds the pairs of a list, or of the lists in it. */
  private static void collect(String key, Object value, List<Cell.Edge> edges) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException(
          "genotype '"
              + key
              + "' holds "
              + value
              + " where a pair such as ('sep_conv_3x3', 0) is"
              + " expected");
    }
    if (list.size() == 2
        && list.get(0) instanceof String op
        && list.get(1) instanceof Integer input) {
      try {
        edges.add(new Cell.Edge(CellOp.parse(op), input));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("genotype '" + key + "': " + e.getMessage(), e);
      }
      return;
    }
    for (Object item : list) {
      collect(key, item, edges);
    }
  }

  /** The network that stacks the cells. */
  public CellSpec network(CellSpec.Stacking stacking, int width, int depth, boolean auxiliary) {
    return new CellSpec(stacking, width, depth, auxiliary, normal, reduction);
  }

  /** As DARTS' code prints it: {@code Genotype(normal=[('sep_conv_3x3', 1), …], …)}. */
  public String text() {
    return NAME
        + "(normal="
        + list(normal, "('", "', ", ")")
        + ", normal_concat="
        + normal.concat()
        + ", reduce="
        + list(reduction, "('", "', ", ")")
        + ", reduce_concat="
        + reduction.concat()
        + ")";
  }

  /** As the NDS release writes it, a JSON object. */
  public String json() {
    return "{\"normal\": "
        + list(normal, "[\"", "\", ", "]")
        + ", \"normal_concat\": "
        + normal.concat()
        + ", \"reduce\": "
        + list(reduction, "[\"", "\", ", "]")
        + ", \"reduce_concat\": "
        + reduction.concat()
        + "}";
  }

  private static String list(Cell cell, String open, String middle, String close) {
    return cell.nodes().stream()
        .flatMap(node -> List.of(node.first(), node.second()).stream())
        .map(edge -> open + edge.op().label() + middle + edge.input() + close)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
