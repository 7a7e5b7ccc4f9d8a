package dsa.core.run;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The trained draws from one model distribution. Order is the order of the source.
 *
 * @param name what figures and tables call it: one line, not blank, without control characters
 * @param models at least one, ids distinct
 * @param origin where the numbers come from
 */
public record Population(String name, List<TrainedModel> models, PopulationOrigin origin) {

  /**
   * Copies the models; rejects an empty list, repeated ids, values outside the range of the metric
   * and a name that cannot be printed.
   */
  public Population {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a population is called '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "'; a name is one line, not blank, without control characters: give name=file");
    }
    models = List.copyOf(models);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("population " + name + " has no models");
    }
    Set<String> ids = new HashSet<>(models.size() * 2);
    for (TrainedModel model : models) {
      if (!ids.add(model.id())) {
        throw new IllegalArgumentException(
            "population %s has two models with id %s".formatted(name, model.id()));
      }
      if (model.testError().isPresent()
          && !origin.metric().admits(model.testError().getAsDouble())) {
        throw new IllegalArgumentException(
            "model %s: %s %s is outside %s"
                .formatted(
                    model.id(),
                    origin.metric().quantity(),
                    model.testError().getAsDouble(),
                    origin.metric().range()));
      }
    }
  }

  /** This population under another name. */
  public Population named(String newName) {
    return new Population(newName, models, origin);
  }

  /** How many models diverged: no error recorded, or none better than guessing. */
  public int diverged() {
    return (int) models.stream().filter(model -> model.diverged(origin.chanceErrorPct())).count();
  }
}
