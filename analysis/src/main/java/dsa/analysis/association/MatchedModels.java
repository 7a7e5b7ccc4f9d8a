package dsa.analysis.association;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.run.ModelCollector;
import dsa.core.run.Population;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The networks that several populations have in common, with the error that each population found.
 * Networks are the same if their architectures are; where a population knows none of its
 * architectures, models are the same if their ids are. They stand in the order of these texts, so
 * that the order of the rows means nothing. Several models of one network count as one with the
 * mean error of their runs. A model without an error has the error of guessing.
 */
public final class MatchedModels {

  private final double[][] errors;
  private final Optional<double[]> params;
  private final int[] unmatched;
  private final int withoutError;
  private final boolean byId;

  private MatchedModels(
      double[][] errors,
      Optional<double[]> params,
      int[] unmatched,
      int withoutError,
      boolean byId) {
    this.byId = byId;
    this.errors = errors;
    this.params = params;
    this.unmatched = unmatched;
    this.withoutError = withoutError;
  }

  /**
   * Matches populations.
   *
   * @param populations at least two
   */
  public static MatchedModels of(List<Population> populations) {
    if (populations.size() < 2) {
      throw new IllegalArgumentException("matching takes two or more populations");
    }
    List<Map<String, TrainedModel>> byText = new ArrayList<>();
    boolean byId = populations.stream().anyMatch(population -> !knowsArchitectures(population));
    for (Population population : populations) {
      byText.add(byId ? byId(population) : byArchitecture(population));
    }
    List<String> common =
        byText.get(0).keySet().stream()
            .filter(text -> byText.stream().allMatch(models -> models.containsKey(text)))
            .toList();
    double[][] errors = new double[populations.size()][common.size()];
    int[] unmatched = new int[populations.size()];
    int withoutError = 0;
    for (int p = 0; p < errors.length; p++) {
      for (int i = 0; i < errors[p].length; i++) {
        TrainedModel model = byText.get(p).get(common.get(i));
        errors[p][i] = model.testError().orElse(populations.get(p).origin().chanceErrorPct());
        withoutError += model.testError().isEmpty() ? 1 : 0;
      }
      unmatched[p] =
          byText.get(p).size() - common.size() + (byId ? 0 : unknown(populations.get(p)));
    }
    double[] params = new double[common.size()];
    boolean known = true;
    for (int i = 0; i < params.length; i++) {
      OptionalLong recorded = recorded(byText, common.get(i));
      known &= recorded.isPresent();
      params[i] = recorded.orElse(0);
    }
    return new MatchedModels(
        errors, known ? Optional.of(params) : Optional.empty(), unmatched, withoutError, byId);
  }

  private static boolean knowsArchitectures(Population population) {
    return population.models().stream().anyMatch(model -> model.architecture().isPresent());
  }

  private static Map<String, TrainedModel> byId(Population population) {
    Map<String, TrainedModel> models = new TreeMap<>();
    population.models().forEach(model -> models.put(model.id(), model));
    return models;
  }

  private static Map<String, TrainedModel> byArchitecture(Population population) {
    ModelCollector collector = new ModelCollector(Reruns.MEAN);
    for (TrainedModel model : population.models()) {
      if (model.architecture().isPresent()) {
        ArchitectureSpec network = model.architecture().get();
        collector.add(network, model, List.of());
      }
    }
    Map<String, TrainedModel> models = new TreeMap<>();
    for (TrainedModel model :
        collector.models(population.origin().chanceErrorPct(), population.origin().metric())) {
      models.put(model.architecture().orElseThrow().text(), model);
    }
    return models;
  }

  /** The params of a network as the first population that records them has it. */
  private static OptionalLong recorded(List<Map<String, TrainedModel>> byText, String network) {
    for (Map<String, TrainedModel> models : byText) {
      OptionalLong params = models.get(network).complexity().of(ComplexityMeasure.PARAMS);
      if (params.isPresent()) {
        return params;
      }
    }
    return OptionalLong.empty();
  }

  private static int unknown(Population population) {
    return (int)
        population.models().stream().filter(model -> model.architecture().isEmpty()).count();
  }

  /** Whether models were matched by their ids, for want of architectures. */
  public boolean byId() {
    return byId;
  }

  /** How many networks all populations have. */
  public int size() {
    return errors[0].length;
  }

  /** The errors that the {@code p}-th population found, percent, one a network. */
  public double[] errors(int p) {
    return errors[p].clone();
  }

  /** The params of each network; absent if no population records those of some network. */
  public Optional<double[]> params() {
    return params.map(double[]::clone);
  }

  /**
   * How many networks of the {@code p}-th population some other lacks, models of unknown
   * architecture among them.
   */
  public int unmatched(int p) {
    return unmatched[p];
  }

  /** How many of the errors stand for a model without one, over all populations. */
  public int withoutError() {
    return withoutError;
  }
}
