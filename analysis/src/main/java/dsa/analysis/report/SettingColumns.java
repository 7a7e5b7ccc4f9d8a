package dsa.analysis.report;

import dsa.core.run.ExtraColumn;
import dsa.core.run.ModelParameters;
import dsa.core.run.Population;
import java.util.Map;
import java.util.Optional;

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
      Optional<ExtraColumn> extra = population.extra(column);
      if (extra.isPresent() && extra.get().cells().stream().distinct().count() == 1) {
        throw new IllegalArgumentException(
            "column '"
                + column
                + "' of "
                + population.name()
                + " is the same for every model, so that nothing hangs on it");
      }
      throw new IllegalArgumentException(
          population.name()
              + " has no column '"
              + column
              + "' with a number for every model; it has "
              + String.join(", ", parameters.keySet()));
    }
    return parameters.get(column);
  }
}
