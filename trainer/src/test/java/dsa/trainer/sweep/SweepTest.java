package dsa.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.io.RunLog;
import dsa.core.io.Unfinished;
import dsa.core.run.DrawnModel;
import dsa.core.run.ErrorKind;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.engine.EngineException;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sweep of days that one bad network stops, that trains a network twice, or that forgets one, is
 * found out when the population is compared, if at all.
 */
final class SweepTest {

  private static final int MODELS = 6;

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temporary.resolve("runs");
  }

  /** What a sweep said. */
  private static final class Listener implements SweepListener {
    final List<RunRecord> runs = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<SweepProgress> ticks = new ArrayList<>();
    Runnable afterFirst = () -> {};

    @Override
    public void logged(RunRecord run, SweepProgress progress) {
      runs.add(run);
      if (runs.size() == 1) {
        afterFirst.run();
      }
    }

    @Override
    public void note(String sentence) {
      notes.add(sentence);
    }

    @Override
    public void tick(SweepProgress progress) {
      ticks.add(progress);
    }
  }

  private final Listener listener = new Listener();

  private SweepFolder begin(long seed) throws IOException {
    return begin(seed, 0, MODELS);
  }

  /** Of the networks from {@code from} to {@code to - 1}. */
  private SweepFolder begin(long seed, int from, int to) throws IOException {
    List<DrawnModel> models =
        IntStream.range(from, to)
            .mapToObj(
                i -> {
                  ArchitectureSpec spec =
                      ArchitectureSpec.parse("residual cifar:16 | " + (i + 1) + "x16 s1");
                  return new DrawnModel(10 * i, spec, spec.complexity(Task.CIFAR10));
                })
            .toList();
    Path file = temporary.resolve("architectures.jsonl");
    ArchitecturesFile.write(
        file,
        new ArchitecturesFile.Header("toy", Task.CIFAR10, 1, "none", false, to, 0, 0, to - from),
        models);
    return SweepFolder.begin(folder, file, TrainingRecipes.find("cpu-mini"), seed, "cifar10", "c1");
  }

  @Test
  void costsThatAreNotTheNetworksAreRefusedForTheyAreWhatComparisonsHoldFixed() throws IOException {
    begin(1);
    Path file = temporary.resolve("architectures.jsonl");
    String good = Files.readString(file);
    Path other = temporary.resolve("other");
    for (String bad :
        List.of(
            good.replaceFirst("\"params\":\\d+", "\"params\":7"),
            good.replace("\"cifar10\"", "\"imagenet\""))) {
      Files.writeString(file, bad);
      IOException refused =
          assertThrows(
              IOException.class,
              () ->
                  SweepFolder.begin(
                      other, file, TrainingRecipes.find("cpu-mini"), 1, "cifar10", "c1"));
      assertTrue(refused.getMessage().startsWith(file + ":"), refused.getMessage());
    }
    assertFalse(Files.exists(other));
  }

  @Test
  void filesOfTheUsersOwnAreNotReplaced() throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("architectures.jsonl", "recipe.yaml", "status.json", "lock")) {
      Path own = Files.writeString(folder.resolve(name), "# mine\n");
      FileSystemException refused = assertThrows(FileSystemException.class, () -> begin(1));
      assertEquals(own.toString(), refused.getFile());
      assertEquals("is there already and no sweep's; give another folder", refused.getReason());
      assertEquals("# mine\n", Files.readString(own));
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(List.of(own), files.toList(), "nothing is written");
      }
      Files.delete(own);
    }
  }

  @Test
  void aFolderIsMadeByOneAtATime() throws IOException {
    SweepFolder held = begin(1);
    Files.delete(folder.resolve("sweep.json")); // as it is until the end
    try (SweepFolder.Lock lock = held.lock()) {
      assertThrows(FileSystemException.class, () -> begin(2));
    }
    assertEquals(2, begin(2).plan().seed());
    assertThrows(IllegalArgumentException.class, () -> begin(1));
  }

  @Test
  void aBeginningThatWasInterruptedIsMadeGood() throws Exception {
    begin(1);
    Files.delete(folder.resolve("sweep.json"));
    assertEquals(MODELS, run("well").done());
    Files.delete(folder.resolve("runs.jsonl"));
    Files.delete(folder.resolve("sweep.json"));
    Files.delete(folder.resolve("recipe.yaml"));
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  private Sweep sweep(SweepFolder sweepFolder, String mode, int workers, double timeout) {
    return sweep(sweepFolder, mode, workers, timeout, () -> Instant.EPOCH);
  }

  private Sweep sweep(
      SweepFolder sweepFolder, String mode, int workers, double timeout, InstantSource clock) {
    return new Sweep(
        sweepFolder,
        new SweepSettings(
            workers,
            1,
            timeout > 0
                ? Optional.of(Duration.ofMillis(Math.round(timeout * 1000)))
                : Optional.empty(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeWorker.class.getName(),
                folder.toString(),
                mode),
            Map.of(),
            List.of()),
        "test",
        listener,
        clock,
        System::nanoTime);
  }

  private SweepProgress run(String mode) throws IOException, InterruptedException {
    return sweep(begin(1), mode, 2, 0).run();
  }

  private List<RunRecord> log() throws IOException {
    return SweepFolder.open(folder).log().read().runs();
  }

  private void assertWhole() throws IOException {
    List<String> ids =
        log().stream()
            .filter(run -> run.outcome() instanceof RunOutcome.Completed)
            .map(run -> run.id().value())
            .sorted()
            .toList();
    assertEquals(
        List.of("toy-0000", "toy-0010", "toy-0020", "toy-0030", "toy-0040", "toy-0050"), ids);
  }

  @Test
  void everyNetworkIsTrainedOnceAndTheSameCallDoesNothingMore() throws Exception {
    SweepProgress progress = run("well");
    assertEquals(MODELS, progress.done());
    assertEquals(OptionalDouble.of(50), progress.bestErrorPct());
    assertEquals(MODELS, listener.runs.size());
    assertWhole();
    assertEquals(MODELS, run("crash").done()); // no worker is even started
    assertEquals(MODELS, log().size());
  }

  @Test
  void aNetworkThatCrashesItsWorkerIsTriedAgain() throws Exception {
    assertEquals(MODELS, run("once-crash").done());
    assertWhole();
    assertEquals(
        List.of(
            "training with fake 1 on cpu X, 2 workers of 1 thread",
            "toy-0020: its worker was aborted by native code (exit code 134): terminate called;"
                + " it is tried again"),
        listener.notes);
  }

  @Test
  void whereNativeCodeCrashedIsSaid() throws Exception {
    assertEquals(MODELS, run("once-fault").done());
    assertTrue(
        listener
            .notes
            .get(1)
            .startsWith(
                "toy-0020: its worker crashed in native code, C [libdnnl.so+0x123] conv+0x7;"
                    + " worker-crash-"),
        listener.notes.toString());
  }

  @Tag("slow")
  @Test
  void theTimeLeftIsKnownAfterTheFirstEpoch() throws Exception {
    sweep(begin(1), "epochs", 1, 0).run();
    List<SweepProgress> early = listener.ticks.stream().filter(tick -> tick.done() == 0).toList();
    assertEquals(OptionalDouble.empty(), early.get(0).secondsLeft());
    double left = early.get(early.size() - 1).secondsLeft().orElseThrow();
    // networks of 1 to 6 blocks, the first of which takes 0.6 seconds
    assertTrue(left > 1 && left < 60, "seconds left: " + left);
  }

  @Tag("slow")
  @Test
  void oneThatAlwaysDoesIsOneFailureAndMayWorkAnotherDay() throws Exception {
    SweepProgress progress = run("crash");
    assertEquals(MODELS - 1, progress.done());
    assertEquals(1, progress.failed());
    List<RunOutcome> failures =
        log().stream()
            .map(RunRecord::outcome)
            .filter(outcome -> outcome instanceof RunOutcome.Failed)
            .toList();
    assertEquals(
        List.of(
            new RunOutcome.Failed(
                "its worker was aborted by native code (exit code 134): terminate called"
                    + " (2 attempts)")),
        failures);
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Tag("slow")
  @Test
  void anEnginesFailureIsRetriedInAFreshWorkerAndARefusalIsFinal() throws Exception {
    assertEquals(MODELS, run("once-fail").done());
    assertEquals(
        "toy-0020: libtorch ran out of memory: too big; it is tried again", listener.notes.get(1));
    assertWhole();
    folder = temporary.resolve("others");
    assertEquals(1, run("refuse").failed());
    assertTrue(
        log().stream()
            .anyMatch(run -> run.outcome().equals(new RunOutcome.Failed("no engine builds this"))));
  }

  @Test
  void aClockSetBackEndsNoSweep() throws Exception {
    AtomicLong now = new AtomicLong(1_000_000);
    InstantSource backwards = () -> Instant.ofEpochSecond(now.getAndDecrement());
    SweepProgress progress = sweep(begin(1), "refuse", 1, 0, backwards).run();
    assertEquals(MODELS - 1, progress.done());
    assertEquals(1, progress.failed());
  }

  @Tag("slow")
  @Test
  void aNetworkThatHangsIsGivenUpAfterItsTime() throws Exception {
    SweepProgress progress = sweep(begin(1), "hang", 2, 1.5).run();
    assertEquals(MODELS - 1, progress.done());
    assertEquals(1, progress.failed());
    assertTrue(
        log().stream()
            .anyMatch(
                run ->
                    run.outcome() instanceof RunOutcome.Failed failed
                        && failed.reason().startsWith("took longer than the time limit")));
  }

  @Tag("slow")
  @Test
  void workersThatCannotTrainAtAllEndTheSweepInOneSentence() throws Exception {
    EngineException mute = assertThrows(EngineException.class, () -> run("mute"));
    assertEquals(
        "workers end before they can train: its worker ended with exit code 7: no engine here",
        mute.getMessage());
    EngineException useless = assertThrows(EngineException.class, () -> run("useless"));
    assertEquals("no engine can train as asked", useless.getMessage());
    assertEquals(List.of(), log());
  }

  @Test
  void runsOfTwoEnginesAreNotMixed() throws Exception {
    SweepFolder sweepFolder = begin(1);
    Sweep sweep = sweep(sweepFolder, "slow", 1, 0);
    listener.afterFirst = sweep::stop;
    sweep.run();
    EngineException mixed = assertThrows(EngineException.class, () -> run("other"));
    assertTrue(
        mixed
            .getMessage()
            .contains(
                "holds runs of fake 1 on cpu with 1 thread, and would go on with other 2 on cpu"),
        mixed.getMessage());
  }

  @Test
  void aSweepThatIsStoppedGoesOnWhereItWas() throws Exception {
    Sweep sweep = sweep(begin(1), "slow", 2, 0);
    listener.afterFirst = sweep::stop;
    SweepProgress stopped = sweep.run();
    assertTrue(stopped.done() >= 1 && stopped.done() < MODELS, stopped.toString());
    assertEquals(MODELS, run("well").done());
    assertWhole();
    assertEquals(MODELS, log().size());
  }

  @Test
  void twoSupervisorsExcludeEachOther() throws Exception {
    SweepFolder sweepFolder = begin(1);
    try (SweepFolder.Lock lock = sweepFolder.lock()) {
      FileSystemException failure = assertThrows(FileSystemException.class, () -> run("well"));
      assertTrue(
          failure
              .getReason()
              .startsWith(
                  "is being trained by process " + ProcessHandle.current().pid() + " already"),
          failure.getMessage());
    }
    assertEquals(MODELS, run("well").done());
  }

  @Test
  void anotherPlanIsRefusedAndChangedFilesToo() throws Exception {
    run("well");
    IllegalArgumentException other = assertThrows(IllegalArgumentException.class, () -> begin(2));
    assertEquals(
        folder
            + " holds another sweep: this one has seed 2 instead of 1; give the same arguments to"
            + " go on, or another folder",
        other.getMessage());
    Path recipe = folder.resolve("recipe.yaml");
    Files.writeString(recipe, Files.readString(recipe).replace("epochs: 3", "epochs: 4"));
    IOException changed = assertThrows(IOException.class, () -> SweepFolder.open(folder));
    assertTrue(changed.getMessage().contains("has been changed"), changed.getMessage());
    assertThrows(IllegalArgumentException.class, () -> SweepFolder.open(temporary));
  }

  @Test
  void aSweepGrowsByNetworksBehindItsOwn() throws Exception {
    sweep(begin(1, 0, 3), "well", 2, 0).run();
    List<RunRecord> before = log();
    assertEquals(3, before.size());
    SweepFolder grown = begin(1, 0, MODELS);
    assertEquals(MODELS - 3, grown.added());
    assertEquals(MODELS, SweepFolder.open(folder).models().size());
    assertEquals(MODELS, sweep(grown, "well", 2, 0).run().done());
    assertWhole();
    assertEquals(before, log().subList(0, 3), "nothing is trained again");
    assertEquals(0, begin(1, 0, MODELS).added());
  }

  @Tag("slow")
  @Test
  void aGrowthThatWasInterruptedIsMadeGood() throws Exception {
    sweep(begin(1, 0, 3), "well", 2, 0).run();
    String plan = Files.readString(folder.resolve("sweep.json"));
    begin(1, 0, MODELS);
    Files.writeString(folder.resolve("sweep.json"), plan); // the networks are there, the plan not
    assertThrows(IOException.class, () -> SweepFolder.open(folder));
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Tag("slow")
  @Test
  void aSweepCanBeReadWhereverItsGrowthWasInterrupted() throws Exception {
    sweep(begin(1, 0, 3), "well", 2, 0).run();
    Path networks = folder.resolve("architectures.jsonl");
    Path next = folder.resolve("architectures.next.jsonl");
    Path plan = folder.resolve("sweep.json");
    String fewNetworks = Files.readString(networks);
    String fewPlanned = Files.readString(plan);
    begin(1, 0, MODELS);
    String manyPlanned = Files.readString(plan);
    assertFalse(Files.exists(next));
    for (int models : new int[] {3, MODELS}) { // before the plan was written, and after
      Files.writeString(next, Files.readString(temporary.resolve("architectures.jsonl")));
      Files.writeString(networks, fewNetworks);
      Files.writeString(plan, models == 3 ? fewPlanned : manyPlanned);
      assertEquals(models, SweepFolder.open(folder).models().size());
      assertEquals(0, begin(1, 0, models).added());
      assertFalse(Files.exists(next), "the same command makes it good");
      assertEquals(models, SweepFolder.open(folder).models().size());
      begin(1, 0, MODELS);
    }
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Test
  void aSweepGrowsByNothingElse() throws Exception {
    begin(1, 0, 3);
    assertEquals(
        folder
            + " holds a sweep of 3 networks that are not the first of these 5; to add some draw"
            + " with the same seed and limits, or give another folder",
        assertThrows(IllegalArgumentException.class, () -> begin(1, 1, 6)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> begin(2, 0, 5));
    IllegalArgumentException fewer =
        assertThrows(IllegalArgumentException.class, () -> begin(1, 0, 2));
    assertTrue(fewer.getMessage().contains("holds another sweep"), fewer.getMessage());
    SweepFolder held = SweepFolder.open(folder);
    assertEquals(3, held.models().size(), "nothing has changed");
    try (SweepFolder.Lock lock = held.lock()) {
      assertThrows(FileSystemException.class, () -> begin(1, 0, 5));
    }
    assertEquals(3, SweepFolder.open(folder).models().size());
  }

  @Tag("slow")
  @Test
  void aLogThatCannotBeWrittenStopsTheSweep() throws Exception {
    SweepFolder sweepFolder = begin(1);
    listener.afterFirst =
        () -> {
          try {
            Files.move(folder.resolve("runs.jsonl"), folder.resolve("kept.jsonl"));
            Files.createDirectory(folder.resolve("runs.jsonl"));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    assertThrows(IOException.class, () -> sweep(sweepFolder, "slow", 1, 0).run());
    Files.delete(folder.resolve("runs.jsonl"));
    Files.move(folder.resolve("kept.jsonl"), folder.resolve("runs.jsonl"));
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Tag("slow")
  @Test
  void howFarItIsCanBeSeenFromOutside() throws Exception {
    Sweep sweep = sweep(begin(1), "slow", 1, 0);
    List<SweepStatus> seen = new ArrayList<>();
    listener.afterFirst =
        () -> {
          try {
            seen.add(SweepStatus.of(SweepFolder.open(folder), Instant.EPOCH));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    sweep.run();
    assertEquals(1, seen.get(0).progress().done());
    assertEquals(Optional.of(ProcessHandle.current().pid()), seen.get(0).supervisor());
    SweepStatus later = SweepStatus.of(SweepFolder.open(folder), Instant.EPOCH.plusSeconds(3600));
    assertEquals(Optional.empty(), later.supervisor());
    assertEquals(MODELS, later.progress().done());
    assertEquals(OptionalDouble.of(50), later.progress().bestErrorPct());
  }

  /** Runs a sweep and does something to its files after the first result. */
  private IOException disturbed(Disturbance disturbance) throws IOException {
    SweepFolder sweepFolder = begin(1);
    listener.afterFirst =
        () -> {
          try {
            disturbance.happen();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    return assertThrows(IOException.class, () -> sweep(sweepFolder, "slow", 1, 0).run());
  }

  /** What befalls a sweep. */
  private interface Disturbance {
    void happen() throws IOException;
  }

  private static List<String> completedIn(Path log) throws IOException {
    return RunLog.at(log).read().runs().stream().map(run -> run.id().value()).toList();
  }

  @Tag("slow")
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLogThatIsDeletedIsNoticedAndItsRunsAreKept() throws Exception {
    Path log = folder.resolve("runs.jsonl");
    IOException lost = disturbed(() -> Files.delete(log));
    Path kept = folder.resolve("runs.recovered.jsonl");
    assertEquals(
        log
            + ": was removed or changed while the sweep was trained; its runs are in "
            + kept
            + ": move that file back to go on",
        lost.getMessage());
    assertEquals(List.of("toy-0000", "toy-0010"), completedIn(kept));
    Files.move(kept, log);
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLogThatAnotherProcessWritesToIsNoticed() throws Exception {
    Path log = folder.resolve("runs.jsonl");
    disturbed(() -> Files.writeString(log, Files.readString(log), StandardOpenOption.APPEND));
    assertEquals(
        List.of("toy-0000", "toy-0010"), completedIn(folder.resolve("runs.recovered.jsonl")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatIsRemovedIsNoticedAndItsRunsAreKeptBesideIt() throws Exception {
    IOException lost = disturbed(() -> Unfinished.delete(folder));
    Path kept = temporary.resolve("runs.recovered.jsonl");
    assertEquals(
        folder + ": was removed while the sweep was trained; its runs are in " + kept,
        lost.getMessage());
    assertTrue(completedIn(kept).contains("toy-0000"), completedIn(kept).toString());
    assertFalse(Files.exists(folder));
  }

  @Tag("slow")
  @Test
  void aPlanThatIsRemovedIsWrittenAgain() throws Exception {
    IOException lost = disturbed(() -> Files.delete(folder.resolve("sweep.json")));
    assertTrue(lost.getMessage().contains("its plan was removed"), lost.getMessage());
    assertEquals(List.of("toy-0000", "toy-0010"), completedIn(folder.resolve("runs.jsonl")));
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Tag("slow")
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderWhoseLockIsGoneIsNotWrittenTo() throws Exception {
    IOException lost = disturbed(() -> Files.delete(folder.resolve("lock")));
    assertTrue(lost.getMessage().contains("another process may train it"), lost.getMessage());
    assertEquals(List.of("toy-0000"), completedIn(folder.resolve("runs.jsonl")));
    assertEquals(MODELS, run("well").done());
    assertWhole();
  }

  @Test
  void damageIsNoticedThoughNothingIsLeftToTrain() throws Exception {
    run("well");
    for (String name : List.of("recipe.yaml", "architectures.jsonl")) {
      Path file = folder.resolve(name);
      String good = Files.readString(file);
      Files.writeString(file, good.replace("epochs: 3", "epochs: 4").replace("4x16", "5x16"));
      IOException changed = assertThrows(IOException.class, () -> begin(1), name);
      assertTrue(changed.getMessage().startsWith(file + ": has been changed"), name);
      Files.writeString(file, good);
    }
    assertEquals(MODELS, run("well").done());
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"params\":; \"params\":1; params",
        "\"index\":30; \"index\":31; index 31 instead of 30",
        "\"seed\":1; \"seed\":2; seed 2 instead of 1",
        "| 4x16; | 5x16; architecture",
        "toy-0030; toy-0031; id toy-0031 of no network of the sweep",
        "\"recipe\":\"cpu-mini\"; \"recipe\":\"nds\"; recipe nds instead of cpu-mini",
      })
  void aLogWithRunsOfAnotherPlanIsRefused(String is, String edited, String fault) throws Exception {
    run("well");
    Path log = folder.resolve("runs.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("toy-0030")) {
        lines.set(i, lines.get(i).replace(is, edited));
      }
    }
    Files.write(log, lines);
    IOException refused = assertThrows(IOException.class, () -> SweepFolder.open(folder).runs());
    assertTrue(refused.getMessage().startsWith(log + ":"), refused.getMessage());
    assertTrue(refused.getMessage().contains(fault), refused.getMessage());
    assertThrows(IOException.class, () -> run("well"));
  }

  @Test
  void aResultOutlivesALaterFailure() throws Exception {
    run("well");
    RunRecord result = log().get(0);
    SweepFolder sweepFolder = SweepFolder.open(folder);
    sweepFolder
        .log()
        .append(
            new RunRecord(
                result.id(),
                result.model(),
                result.recipe(),
                new RunOutcome.Failed("no"),
                List.of(),
                result.provenance()));
    assertEquals(MODELS, SweepStatus.of(sweepFolder, Instant.EPOCH).progress().done());
    assertEquals(MODELS, sweepFolder.collect(ErrorKind.MIN).population().models().size());
    assertEquals(MODELS, run("crash").done(), "nothing is trained again");
  }

  @Test
  void aSpaceWhoseNameIsTooLongForFilesIsRefusedAtTheStart() throws IOException {
    begin(1);
    Path file = temporary.resolve("architectures.jsonl");
    for (int length : new int[] {200, 201}) {
      Files.writeString(
          file,
          Files.readString(file)
              .replaceFirst("\"toy+\"", '"' + "to" + "y".repeat(length - 2) + '"'));
      Path other = temporary.resolve("long-" + length);
      if (length == 200) {
        SweepFolder.begin(other, file, TrainingRecipes.find("cpu-mini"), 1, "cifar10", "c1");
      } else {
        IllegalArgumentException refused =
            assertThrows(
                IllegalArgumentException.class,
                () ->
                    SweepFolder.begin(
                        other, file, TrainingRecipes.find("cpu-mini"), 1, "cifar10", "c1"));
        assertTrue(refused.getMessage().contains("201 characters"), refused.getMessage());
        assertFalse(Files.exists(other));
      }
    }
  }
}
