package dsa.figures.diagram;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec;
import dsa.core.arch.GraphSpec;
import dsa.core.arch.Task;

/** Networks as drawings: the graphs of the cells or segments, or the widths of the blocks. */
public final class NetworkDiagram {

  private NetworkDiagram() {}

  /**
   * A drawing of a network: for cells, the graphs of the normal and the reduction cell; for graphs
   * of not too many segments, the graph; for any other, a bar for each part, as high as it has
   * channels.
   *
   * @throws IllegalArgumentException if the network does not fit the task's images
   */
  public static Drawing of(ArchitectureSpec network, Task task) {
    if (network instanceof CellSpec cells) {
      return CellDiagram.of(cells);
    }
    return network instanceof GraphSpec graph
            && graph.segments().size() <= GraphDiagram.MOST_SEGMENTS
        ? GraphDiagram.of(graph, task)
        : WidthDiagram.of(network.plan(task));
  }
}
