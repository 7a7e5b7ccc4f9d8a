package dsa.figures.diagram;

import dsa.figures.diagram.Drawing.Box;
import dsa.figures.diagram.Drawing.Curve;
import dsa.figures.diagram.Drawing.Mark;
import dsa.figures.diagram.Drawing.Point;
import dsa.figures.diagram.Drawing.Words;
import java.util.ArrayList;
import java.util.List;

/** Labelled boxes in layers, one below the other, and arrows between them. */
final class FlowChart {

  static final double SIZE = 8; // of letters
  static final double LETTER = 0.56 * SIZE; // width of one, on average
  static final double MARGIN = 12;
  private static final double LINE = 10;
  private static final double BETWEEN = 16;

  /** A box. */
  private record Vertex(int layer, List<String> lines, int rgb, boolean round) {

    double width() {
      return Math.max(28, 10 + LETTER * lines.stream().mapToInt(String::length).max().orElse(0));
    }

    double height() {
      return 7 + LINE * lines.size();
    }
  }

  private final List<Vertex> vertices = new ArrayList<>();
  private final List<LayeredLayout.Edge> edges = new ArrayList<>();

  /**
   * A finished chart.
   *
   * @param marks in the order they are drawn
   * @param right edge
   * @param bottom lower edge
   */
  record Inked(List<Mark> marks, double right, double bottom) {

    /** A page of this chart alone. */
    Drawing page() {
      return new Drawing(right + MARGIN, bottom + MARGIN, marks);
    }
  }

  /**
   * Adds a box.
   *
   * @param layer from 0, the highest
   * @param lines what is written in it
   * @param rgb colour of the inside, 0xRRGGBB
   * @param round whether its sides are half circles
   * @return its number, for {@link #edge}
   */
  int vertex(int layer, List<String> lines, int rgb, boolean round) {
    vertices.add(new Vertex(layer, lines, rgb, round));
    return vertices.size() - 1;
  }

  /** Adds an arrow to a box further down. */
  void edge(int from, int to) {
    edges.add(new LayeredLayout.Edge(from, to));
  }

  /** Draws it all under a title, from {@code leftEdge} on. */
  Inked ink(String title, double leftEdge) {
    LayeredLayout layout =
        LayeredLayout.of(
            vertices.stream().mapToInt(Vertex::layer).toArray(),
            vertices.stream().mapToDouble(Vertex::width).toArray(),
            edges,
            8);
    double width = Math.max(layout.width(), 1.15 * LETTER * title.length());
    double left = leftEdge + MARGIN + (width - layout.width()) / 2;
    double[] heights = heights();
    double[] tops = tops(heights);
    List<Mark> marks = new ArrayList<>();
    for (int e = 0; e < edges.size(); e++) {
      marks.add(new Curve(points(edges.get(e), layout.path(e), left, tops, heights)));
    }
    for (int v = 0; v < vertices.size(); v++) {
      box(vertices.get(v), left + layout.x(v), tops, heights, marks);
    }
    marks.add(new Words(leftEdge + MARGIN + width / 2, MARGIN + SIZE, 1.15 * SIZE, title));
    int last = tops.length - 1;
    return new Inked(marks, leftEdge + MARGIN + width, tops[last] + heights[last]);
  }

  private double[] heights() {
    double[] heights = new double[1 + vertices.stream().mapToInt(Vertex::layer).max().orElse(0)];
    for (Vertex vertex : vertices) {
      heights[vertex.layer()] = Math.max(heights[vertex.layer()], vertex.height());
    }
    return heights;
  }

  private static double[] tops(double[] heights) {
    double[] tops = new double[heights.length];
    tops[0] = MARGIN + 2 * SIZE;
    for (int layer = 1; layer < tops.length; layer++) {
      tops[layer] = tops[layer - 1] + heights[layer - 1] + BETWEEN;
    }
    return tops;
  }

  /** From the lower edge of one box straight through the layers between to the other. */
  private List<Point> points(
      LayeredLayout.Edge edge, List<Double> path, double left, double[] tops, double[] heights) {
    Vertex from = vertices.get(edge.from());
    Vertex to = vertices.get(edge.to());
    List<Point> points = new ArrayList<>();
    points.add(new Point(left + path.get(0), middle(from, tops, heights) + from.height() / 2));
    for (int i = 1; i < path.size() - 1; i++) {
      int layer = from.layer() + i;
      points.add(new Point(left + path.get(i), tops[layer]));
      points.add(new Point(left + path.get(i), tops[layer] + heights[layer]));
    }
    points.add(
        new Point(left + path.get(path.size() - 1), middle(to, tops, heights) - to.height() / 2));
    return points;
  }

  private static double middle(Vertex vertex, double[] tops, double[] heights) {
    return tops[vertex.layer()] + heights[vertex.layer()] / 2;
  }

  private static void box(
      Vertex vertex, double x, double[] tops, double[] heights, List<Mark> marks) {
    double y = middle(vertex, tops, heights) - vertex.height() / 2;
    marks.add(
        new Box(
            x - vertex.width() / 2,
            y,
            vertex.width(),
            vertex.height(),
            vertex.round() ? vertex.height() / 2 : 3,
            vertex.rgb()));
    for (int i = 0; i < vertex.lines().size(); i++) {
      double base = y + 3.5 + LINE * (i + 0.5) + 0.35 * SIZE;
      marks.add(new Words(x, base, SIZE, vertex.lines().get(i)));
    }
  }
}
