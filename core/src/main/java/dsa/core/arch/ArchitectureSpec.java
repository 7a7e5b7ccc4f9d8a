package dsa.core.arch;

import dsa.core.complexity.Complexity;

/**
 * What one network is, apart from the task it is trained for. Equal specs are equal networks, so a
 * spec is the key by which reruns and duplicates are found.
 */
public sealed interface ArchitectureSpec permits StagedSpec, CellSpec, GraphSpec {

  /** The network written out as operations for {@code task}. */
  NetworkPlan plan(Task task);

  /**
   * One line that {@link #parse} reads back; free of commas and quotes, so that it can stand in a
   * CSV cell.
   */
  String text();

  /**
   * One spec for all that describe the same graph of operations and differ only in how it is
   * written down, such as the order of a cell's nodes.
   */
  default ArchitectureSpec canonical() {
    return this;
  }

  /** The exact cost of the network on {@code task}. */
  default Complexity complexity(Task task) {
    return plan(task).complexity();
  }

  /**
   * Reads what {@link #text()} writes.
   *
   * @throws IllegalArgumentException if the text describes no network; the message says where
   */
  static ArchitectureSpec parse(String text) {
    if (text.startsWith(CellSpec.WORD + " ")) {
      return CellSpec.parse(text);
    }
    return text.startsWith(GraphSpec.WORD + " ") ? GraphSpec.parse(text) : StagedSpec.parse(text);
  }
}
