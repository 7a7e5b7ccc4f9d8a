package dsa.core.run;

import dsa.core.DecimalNumber;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.complexity.ComplexityMeasure;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * Named numbers that describe models, one column for each name: what best ranges are found for and
 * what models are selected by.
 */
public final class ModelParameters {

  private ModelParameters() {}

  /**
   * The columns of {@link #of(List)}, but those of stages only where all networks have as many,
   * then the further columns that hold a number for every model, and not the same for all.
   */
  public static Map<String, double[]> of(Population population) {
    Map<String, double[]> columns = new LinkedHashMap<>(counts(population.models()));
    List<StagedSpec> staged = staged(population.models());
    if (staged.size() == population.models().size()
        && staged.stream().mapToInt(net -> net.stages().size()).distinct().count() == 1) {
      columns.putAll(ofStaged(staged));
    }
    for (ExtraColumn extra : population.extras()) {
      if (extra.cells().stream().distinct().limit(2).count() == 2
          && extra.cells().stream().allMatch(DecimalNumber::is)) {
        columns.putIfAbsent(
            extra.name(), extra.cells().stream().mapToDouble(DecimalNumber::parse).toArray());
      }
    }
    return Collections.unmodifiableMap(columns);
  }

  /**
   * One of the columns of {@link #of(Population)}.
   *
   * @throws IllegalArgumentException if there is no such column; the message says which there are
   */
  public static double[] of(Population population, String column) {
    Map<String, double[]> parameters = of(population);
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

  /**
   * The columns all of {@code models} have, in a fixed order: {@code params}, {@code flops}, {@code
   * activations} (raw counts) where every model records them, then those of {@link #ofStaged} where
   * every model has a staged architecture.
   *
   * @throws IllegalArgumentException if staged architectures differ in their number of stages
   */
  public static Map<String, double[]> of(List<TrainedModel> models) {
    Map<String, double[]> columns = counts(models);
    List<StagedSpec> staged = staged(models);
    if (staged.size() == models.size()) {
      columns.putAll(ofStaged(staged));
    }
    return Collections.unmodifiableMap(columns);
  }

  private static Map<String, double[]> counts(List<TrainedModel> models) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      long[] counts =
          models.stream()
              .map(model -> model.complexity().of(measure))
              .filter(OptionalLong::isPresent)
              .mapToLong(OptionalLong::getAsLong)
              .toArray();
      if (counts.length == models.size()) {
        columns.put(measure.label(), Arrays.stream(counts).asDoubleStream().toArray());
      }
    }
    return columns;
  }

  private static List<StagedSpec> staged(List<TrainedModel> models) {
    return models.stream()
        .flatMap(model -> model.architecture().stream())
        .filter(StagedSpec.class::isInstance)
        .map(StagedSpec.class::cast)
        .toList();
  }

  /**
   * The parameters of staged networks: {@code depth} (blocks of all stages), {@code width} (of the
   * widest stage), and for stages i = 1, 2, …: depths {@code d}i, widths {@code w}i and, if all are
   * bottleneck networks, bottleneck multipliers {@code b}i (bottleneck width over width) and groups
   * {@code g}i.
   *
   * @throws IllegalArgumentException if the networks differ in their number of stages
   */
  public static Map<String, double[]> ofStaged(List<StagedSpec> networks) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    if (networks.isEmpty()) {
      return columns;
    }
    int stages = networks.get(0).stages().size();
    for (int n = 0; n < networks.size(); n++) {
      if (networks.get(n).stages().size() != stages) {
        throw new IllegalArgumentException(
            "network "
                + n
                + " has "
                + networks.get(n).stages().size()
                + " stages, the first has "
                + stages);
      }
    }
    columns.put(
        "depth", column(networks, net -> net.stages().stream().mapToInt(StageSpec::depth).sum()));
    columns.put(
        "width",
        column(
            networks, net -> net.stages().stream().mapToInt(StageSpec::width).max().orElseThrow()));
    addStages(columns, "d", networks, stages, StageSpec::depth);
    addStages(columns, "w", networks, stages, StageSpec::width);
    if (networks.stream().allMatch(net -> net.block().hasBottleneck())) {
      addStages(columns, "b", networks, stages, StageSpec::multiplier);
      addStages(columns, "g", networks, stages, StageSpec::groups);
    }
    return columns;
  }

  private static void addStages(
      Map<String, double[]> columns,
      String name,
      List<StagedSpec> networks,
      int stages,
      ToDoubleFunction<StageSpec> parameter) {
    for (int i = 0; i < stages; i++) {
      int stage = i;
      columns.put(
          name + (i + 1),
          column(networks, net -> parameter.applyAsDouble(net.stages().get(stage))));
    }
  }

  private static double[] column(List<StagedSpec> networks, ToDoubleFunction<StagedSpec> value) {
    return networks.stream().mapToDouble(value).toArray();
  }
}
