package dsa.figures.diagram;

import dsa.core.arch.GraphSpec;
import dsa.core.arch.NetworkPlan;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.Task;
import java.util.ArrayList;
import java.util.List;

/** The segments of a graph: what each does, what it makes, and which it reads. */
final class GraphDiagram {

  /** Graphs of more segments fill a page that nobody looks at. */
  static final int MOST_SEGMENTS = 80;

  private static final int LONGEST_LINE = 46;
  private static final int PLAIN = 0xFFFFFF;

  private GraphDiagram() {}

  static Drawing of(GraphSpec graph, Task task) {
    FlowChart chart = new FlowChart();
    List<Shape> shapes = graph.plan(task).shapes();
    List<Integer> layers = new ArrayList<>(List.of(0));
    List<Integer> vertices = new ArrayList<>();
    vertices.add(chart.vertex(0, List.of("image, " + task.input()), PLAIN, false));
    int part = -1;
    for (int i = 0; i < graph.segments().size(); i++) {
      GraphSpec.Segment segment = graph.segments().get(i);
      part += segment.repeats();
      int layer = 1 + segment.inputs().stream().mapToInt(layers::get).max().orElseThrow();
      layers.add(layer);
      int colour = WidthDiagram.colour(shapes.get(0), shapes.get(part));
      vertices.add(chart.vertex(layer, lines(i + 1, segment, shapes.get(part)), colour, false));
      for (int input : segment.inputs()) {
        chart.edge(vertices.get(input), vertices.get(i + 1));
      }
    }
    int last = graph.segments().size();
    int head =
        chart.vertex(
            layers.get(last) + 1,
            List.of("mean of each channel, " + task.classes() + " logits"),
            PLAIN,
            false);
    chart.edge(vertices.get(last), head);
    return chart.ink(last == 1 ? "one segment" : last + " segments", 0).page();
  }

  private static List<String> lines(int number, GraphSpec.Segment segment, Shape output) {
    String join =
        segment.inputs().size() == 1
            ? ""
            : segment.join() == NetworkPlan.Join.SUM ? "added; " : "concatenated; ";
    String repeats = segment.repeats() > 1 ? segment.repeats() + "x " : "";
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(number + ": ");
    for (String word : (join + repeats + Op.textOf(segment.ops())).split(" ", -1)) {
      if (line.length() + word.length() > LONGEST_LINE && !line.toString().isBlank()) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().strip());
    lines.add(output.toString());
    return lines;
  }
}
