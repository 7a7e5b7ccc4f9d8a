package dsa.core.run;

import java.util.List;

/**
 * What is known of each model beside error, costs and architecture: a setting of its training such
 * as {@code lr}, a seed, or a network that was not understood, kept whole.
 *
 * @param name not blank, and none of a population file's own columns
 * @param cells one a model, in the models' order; empty where absent
 */
public record ExtraColumn(String name, List<String> cells) {

  /** Copies the cells. */
  public ExtraColumn {
    cells = List.copyOf(cells);
  }
}
