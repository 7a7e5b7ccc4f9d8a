package dsa.figures.diagram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Places the vertices of a small acyclic graph whose layers are given, after Sugiyama, Tagawa and
 * Toda, <i>Methods for Visual Understanding of Hierarchical System Structures</i>, IEEE SMC 1981:
 * edges over several layers get a bend in each, layers are ordered by the means of their
 * neighbours, and places are the least squares fit to those means that keeps everything apart.
 */
final class LayeredLayout {

  private static final int SWEEPS = 40;

  /**
   * An edge.
   *
   * @param from vertex of an earlier layer
   * @param to vertex of a later layer
   */
  record Edge(int from, int to) {}

  private final List<Integer> layerOf = new ArrayList<>();
  private final List<Double> widthOf = new ArrayList<>();
  private final List<List<Integer>> above = new ArrayList<>();
  private final List<List<Integer>> below = new ArrayList<>();
  private final List<List<Integer>> chains = new ArrayList<>();
  private final double gap;
  private List<List<Integer>> layers = new ArrayList<>();
  private double[] x = {};

  private LayeredLayout(double gap) {
    this.gap = gap;
  }

  /**
   * A layout.
   *
   * @param layer of each vertex, from 0
   * @param width of each vertex
   * @param edges from earlier to later layers
   * @param gap least space between neighbours
   */
  static LayeredLayout of(int[] layer, double[] width, List<Edge> edges, double gap) {
    LayeredLayout layout = new LayeredLayout(gap);
    for (int i = 0; i < layer.length; i++) {
      layout.vertex(layer[i], width[i]);
    }
    for (Edge edge : edges) {
      layout.chain(edge);
    }
    layout.order();
    layout.place();
    return layout;
  }

  /** The middle of a vertex; the leftmost edge of all is 0. */
  double x(int vertex) {
    return x[vertex];
  }

  /** The middles of an edge's ends and bends, one a layer. */
  List<Double> path(int edge) {
    return chains.get(edge).stream().map(vertex -> x[vertex]).toList();
  }

  /** The rightmost edge of all. */
  double width() {
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      right = Math.max(right, x[i] + widthOf.get(i) / 2);
    }
    return right;
  }

  private int vertex(int layer, double width) {
    layerOf.add(layer);
    widthOf.add(width);
    above.add(new ArrayList<>());
    below.add(new ArrayList<>());
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    layers.get(layer).add(layerOf.size() - 1);
    return layerOf.size() - 1;
  }

  private void chain(Edge edge) {
    List<Integer> chain = new ArrayList<>(List.of(edge.from()));
    int last = edge.from();
    for (int l = layerOf.get(edge.from()) + 1; l <= layerOf.get(edge.to()); l++) {
      int next = l == layerOf.get(edge.to()) ? edge.to() : vertex(l, 4);
      below.get(last).add(next);
      above.get(next).add(last);
      chain.add(next);
      last = next;
    }
    chains.add(chain);
  }

  /** Orders each layer by the means of its neighbours, to and fro, and keeps what crosses least. */
  private void order() {
    List<List<Integer>> best = copy();
    int fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 1; i < layers.size(); i++) {
        int l = down ? i : layers.size() - 1 - i;
        List<Integer> fixed = layers.get(down ? l - 1 : l + 1);
        List<List<Integer>> neighbours = down ? above : below;
        double[] mean = new double[layerOf.size()];
        for (int at = 0; at < layers.get(l).size(); at++) {
          int vertex = layers.get(l).get(at);
          mean[vertex] =
              neighbours.get(vertex).stream().mapToInt(fixed::indexOf).average().orElse(at);
        }
        layers.get(l).sort(Comparator.comparingDouble(vertex -> mean[vertex]));
      }
      int now = crossings();
      if (now < fewest) {
        fewest = now;
        best = copy();
      }
    }
    layers = best;
  }

  private List<List<Integer>> copy() {
    List<List<Integer>> copy = new ArrayList<>();
    layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }

  private int crossings() {
    int crossings = 0;
    for (int l = 0; l + 1 < layers.size(); l++) {
      List<Integer> next = layers.get(l + 1);
      List<int[]> lines = new ArrayList<>();
      for (int at = 0; at < layers.get(l).size(); at++) {
        for (int to : below.get(layers.get(l).get(at))) {
          lines.add(new int[] {at, next.indexOf(to)});
        }
      }
      for (int[] a : lines) {
        for (int[] b : lines) {
          crossings += a[0] < b[0] && a[1] > b[1] ? 1 : 0;
        }
      }
    }
    return crossings;
  }

  private void place() {
    x = new double[layerOf.size()];
    for (List<Integer> layer : layers) {
      double at = 0;
      for (int vertex : layer) {
        x[vertex] = at + widthOf.get(vertex) / 2;
        at += widthOf.get(vertex) + gap;
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < layers.size(); i++) {
        fit(layers.get(sweep % 2 == 0 ? i : layers.size() - 1 - i));
      }
    }
    double left = Double.POSITIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      left = Math.min(left, x[i] - widthOf.get(i) / 2);
    }
    for (int i = 0; i < x.length; i++) {
      x[i] -= left;
    }
  }

  /** Moves a layer to where its neighbours are on average, its members kept apart and in order. */
  private void fit(List<Integer> layer) {
    int n = layer.size();
    double[] offset = new double[n];
    double[] wish = new double[n];
    for (int i = 0; i < n; i++) {
      int vertex = layer.get(i);
      if (i > 0) {
        double apart = (widthOf.get(layer.get(i - 1)) + widthOf.get(vertex)) / 2 + gap;
        offset[i] = offset[i - 1] + apart;
      }
      List<Integer> neighbours = new ArrayList<>(above.get(vertex));
      neighbours.addAll(below.get(vertex));
      wish[i] = neighbours.stream().mapToDouble(v -> x[v]).average().orElse(x[vertex]) - offset[i];
    }
    double[] fitted = isotonic(wish);
    for (int i = 0; i < n; i++) {
      x[layer.get(i)] = fitted[i] + offset[i];
    }
  }

  /** The non-decreasing sequence next to {@code wish} in least squares: pool adjacent violators. */
  private static double[] isotonic(double[] wish) {
    double[] sum = new double[wish.length];
    int[] count = new int[wish.length];
    int blocks = 0;
    for (double value : wish) {
      sum[blocks] = value;
      count[blocks++] = 1;
      while (blocks > 1
          && sum[blocks - 2] / count[blocks - 2] > sum[blocks - 1] / count[blocks - 1]) {
        sum[blocks - 2] += sum[blocks - 1];
        count[blocks - 2] += count[blocks - 1];
        blocks--;
      }
    }
    double[] fitted = new double[wish.length];
    int at = 0;
    for (int b = 0; b < blocks; b++) {
      Arrays.fill(fitted, at, at + count[b], sum[b] / count[b]);
      at += count[b];
    }
    return fitted;
  }
}
