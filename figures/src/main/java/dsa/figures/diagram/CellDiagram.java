package dsa.figures.diagram;

import dsa.core.arch.Cell;
import dsa.core.arch.CellOp;
import dsa.core.arch.CellSpec;
import dsa.figures.diagram.Drawing.Box;
import dsa.figures.diagram.Drawing.Curve;
import dsa.figures.diagram.Drawing.Mark;
import dsa.figures.diagram.Drawing.Point;
import dsa.figures.diagram.Drawing.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The two cells of a network side by side, inputs above and output below. */
final class CellDiagram {

  private static final double SIZE = 8;
  private static final double LETTER = 0.56 * SIZE; // width of one, on average
  private static final double HIGH = 17;
  private static final double ROW = 33;
  private static final double MARGIN = 12;
  private static final double BETWEEN = 30;

  private static final int STATE = 0xFFFFFF;
  private static final int JOIN = 0xF0E442;
  private static final int POOL = 0xCDE6F5;
  private static final int CONV = 0xFBE3C4;
  private static final int FREE = 0xE8E8E8;

  /** A vertex of the drawing. */
  private record Vertex(int layer, String label, int rgb) {

    double width() {
      return Math.max(28, 10 + LETTER * label.length());
    }
  }

  private final List<Vertex> vertices = new ArrayList<>();
  private final List<LayeredLayout.Edge> edges = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  private CellDiagram() {}

  static Drawing of(CellSpec spec) {
    long reductions =
        IntStream.range(0, spec.depth()).filter(i -> CellSpec.reduces(i, spec.depth())).count();
    CellDiagram normal = new CellDiagram();
    double[] left =
        normal.draw(spec.normal(), "normal cell, " + (spec.depth() - reductions) + " of them", 0);
    CellDiagram reduction = new CellDiagram();
    double[] right =
        reduction.draw(
            spec.reduction(), "reduction cell, " + reductions + " of them", left[0] + BETWEEN);
    List<Mark> all = new ArrayList<>(normal.marks);
    all.addAll(reduction.marks);
    return new Drawing(right[0] + MARGIN, Math.max(left[1], right[1]) + MARGIN, all);
  }

  private int vertex(int layer, String label, int rgb) {
    vertices.add(new Vertex(layer, label, rgb));
    return vertices.size() - 1;
  }

  private void edge(int from, int to) {
    edges.add(new LayeredLayout.Edge(from, to));
  }

  /** Draws one cell from {@code leftEdge} on; returns its right and its lower edge. */
  private double[] draw(Cell cell, String title, double leftEdge) {
    List<Integer> states = new ArrayList<>();
    states.add(vertex(0, "0: cell before last", STATE));
    states.add(vertex(0, "1: last cell", STATE));
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
        edge(states.get(operand.input()), op);
        edge(op, join);
      }
      states.add(join);
    }
    int deepest = Arrays.stream(level).max().orElseThrow();
    int output =
        vertex(
            2 * deepest + 1,
            cell.concat().size() == 1 ? "output" : "concatenate " + cell.concat().size(),
            STATE);
    cell.concat().forEach(state -> edge(states.get(state), output));
    return ink(title, leftEdge);
  }

  private static int colour(CellOp op) {
    return switch (op.kind()) {
      case NONE, SKIP -> FREE;
      case MAX_POOL, AVG_POOL -> POOL;
      default -> CONV;
    };
  }

  private double[] ink(String title, double leftEdge) {
    LayeredLayout layout =
        LayeredLayout.of(
            vertices.stream().mapToInt(Vertex::layer).toArray(),
            vertices.stream().mapToDouble(Vertex::width).toArray(),
            edges,
            8);
    double left = leftEdge + MARGIN;
    double titleWidth = 1.15 * LETTER * title.length();
    double width = Math.max(layout.width(), titleWidth);
    left += (width - layout.width()) / 2;
    double top = MARGIN + 2 * SIZE;
    for (int e = 0; e < edges.size(); e++) {
      List<Double> path = layout.path(e);
      List<Point> points = new ArrayList<>();
      int layer = vertices.get(edges.get(e).from()).layer();
      for (int i = 0; i < path.size(); i++) {
        double y = top + (layer + i) * ROW + HIGH / 2;
        if (i == 0) {
          y += HIGH / 2;
        } else if (i == path.size() - 1) {
          y -= HIGH / 2;
        }
        points.add(new Point(left + path.get(i), y));
      }
      marks.add(new Curve(points));
    }
    double bottom = top;
    for (int v = 0; v < vertices.size(); v++) {
      Vertex vertex = vertices.get(v);
      double y = top + vertex.layer() * ROW;
      double middle = left + layout.x(v);
      marks.add(
          new Box(
              middle - vertex.width() / 2,
              y,
              vertex.width(),
              HIGH,
              vertex.rgb() == JOIN ? HIGH / 2 : 3,
              vertex.rgb()));
      marks.add(new Words(middle, y + HIGH / 2 + 0.35 * SIZE, SIZE, vertex.label()));
      bottom = Math.max(bottom, y + HIGH);
    }
    marks.add(new Words(leftEdge + MARGIN + width / 2, MARGIN + SIZE, 1.15 * SIZE, title));
    return new double[] {leftEdge + MARGIN + width, bottom};
  }
}
