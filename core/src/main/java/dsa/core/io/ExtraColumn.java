package dsa.core.io;

import java.util.List;

/**
 * A column a population file carries beside the models' own, such as a seed or a network kept
 * whole.
 *
 * @param name not one of the format's own
 * @param cells one a model, in the models' order; empty where absent
 */
public record ExtraColumn(String name, List<String> cells) {

  /** Copies the cells. */
  public ExtraColumn {
    cells = List.copyOf(cells);
  }
}
