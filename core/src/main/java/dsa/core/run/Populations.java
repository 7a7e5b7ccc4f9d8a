package dsa.core.run;

import dsa.core.arch.Task;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Populations made of logged runs. */
public final class Populations {

  private static final Map<String, Integer> CLASSES =
      Map.of(
          Task.CIFAR10.name(),
          Task.CIFAR10.classes(),
          "cifar100",
          100,
          Task.IMAGENET.name(),
          Task.IMAGENET.classes(),
          "imagenet16-120",
          120);

  private Populations() {}

  /**
   * A population and what was left out of it.
   *
   * @param population the models
   * @param circumstances how its runs were made, and how many failed and are no models
   * @param merged runs folded into another run of the same network
   */
  public record Collected(Population population, ProvenanceSummary circumstances, int merged) {}

  /**
   * The population that a sweep's runs make. Of several runs with one id the last result counts
   * ({@link RunRecord#latest}); runs of equal networks become one model with the mean error;
   * diverged runs are models without an error; failed runs are left out and counted. Models stand
   * in the order of their networks' indices, so that the population does not depend on which run
   * ended first. Flops are in the convention of the NDS release, so that the population can be
   * compared with the published ones.
   *
   * @param name of the population
   * @param runs in the order of the log
   * @param error which of a run's errors to take, not {@link ErrorKind#UNSTATED}
   * @throws IllegalArgumentException if no run came to a result, the runs are of several recipes or
   *     datasets, or held no images out where {@link ErrorKind#VALIDATED} is asked for
   */
  public static Collected of(String name, Stream<RunRecord> runs, ErrorKind error) {
    if (error == ErrorKind.UNSTATED) {
      throw new IllegalArgumentException("a run's error is min, last or validated, not unstated");
    }
    return of(name, runs, Metric.TEST_ERROR, error);
  }

  /**
   * The same for another metric than the test error, of which {@link ErrorKind#MIN} is taken. A run
   * that diverged has none, as it has no error; one that ended no better than guessing counts as
   * diverged.
   *
   * @throws IllegalArgumentException as above, or if a run has no learning curve
   */
  public static Collected of(String name, Stream<RunRecord> runs, Metric metric) {
    return of(name, runs, metric, metric.isLoss() ? ErrorKind.UNSTATED : ErrorKind.MIN);
  }

  private static Collected of(String name, Stream<RunRecord> runs, Metric metric, ErrorKind error) {
    Map<RunId, RunRecord> latest = RunRecord.latest(runs);
    List<RunRecord> results =
        latest.values().stream()
            .filter(RunRecord::hasResult)
            .sorted(
                Comparator.<RunRecord>comparingInt(run -> run.model().index())
                    .thenComparing(run -> run.id().value()))
            .toList();
    if (results.isEmpty()) {
      throw new IllegalArgumentException(
          "population " + name + ": none of " + latest.size() + " runs came to a result");
    }
    String recipe = theOne("recipes", name, results.stream().map(RunRecord::recipe));
    theOne("recipes", name, results.stream().map(run -> run.provenance().recipeHash()));
    theOne("data sets", name, results.stream().map(run -> run.provenance().datasetChecksum()));
    String dataset =
        theOne("datasets", name, results.stream().map(run -> run.provenance().dataset()));
    int epochs = results.stream().mapToInt(run -> run.epochs().size()).max().orElse(1);
    double chance = metric.ofGuessing(classes(dataset), Math.max(1, epochs));
    ModelCollector models = new ModelCollector(Reruns.MEAN);
    for (RunRecord run : results) {
      TrainedModel model =
          new TrainedModel(
              run.id().value(),
              valueOf(run, metric, error),
              RecordedComplexity.of(run.model().complexity(), FlopsConvention.NDS),
              Optional.of(run.model().spec()),
              1);
      models.add(run.model().spec(), model, List.of());
    }
    ProvenanceSummary circumstances = ProvenanceSummary.of(results, latest.size() - results.size());
    PopulationOrigin origin =
        new PopulationOrigin(
            circumstances.inWords(),
            Optional.of(dataset),
            Optional.of(FlopsConvention.NDS),
            error,
            chance,
            Optional.of(recipe),
            metric);
    return new Collected(
        new Population(name, models.models(chance, metric), origin),
        circumstances,
        models.merged());
  }

  /**
   * The error of guessing on a dataset, percent: 90 for cifar10, 99 for cifar100, 99.9 for
   * imagenet, 100 · 119/120 for imagenet16-120; 90 for any other, see {@link #knows}.
   */
  public static double chanceErrorPct(String dataset) {
    return Metric.TEST_ERROR.ofGuessing(classes(dataset), 1);
  }

  private static int classes(String dataset) {
    return CLASSES.getOrDefault(dataset.toLowerCase(Locale.ROOT), 10);
  }

  /** Whether the number of classes of a dataset is known, in any case of letters. */
  public static boolean knows(String dataset) {
    return CLASSES.containsKey(dataset.toLowerCase(Locale.ROOT));
  }

  private static OptionalDouble valueOf(RunRecord run, Metric metric, ErrorKind error) {
    if (!(run.outcome() instanceof RunOutcome.Completed completed)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        metric.isLoss()
            ? loss(run, metric)
            : switch (error) {
              case MIN -> completed.minTestError();
              case VALIDATED -> validatedError(run);
              default -> completed.lastTestError();
            });
  }

  private static double loss(RunRecord run, Metric metric) {
    if (run.epochs().isEmpty()) {
      throw new IllegalArgumentException(
          "run "
              + run.id()
              + " has no learning curve, so that it gives no "
              + metric.quantity()
              + "; take the test error");
    }
    double sum = 0;
    for (EpochResult epoch : run.epochs()) {
      sum += epoch.trainLoss();
    }
    return metric == Metric.TRAIN_LOSS_SUM
        ? sum
        : run.epochs().get(run.epochs().size() - 1).trainLoss();
  }

  private static double validatedError(RunRecord run) {
    EpochResult chosen = null;
    for (EpochResult epoch : run.epochs()) {
      if (epoch.testErrorPct().isEmpty()) {
        continue; // not evaluated
      }
      double validation =
          epoch
              .validationErrorPct()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "recipe "
                              + run.recipe()
                              + " held no images out, so that there is no validated error; take min"
                              + " or last, or train with validationImages above 0"));
      if (chosen == null || validation < chosen.validationErrorPct().orElseThrow()) {
        chosen = epoch;
      }
    }
    if (chosen == null) {
      throw new IllegalArgumentException(
          "run " + run.id() + " has no learning curve to choose an epoch of; take min or last");
    }
    return chosen.testErrorPct().orElseThrow();
  }

  private static String theOne(String what, String name, Stream<String> values) {
    List<String> distinct = values.distinct().toList();
    if (distinct.size() > 1) {
      throw new IllegalArgumentException(
          "population "
              + name
              + ": runs of several "
              + what
              + " ("
              + String.join(", ", distinct)
              + ") are not comparable; keep one log each");
    }
    return distinct.get(0);
  }
}
