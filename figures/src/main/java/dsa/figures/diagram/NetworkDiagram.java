package dsa.figures.diagram;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.CellSpec;
import dsa.core.arch.Task;

/** Networks as drawings: the graphs of the cells, or the widths of the blocks. */
public final class NetworkDiagram {

  private NetworkDiagram() {}

  /**
   * A drawing of a network: for cells, the graphs of the normal and the reduction cell; for any
   * other, a bar for each part, as high as it has channels.
   *
   * @throws IllegalArgumentException if the network does not fit the task's images
   */
  public static Drawing of(ArchitectureSpec network, Task task) {
    return network instanceof CellSpec cells
        ? CellDiagram.of(cells)
        : WidthDiagram.of(network.plan(task));
  }
}
