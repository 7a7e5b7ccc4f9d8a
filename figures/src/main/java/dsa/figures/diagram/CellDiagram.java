package dsa.figures.diagram;

import dsa.core.arch.Cell;
import dsa.core.arch.CellOp;
import dsa.core.arch.CellSpec;
import dsa.figures.diagram.Drawing.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The two cells of a network side by side, inputs above and output below. */
final class CellDiagram {

  private static final double BETWEEN = 30;

  private static final int STATE = 0xFFFFFF;
  private static final int JOIN = 0xF0E442;
  private static final int POOL = 0xCDE6F5;
  private static final int CONV = 0xFBE3C4;
  private static final int FREE = 0xE8E8E8;

  private final FlowChart chart = new FlowChart();

  private CellDiagram() {}

  static Drawing of(CellSpec spec) {
    long reductions =
        IntStream.range(0, spec.depth()).filter(i -> CellSpec.reduces(i, spec.depth())).count();
    FlowChart.Inked left =
        new CellDiagram()
            .ink(spec.normal(), "normal cell, " + (spec.depth() - reductions) + " of them", 0);
    FlowChart.Inked right =
        new CellDiagram()
            .ink(
                spec.reduction(),
                "reduction cell, " + reductions + " of them",
                left.right() + BETWEEN);
    List<Mark> all = new ArrayList<>(left.marks());
    all.addAll(right.marks());
    return new FlowChart.Inked(all, right.right(), Math.max(left.bottom(), right.bottom())).page();
  }

  private int vertex(int layer, String label, int rgb) {
    return chart.vertex(layer, List.of(label), rgb, rgb == JOIN);
  }

  private FlowChart.Inked ink(Cell cell, String title, double leftEdge) {
    List<Integer> states = new ArrayList<>();
    states.add(vertex(0, "0: c_{k-2}", STATE));
    states.add(vertex(0, "1: c_{k-1}", STATE));
    int[] level = new int[cell.nodes().size() + 2];
    for (int i = 0; i < cell.nodes().size(); i++) {
      Cell.Node node = cell.nodes().get(i);
      int last = Math.max(level[node.first().input()], level[node.second().input()]);
      level[i + 2] = last + 1;
      boolean add = node.combine() == Cell.Combine.ADD;
      String sign = (i + 2) + (add ? ": +" : ": &");
      int join = vertex(2 * level[i + 2], sign, JOIN);
      for (Cell.Edge operand : List.of(node.first(), node.second())) {
        String label = operand.op().label();
        int op = vertex(2 * level[i + 2] - 1, label, colour(operand.op()));
        chart.edge(states.get(operand.input()), op);
        chart.edge(op, join);
      }
      states.add(join);
    }
    int deepest = Arrays.stream(level).max().orElseThrow();
    int output =
        vertex(
            2 * deepest + 1,
            cell.concat().size() == 1 ? "output" : "concatenate " + cell.concat().size(),
            STATE);
    cell.concat().forEach(state -> chart.edge(states.get(state), output));
    return chart.ink(title, leftEdge);
  }

  private static int colour(CellOp op) {
    return switch (op.kind()) {
      case NONE, SKIP -> FREE;
      case MAX_POOL, AVG_POOL -> POOL;
      default -> CONV;
    };
  }
}
