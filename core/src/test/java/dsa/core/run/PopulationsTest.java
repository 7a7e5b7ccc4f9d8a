package dsa.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.RunLogTest;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three seeds of one network counted as three models make every interval too narrow, and a diverged
 * seed left out of a mean makes its network look better than it is.
 */
final class PopulationsTest {

  private static TrainedModel model(String id, double error, int runs) {
    return new TrainedModel(
        id,
        Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error),
        RecordedComplexity.NONE,
        Optional.empty(),
        runs);
  }

  private static ModelCollector collected(Reruns reruns) {
    ModelCollector models = new ModelCollector(reruns);
    models.add("net 1", model("a", 6.083333, 3), List.of("s1", "same"));
    models.add("net 2", model("a", 10, 1), List.of("s2", "same"));
    models.add("net 2", model("b", 12, 3), List.of("s3", "same"));
    models.add("net 3", model("c", Double.NaN, 1), List.of("s4", ""));
    models.add("net 4", model("d", Double.NaN, 1), List.of("s5", ""));
    models.add("net 4", model("e", 10, 1), List.of("s5", ""));
    return models;
  }

  @Test
  void meansWeighRunsAndCountDivergedRunsAsGuessing() {
    ModelCollector models = collected(Reruns.MEAN);
    assertEquals(
        List.of(
            model("a", 6.083333, 3), // a single entry keeps its last digit
            model("a~1", 11.5, 4),
            model("c", Double.NaN, 1),
            model("d", 50, 2)),
        models.models(90));
    assertEquals(2, models.merged());
    assertEquals(List.of("s1", "", "s4", "s5"), models.notes(0));
    assertEquals(List.of("same", "same", "", ""), models.notes(1));
  }

  private static RunRecord curve(String id, int index, double... losses) {
    List<EpochResult> epochs = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      epochs.add(new EpochResult(i + 1, losses[i], 30, OptionalDouble.empty(), 9, 1, 1));
    }
    RunRecord like = RunLogTest.run(id, index, new RunOutcome.Failed("x"));
    ArchitectureSpec spec =
        ArchitectureSpec.parse("residual cifar:16 | " + (index + 1) + "x16 s1 | 1x32 s2");
    return new RunRecord(
        like.id(),
        new DrawnModel(index, spec, spec.complexity(Task.CIFAR10)),
        like.recipe(),
        RunOutcome.Completed.of(EpochResult.testErrors(epochs)),
        epochs,
        like.provenance());
  }

  @Test
  void lossesAreReadFromTheCurvesAndGuessingIsTheLogarithmOfTheClasses() {
    List<RunRecord> runs = List.of(curve("1", 0, 2.0, 1.5, 0.25), curve("2", 1, 2.25, 2.25, 2.5));
    Population last = Populations.of("log", runs.stream(), Metric.TRAIN_LOSS).population();
    assertEquals(OptionalDouble.of(0.25), last.models().get(0).testError());
    assertEquals(Math.log(10), last.origin().chanceErrorPct());
    assertEquals(1, last.diverged()); // 2.5 nats are worse than guessing
    Population sum = Populations.of("log", runs.stream(), Metric.TRAIN_LOSS_SUM).population();
    assertEquals(OptionalDouble.of(3.75), sum.models().get(0).testError());
    assertEquals(3 * Math.log(10), sum.origin().chanceErrorPct());
    assertEquals(Metric.TRAIN_LOSS_SUM, sum.origin().metric());
    assertEquals(ErrorKind.UNSTATED, sum.origin().error());
    Population errors = Populations.of("log", runs.stream(), Metric.TEST_ERROR).population();
    assertEquals(Populations.of("log", runs.stream(), ErrorKind.MIN).population(), errors);
    IllegalArgumentException mixed =
        assertThrows(IllegalArgumentException.class, () -> Metric.common(List.of(errors, sum)));
    assertTrue(mixed.getMessage().contains("are not compared"), mixed.getMessage());
  }

  @Test
  void aFailureAfterAResultDoesNotTakeItAway() {
    RunRecord done = RunLogTest.run("1", 0, RunOutcome.Completed.of(List.of(9.0)));
    RunRecord failed = RunLogTest.run("1", 0, new RunOutcome.Failed("killed"));
    Population population =
        Populations.of("log", Stream.of(failed, done, failed), ErrorKind.MIN).population();
    assertEquals(OptionalDouble.of(9), population.models().get(0).testError());
  }

  @Test
  void theFirstRunCanStandForAll() {
    assertEquals(
        List.of(
            model("a", 6.083333, 3),
            model("a~1", 10, 1),
            model("c", Double.NaN, 1),
            model("d", Double.NaN, 1)),
        collected(Reruns.FIRST).models(90));
  }

  @Test
  void everyRunCanBeAModel() {
    ModelCollector models = collected(Reruns.ALL);
    assertEquals(6, models.models(90).size());
    assertEquals(0, models.merged());
  }

  @Test
  void theValidatedErrorIsThatOfTheFirstEpochOfLeastValidationError() {
    RunRecord plain = RunLogTest.run("1", 0, RunOutcome.Completed.of(List.of(9.0, 7.0, 8.0)));
    double[] validation = {20, 15, 15};
    double[] test = {9, 8, 7};
    List<EpochResult> epochs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      epochs.add(new EpochResult(i + 1, 1, 30, OptionalDouble.of(validation[i]), test[i], 1, 1));
    }
    RunRecord run =
        new RunRecord(
            plain.id(),
            plain.model(),
            plain.recipe(),
            RunOutcome.Completed.of(List.of(9.0, 8.0, 7.0)),
            epochs,
            plain.provenance());
    Population population = Populations.of("log", Stream.of(run), ErrorKind.VALIDATED).population();
    assertEquals(OptionalDouble.of(8), population.models().get(0).testError());
    assertEquals("validated", population.origin().error().label());
    List<EpochResult> without =
        epochs.stream()
            .map(e -> new EpochResult(e.epoch(), 1, 30, OptionalDouble.empty(), 9, 1, 1))
            .toList();
    RunRecord unheld =
        new RunRecord(
            plain.id(),
            plain.model(),
            plain.recipe(),
            RunOutcome.Completed.of(List.of(9.0, 9.0, 9.0)),
            without,
            plain.provenance());
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Populations.of("log", Stream.of(unheld), ErrorKind.VALIDATED));
    assertTrue(refused.getMessage().contains("held no images out"), refused.getMessage());
  }

  @Test
  void aLogBecomesAPopulation() {
    RunRecord good = RunLogTest.run("1", 0, RunOutcome.Completed.of(List.of(9.0, 7.0, 8.0)));
    RunRecord again = RunLogTest.run("2", 1, RunOutcome.Completed.of(List.of(9.0, 8.0)));
    RunRecord failed = RunLogTest.run("3", 2, new RunOutcome.Failed("killed"));
    RunRecord retried = RunLogTest.run("4", 3, new RunOutcome.Failed("killed"));
    RunRecord diverged = RunLogTest.run("4", 3, new RunOutcome.Diverged(2));
    Populations.Collected collected =
        Populations.of("log", Stream.of(good, again, failed, retried, diverged), ErrorKind.MIN);
    assertEquals(1, collected.circumstances().failed());
    assertEquals(1, collected.circumstances().diverged());
    assertEquals(2, collected.merged());
    assertEquals(
        List.of(
            new TrainedModel(
                "1",
                OptionalDouble.of((7.0 + 8.0 + 90) / 3),
                RecordedComplexity.of(good.model().complexity(), FlopsConvention.NDS),
                Optional.of(good.model().spec()),
                3)),
        collected.population().models());
    assertEquals(
        8.0,
        Populations.of("log", Stream.of(good), ErrorKind.LAST)
            .population()
            .models()
            .get(0)
            .testError()
            .getAsDouble());
  }

  @Test
  void thePopulationDoesNotDependOnWhichRunEndedFirst() {
    List<RunRecord> runs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RunRecord run = RunLogTest.run("run-" + i, i, RunOutcome.Completed.of(List.of(10.1 + 3 * i)));
      ArchitectureSpec spec =
          ArchitectureSpec.parse("vanilla cifar:16 | " + (1 + i % 5) + "x16 s1"); // some are reruns
      DrawnModel model = new DrawnModel(i, spec, spec.complexity(Task.CIFAR10));
      runs.add(
          new RunRecord(
              run.id(), model, run.recipe(), run.outcome(), run.epochs(), run.provenance()));
    }
    Population expected = Populations.of("log", runs.stream(), ErrorKind.MIN).population();
    assertEquals(
        List.of("run-0", "run-1", "run-2", "run-3", "run-4"),
        expected.models().stream().map(TrainedModel::id).toList());
    RandomStream random = SeedPath.root(1).generator();
    for (int trial = 0; trial < 50; trial++) {
      List<RunRecord> log = new ArrayList<>();
      for (RunRecord run : runs) {
        log.add(random.nextInt(log.size() + 1), run);
      }
      // given up at first, and tried again in the end
      log.add(0, RunLogTest.run("run-3", 3, new RunOutcome.Failed("killed")));
      assertEquals(expected, Populations.of("log", log.stream(), ErrorKind.MIN).population());
    }
  }

  @Test
  void thePopulationSaysWhereItComesFromButNotWhen() {
    RunRecord run = RunLogTest.run("1", 0, RunOutcome.Completed.of(List.of(9.0, 7.0)));
    RunRecord diverged = RunLogTest.run("2", 1, new RunOutcome.Diverged(1));
    RunRecord failed = RunLogTest.run("3", 2, new RunOutcome.Failed("killed"));
    Populations.Collected collected =
        Populations.of("log", Stream.of(run, diverged, failed), ErrorKind.MIN);
    assertEquals(
        "2 training runs with seed 42 by none 1 on cpu with 1 thread, recipe quick (r1), data set"
            + " cifar10 (d1), dsa 0.1.0",
        collected.population().origin().source());
    ProvenanceSummary circumstances = collected.circumstances();
    assertEquals(2, circumstances.results());
    assertEquals(1, circumstances.diverged());
    assertEquals(1, circumstances.failed());
    assertEquals(8.5, circumstances.trainingSeconds()); // of three epochs, one not evaluated
    assertEquals(List.of("linux"), circumstances.systems());
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), circumstances.firstStart());
    assertEquals(Instant.parse("2026-01-01T00:00:01.500Z"), circumstances.lastEnd());
  }

  @Test
  void runsOfTwoRecipesAreNotMixed() {
    RunRecord one = RunLogTest.run("1", 0, new RunOutcome.Diverged(1));
    RunRecord other = record(one, one.id(), "long");
    RunRecord otherId = record(one, new RunId("2"), "long");
    assertEquals(
        Optional.of("long"),
        Populations.of("log", Stream.of(one, other), ErrorKind.MIN).population().origin().recipe());
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> Populations.of("log", Stream.of(one, otherId), ErrorKind.MIN));
    assertTrue(fault.getMessage().contains("several recipes (quick, long)"), fault.getMessage());
  }

  private static RunRecord record(RunRecord like, RunId id, String recipe) {
    return new RunRecord(
        id, like.model(), recipe, like.outcome(), like.epochs(), like.provenance());
  }
}
