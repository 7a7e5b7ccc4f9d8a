package dsa.populations;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.Remark;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Populations whose flops are counted in different ways, made comparable: where the architectures
 * of one are known, its flops are counted anew as the other's are.
 */
public final class FlopsAlike {

  private FlopsAlike() {}

  /**
   * The populations with flops of one convention, if their architectures allow it; otherwise as
   * they were. What was counted anew is remarked.
   */
  public static List<OpenedPopulation> of(List<OpenedPopulation> populations) {
    List<FlopsConvention> conventions =
        populations.stream()
            .flatMap(each -> each.population().origin().flops().stream())
            .distinct()
            .toList();
    if (conventions.size() < 2) {
      return populations;
    }
    for (FlopsConvention convention : conventions) {
      List<OpenedPopulation> alike = new ArrayList<>();
      for (OpenedPopulation each : populations) {
        counted(each, convention).ifPresent(alike::add);
      }
      if (alike.size() == populations.size()) {
        return alike;
      }
    }
    return populations;
  }

  private static Optional<OpenedPopulation> counted(
      OpenedPopulation opened, FlopsConvention convention) {
    Population population = opened.population();
    PopulationOrigin origin = population.origin();
    if (origin.flops().isEmpty() || origin.flops().get() == convention) {
      return Optional.of(opened);
    }
    Optional<Task> task = task(origin);
    if (task.isEmpty()
        || population.models().stream().anyMatch(model -> model.architecture().isEmpty())) {
      return Optional.empty();
    }
    List<TrainedModel> models =
        population.models().stream().map(model -> counted(model, task.get(), convention)).toList();
    Population alike =
        new Population(
            population.name(),
            models,
            new PopulationOrigin(
                origin.source(),
                origin.dataset(),
                Optional.of(convention),
                origin.error(),
                origin.chanceErrorPct(),
                origin.recipe(),
                origin.metric()),
            population.extras());
    List<Remark> remarks = new ArrayList<>(opened.remarks());
    remarks.add(
        Remark.of(
            "flops counted anew from its architectures as "
                + convention.label()
                + ", for they are recorded as "
                + origin.flops().get().label()));
    return Optional.of(
        new OpenedPopulation(
            alike, opened.from(), remarks, opened.details(), opened.circumstances()));
  }

  private static Optional<Task> task(PopulationOrigin origin) {
    for (Task task : List.of(Task.CIFAR10, Task.IMAGENET)) {
      if (origin.dataset().filter(task.name()::equals).isPresent()) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  private static TrainedModel counted(TrainedModel model, Task task, FlopsConvention convention) {
    ArchitectureSpec network = model.architecture().orElseThrow();
    RecordedComplexity recorded = model.complexity();
    return new TrainedModel(
        model.id(),
        model.testError(),
        new RecordedComplexity(
            recorded.params(),
            OptionalLong.of(network.complexity(task).flops(convention)),
            recorded.activations()),
        model.architecture(),
        model.runs());
  }
}
