package dsa.core.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The trained draws from one model distribution. Order is the order of the source.
 *
 * @param name what figures and tables call it: one line, not blank, without control characters
 * @param models at least one, ids distinct
 * @param origin where the numbers come from
 * @param extras further columns, one cell a model; names distinct
 */
public record Population(
    String name, List<TrainedModel> models, PopulationOrigin origin, List<ExtraColumn> extras) {

  /**
   * Copies the models and columns; rejects an empty list, repeated ids, values outside the range of
   * the metric, a name that cannot be printed, and columns of one name or of another length.
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
    extras = List.copyOf(extras);
    Set<String> names = new HashSet<>();
    for (ExtraColumn extra : extras) {
      if (!names.add(extra.name())) {
        throw new IllegalArgumentException("column '" + extra.name() + "' is there already");
      }
      if (extra.cells().size() != models.size()) {
        throw new IllegalArgumentException(
            "column '%s' has %d cells for %d models"
                .formatted(extra.name(), extra.cells().size(), models.size()));
      }
    }
  }

  /** A population of which nothing more is known. */
  public Population(String name, List<TrainedModel> models, PopulationOrigin origin) {
    this(name, models, origin, List.of());
  }

  /** This population under another name. */
  public Population named(String newName) {
    return new Population(newName, models, origin, extras);
  }

  /** The further column of this name. */
  public Optional<ExtraColumn> extra(String column) {
    return extras.stream().filter(extra -> extra.name().equals(column)).findFirst();
  }

  /**
   * The models at some places, with their cells.
   *
   * @param kept tells of a place, from 0, whether its model stays
   * @throws IllegalArgumentException if none stays
   */
  public Population keeping(IntPredicate kept) {
    int[] places = IntStream.range(0, models.size()).filter(kept).toArray();
    List<TrainedModel> left = new ArrayList<>(places.length);
    for (int place : places) {
      left.add(models.get(place));
    }
    return new Population(
        name,
        left,
        origin,
        extras.stream()
            .map(
                extra ->
                    new ExtraColumn(
                        extra.name(), IntStream.of(places).mapToObj(extra.cells()::get).toList()))
            .toList());
  }

  /** How many models diverged: no error recorded, or none better than guessing. */
  public int diverged() {
    return (int) models.stream().filter(model -> model.diverged(origin.chanceErrorPct())).count();
  }
}
