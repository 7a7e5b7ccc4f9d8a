package dsa.core.run;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.RecordedComplexity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Gathers single runs into models: runs of one network become one model as {@link Reruns} says.
 * Models keep the order in which their networks first appeared. Not thread-safe.
 */
public final class ModelCollector {

  private final Reruns reruns;
  private final Map<Object, Group> groups = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Integer> suffixes = new HashMap<>();
  private int merged;
  private int differingCosts;

  /** An empty collector that does with several runs of one network as {@code reruns} says. */
  public ModelCollector(Reruns reruns) {
    this.reruns = reruns;
  }

  /** The runs of one network so far. */
  private static final class Group {
    final String id;
    final RecordedComplexity complexity;
    final Optional<ArchitectureSpec> architecture;
    final List<String> notes;
    final OptionalDouble firstError;
    double errorSum;
    int members;
    int runs;
    int numberless;

    Group(String id, TrainedModel first, List<String> notes) {
      this.id = id;
      this.complexity = first.complexity();
      this.architecture = first.architecture();
      this.firstError = first.testError();
      this.notes = new ArrayList<>(notes);
    }
  }

  /**
   * Adds one run, or the mean of several.
   *
   * @param network what makes two runs reruns of each other: equal keys are the same network under
   *     the same training
   * @param model the run; an id that is taken gets a suffix {@code ~1}, {@code ~2}, …
   * @param notes cells of further columns, the same number for every run; where merged runs differ
   *     the cell becomes empty
   */
  public void add(Object network, TrainedModel model, List<String> notes) {
    Group group = reruns == Reruns.ALL ? null : groups.get(network);
    if (group == null) {
      String id = model.id();
      while (!ids.add(id)) {
        id = model.id() + "~" + suffixes.merge(model.id(), 1, Integer::sum);
      }
      group = new Group(id, model, notes);
      groups.put(reruns == Reruns.ALL ? group : network, group);
    } else {
      merged++;
      if (!group.complexity.equals(model.complexity())) {
        differingCosts++;
      }
      if (reruns == Reruns.FIRST) {
        return;
      }
      for (int i = 0; i < notes.size(); i++) {
        if (!Objects.equals(group.notes.get(i), notes.get(i))) {
          group.notes.set(i, "");
        }
      }
    }
    group.members++;
    group.runs = Math.addExact(group.runs, model.runs());
    if (model.testError().isPresent()) {
      group.errorSum += model.runs() * model.testError().getAsDouble();
    } else {
      group.numberless += model.runs();
    }
  }

  /** How many runs were folded into a model that was there before. */
  public int merged() {
    return merged;
  }

  /** How many of the merged runs were recorded with other costs than the model they went into. */
  public int differingCosts() {
    return differingCosts;
  }

  /** How many models there are so far. */
  public int size() {
    return groups.size();
  }

  /**
   * The models, in order of first appearance.
   *
   * @param chanceErrorPct the error of guessing, percent, for runs that came to no number
   */
  public List<TrainedModel> models(double chanceErrorPct) {
    return models(chanceErrorPct, Metric.TEST_ERROR);
  }

  /**
   * The models, in order of first appearance.
   *
   * @param chance what guessing comes to, for runs that came to no number
   * @param metric what the values are
   */
  public List<TrainedModel> models(double chance, Metric metric) {
    List<TrainedModel> models = new ArrayList<>(groups.size());
    for (Group group : groups.values()) {
      models.add(
          new TrainedModel(
              group.id,
              errorOf(group, chance, metric),
              group.complexity,
              group.architecture,
              group.runs));
    }
    return models;
  }

  /** The cells of further column {@code index}, one a model, in the order of {@link #models}. */
  public List<String> notes(int index) {
    return groups.values().stream().map(group -> group.notes.get(index)).toList();
  }

  private OptionalDouble errorOf(Group group, double chanceErrorPct, Metric metric) {
    if (group.members == 1 || group.numberless == group.runs) {
      return group
          .firstError; // as it was written: dividing a sum again would change the last digit
    }
    double mean = (group.errorSum + group.numberless * chanceErrorPct) / group.runs;
    return OptionalDouble.of(metric.isLoss() ? mean : Math.min(100, mean));
  }
}
