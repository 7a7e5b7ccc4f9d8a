package dsa.populations.selection;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.Remark;
import dsa.core.run.ExtraColumn;
import dsa.core.run.ModelCollector;
import dsa.core.run.Population;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which models of a population are looked at, and which count as one.
 *
 * @param conditions all of them hold
 * @param averagedOver columns such as a seed: models that agree in architecture, costs and all
 *     settings but these become one with their mean error; empty for none
 */
public record Selection(List<Condition> conditions, List<String> averagedOver) {

  /** All models as they are. */
  public static final Selection ALL = new Selection(List.of(), List.of());

  /** Copies the lists. */
  public Selection {
    conditions = List.copyOf(conditions);
    averagedOver = List.copyOf(averagedOver);
  }

  /** What makes two models trainings of one. */
  private record Training(
      Optional<ArchitectureSpec> architecture,
      RecordedComplexity complexity,
      List<String> settings) {}

  /**
   * The models selected.
   *
   * @throws IllegalArgumentException if a column is missing, no model is left, or nothing would
   *     tell the models apart
   */
  public Population of(Population population) {
    Population selected = population;
    for (Condition condition : conditions) {
      selected = condition.of(selected);
    }
    return averagedOver.isEmpty() ? selected : averaged(selected);
  }

  /** What was done, in a sentence; nothing if nothing was. */
  public Optional<Remark> remark(Population before, Population after) {
    List<String> parts = new ArrayList<>();
    if (!conditions.isEmpty()) {
      parts.add(
          "with " + conditions.stream().map(Condition::text).collect(Collectors.joining(" and ")));
    }
    if (!averagedOver.isEmpty()) {
      parts.add("averaged over " + String.join(", ", averagedOver));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Remark.of(
                after.models().size()
                    + " of "
                    + before.models().size()
                    + " models, "
                    + String.join(", ", parts)));
  }

  private Population averaged(Population population) {
    for (String column : averagedOver) {
      if (population.extra(column).isEmpty()) {
        throw new IllegalArgumentException(
            population.name()
                + " has no column '"
                + column
                + "' to average over; it has "
                + population.extras().stream()
                    .map(ExtraColumn::name)
                    .collect(Collectors.joining(", ")));
      }
    }
    List<ExtraColumn> settings =
        population.extras().stream()
            .filter(extra -> SettingNames.isSetting(extra.name()))
            .filter(extra -> !averagedOver.contains(extra.name()))
            .toList();
    if (settings.isEmpty()
        && population.models().stream().anyMatch(model -> model.architecture().isEmpty())) {
      throw new IllegalArgumentException(
          population.name()
              + " has models of unknown architecture and no settings to tell them apart by, so that"
              + " all of equal costs would be one");
    }
    ModelCollector models = new ModelCollector(Reruns.MEAN);
    for (int i = 0; i < population.models().size(); i++) {
      TrainedModel model = population.models().get(i);
      int row = i;
      models.add(
          new Training(
              model.architecture(),
              model.complexity(),
              settings.stream().map(setting -> setting.cells().get(row)).toList()),
          model,
          population.extras().stream().map(extra -> extra.cells().get(row)).toList());
    }
    List<ExtraColumn> extras = new ArrayList<>();
    for (int i = 0; i < population.extras().size(); i++) {
      extras.add(new ExtraColumn(population.extras().get(i).name(), models.notes(i)));
    }
    return new Population(
        population.name(),
        models.models(population.origin().chanceErrorPct(), population.origin().metric()),
        population.origin(),
        extras);
  }
}
