package dsa.analysis.report;

import dsa.core.run.ModelParameters;
import dsa.core.run.Population;
import java.util.Map;

/** Columns of a population that are asked for by their names. */
final class SettingColumns {

  private SettingColumns() {}

  /**
   * The numbers of one column, one a model.
   *
   * @throws IllegalArgumentException if there is no such column; the message says which there are
   */
  static double[] of(Population population, String column) {
    Map<String, double[]> parameters = ModelParameters.of(population);
    if (!parameters.containsKey(column)) {
      throw new IllegalArgumentException(
          population.name()
              + " has no column '"
              + column
              + "' with a number for every model, and not one number for all; it has "
              + String.join(", ", parameters.keySet()));
    }
    return parameters.get(column);
  }
}
