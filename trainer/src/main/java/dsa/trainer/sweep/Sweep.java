package dsa.trainer.sweep;

import dsa.core.arch.CellSpec;
import dsa.core.complexity.Complexity;
import dsa.core.io.AtomicFile;
import dsa.core.io.RunLog;
import dsa.core.run.DrawnModel;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineException;
import dsa.trainer.process.CodeVersion;
import dsa.trainer.process.EngineProbe;
import dsa.trainer.process.WorkerMessage;
import dsa.trainer.process.WorkerSetup;
import dsa.trainer.pytorch.PythonFiles;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The side of a sweep that supervises: hands the networks that the log lacks to worker processes,
 * logs what they come to, and survives whatever happens to them. A run that crashes, fails or takes
 * too long is tried again from its last checkpoint, then given up: one line in the log, and the
 * sweep goes on. Going on after an interruption of any kind is the same call.
 */
public final class Sweep {

  private static final long TICK_MILLIS = 1000;
  private static final long STATUS_NANOS = 2_000_000_000L;
  private static final int FALSE_STARTS = 3;
  private static final double STARTING_SECONDS = 600;

  private final SweepFolder folder;
  private final SweepSettings settings;
  private final String codeVersion;
  private final SweepListener listener;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final TimeLeft timeLeft = new TimeLeft();
  private final List<WorkerSlot> slots = new ArrayList<>();
  private SweepLog log;
  private NetworkQueue queue;
  private SweepTally tally = SweepTally.NONE;
  private Optional<WorkerSetup> trainedWith = Optional.empty();
  private int falseStarts;
  private long statusAt = Long.MIN_VALUE;
  private boolean saidWho;
  private boolean ending;
  private IOException broken;
  private EngineException useless;

  /**
   * The sweep of some networks in {@code folder}, begun there, going on, or growing by those behind
   * the ones that it has. Nothing is trained before {@link #run}.
   *
   * @param networks to train
   * @param recipe to train them by
   * @param options how
   * @param listener told how it goes, from now on
   * @throws IllegalArgumentException if the folder holds another sweep, more workers were asked for
   *     than may train at once, or there are fewer images than the recipe takes
   * @throws EngineException if no engine can train as asked
   * @throws IOException if a file cannot be read or written, in one sentence
   */
  public static Sweep begin(
      Path folder,
      SweepNetworks networks,
      TrainingRecipe recipe,
      SweepOptions options,
      SweepListener listener)
      throws IOException {
    SweepImages images = SweepImages.read(options.imageFolder(), recipe);
    DeviceKind device = options.engine().resolved(EngineProbe.withDefaults(), listener::note);
    return begin(folder, networks, recipe, images, device, options, listener);
  }

  /** The same of images and a device that were found out. */
  public static Sweep begin(
      Path folder,
      SweepNetworks networks,
      TrainingRecipe recipe,
      SweepImages images,
      DeviceKind device,
      SweepOptions options,
      SweepListener listener)
      throws IOException {
    options.engine().check(device, recipe.precision());
    int workers = options.workers().orElse(options.engine().defaultWorkers(device));
    if (workers > options.engine().mostWorkers(device)) {
      throw new IllegalArgumentException(
          workers + " workers are more than " + options.engine().mostWorkers(device));
    }
    if (options.engine().isPytorch()) {
      PythonFiles.checkFree(folder);
    }
    SweepFolder sweep =
        SweepFolder.begin(
            folder,
            networks,
            recipe,
            options.seed().orElse(networks.header().seed()),
            images.dataset(),
            images.checksum());
    if (options.engine().isPytorch()) {
      sweep.prepareForPython();
    }
    remarks(sweep).forEach(listener::note);
    return new Sweep(
        sweep,
        SweepSettings.of(options, folder, images, device, workers),
        CodeVersion.text(),
        listener,
        InstantSource.system(),
        System::nanoTime);
  }

  /** The sweep that a folder holds, to go on. See {@link #begin}. */
  public static Sweep resume(Path folder, SweepOptions options, SweepListener listener)
      throws IOException {
    SweepFolder sweep = SweepFolder.open(folder);
    return begin(
        folder,
        sweep.networks(),
        sweep.recipe(),
        options.withSeed(options.seed().orElse(sweep.plan().seed())),
        listener);
  }

  /** What should be known before it begins. */
  private static List<String> remarks(SweepFolder sweep) {
    List<String> remarks = new ArrayList<>();
    if (sweep.added() > 0) {
      remarks.add(
          sweep.folder()
              + " grows by "
              + number(sweep.added(), "network")
              + " to "
              + sweep.models().size());
    }
    int auxiliary =
        (int)
            sweep.models().stream()
                .filter(model -> model.spec() instanceof CellSpec cells && cells.auxiliary())
                .count();
    if (auxiliary > 0) {
      remarks.add(
          "auxiliary classifiers, of "
              + number(auxiliary, "network")
              + ", count in params and flops but take no part in training");
    }
    return remarks;
  }

  /**
   * A sweep that has not begun.
   *
   * @param folder what is to be trained, and where it is kept
   * @param settings how
   * @param codeVersion of this program, for the provenance of failed runs
   * @param listener told how it goes
   * @param clock for the provenance of failed runs
   * @param nanoTime for durations
   */
  Sweep(
      SweepFolder folder,
      SweepSettings settings,
      String codeVersion,
      SweepListener listener,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.folder = folder;
    this.settings = settings;
    this.codeVersion = codeVersion;
    this.listener = listener;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains what the log lacks. Runs given up earlier are tried again.
   *
   * @return how it stands at the end; less than all is done if it was stopped
   * @throws java.nio.file.FileSystemException if another sweep has the folder, or the folder, its
   *     plan or its log was removed or changed meanwhile
   * @throws IOException if the log cannot be written; what was logged before is safe
   * @throws EngineException if workers cannot train at all, in one sentence
   */
  public SweepProgress run() throws IOException, InterruptedException {
    try (SweepFolder.Lock lock = folder.lock()) {
      takeStock();
      try (SweepLog opened = SweepLog.open(folder, lock)) {
        log = opened;
        supervise();
        keepWhatCameLate();
        checkAtEnd();
      }
    }
    if (broken != null) {
      throw broken;
    }
    if (useless != null) {
      throw useless;
    }
    return progress();
  }

  /** Whatever else went wrong, what is logged should be there. */
  private void checkAtEnd() {
    try {
      log.checkAtEnd();
    } catch (IOException e) {
      if (broken != null) {
        e.addSuppressed(broken);
      }
      broken = e;
    }
  }

  private void supervise() throws IOException, InterruptedException {
    try {
      int workers = Math.min(settings.workers(), queue.places().size());
      for (int i = 0; i < workers; i++) {
        WorkerSlot slot = new WorkerSlot(i + 1);
        start(slot);
        slots.add(slot);
      }
      while (!finished() && !stopping.get() && broken == null && useless == null) {
        Runnable event = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
          event.run();
        }
        checkTimes();
        tell();
      }
    } finally {
      dismissAll();
      Files.deleteIfExists(folder.status());
    }
  }

  /** What is trained, and where it is kept. */
  public SweepFolder folder() {
    return folder;
  }

  /** Asks a running sweep to end soon: runs in progress go on from their checkpoints next time. */
  public void stop() {
    stopping.set(true);
    events.add(() -> {});
  }

  private boolean finished() {
    return queue.isEmpty() && slots.stream().allMatch(slot -> slot.attempt().isEmpty());
  }

  private void takeStock() throws IOException {
    RunLog.Contents contents = folder.runs();
    contents.warning().ifPresent(listener::note);
    Map<RunId, RunRecord> latest = contents.latest();
    List<Integer> pending = new ArrayList<>();
    for (int i = 0; i < folder.models().size(); i++) {
      DrawnModel model = folder.models().get(i);
      RunRecord run = latest.get(folder.id(model));
      if (run == null || !run.hasResult()) {
        pending.add(i);
      } else {
        count(run);
        trainedWith = Optional.of(WorkerSetup.of(run.provenance()));
        folder.checkpoint(model).delete();
      }
    }
    queue = new NetworkQueue(pending, settings.retries());
  }

  private void count(RunRecord run) {
    tally = tally.with(run);
    if (run.outcome() instanceof RunOutcome.Completed) {
      timeLeft.add(run.model().complexity(), run.seconds());
    }
  }

  /** Runs that came to a result while the sweep was being stopped. */
  private void keepWhatCameLate() {
    ending = true;
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  private void start(WorkerSlot slot) throws IOException {
    slot.started(
        WorkerProcess.start(
            settings,
            slot.number(),
            folder.workerLog(slot.number()),
            line -> events.add(() -> heard(slot, line)),
            () -> events.add(() -> ended(slot))),
        nanoTime.getAsLong());
  }

  private void heard(WorkerSlot slot, String line) {
    Optional<WorkerMessage> message = WorkerMessage.parse(line);
    if (message.isEmpty()) {
      return; // native libraries speak too
    }
    try {
      if (message.get() instanceof WorkerMessage.Result result) {
        ended(slot, result.run());
      } else if (!ending) {
        told(slot, message.get());
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    if (broken == null) {
      broken = e;
    } else {
      broken.addSuppressed(e);
    }
  }

  private void told(WorkerSlot slot, WorkerMessage message) throws IOException {
    if (message instanceof WorkerMessage.Ready ready) {
      if (slot.setup().isEmpty()) {
        ready(slot, ready.setup());
      }
    } else if (message instanceof WorkerMessage.Unable unable) {
      if (slot.setup().isEmpty()) {
        lose(slot, unable.reason());
      }
    } else if (message instanceof WorkerMessage.Warning warning) {
      listener.note(warning.sentence());
    } else if (message instanceof WorkerMessage.StepDone step) {
      slot.attemptAt(step.place()).ifPresent(attempt -> attempt.heard(step));
    } else if (message instanceof WorkerMessage.EpochDone epoch) {
      slot.attemptAt(epoch.place())
          .ifPresent(attempt -> attempt.heard(epoch, nanoTime.getAsLong()));
    } else if (message instanceof WorkerMessage.Failed failed) {
      if (slot.attemptAt(failed.place()).isPresent()) {
        retryOrGiveUp(slot, failed.reason());
        slot.worker().kill(); // what an engine failed in is not to be trusted, nor waited for
      }
    } else if (message instanceof WorkerMessage.Refused refused) {
      if (slot.attemptAt(refused.place()).isPresent()) {
        giveUp(slot, refused.reason());
        next(slot);
      }
    } else {
      throw new AssertionError(message);
    }
  }

  /** Goes on without a worker that cannot train, unless it is the last. */
  private void lose(WorkerSlot slot, String reason) {
    slot.giveUp();
    if (slots.stream().anyMatch(WorkerSlot::hopeful)) {
      listener.note("worker " + slot.number() + " is given up: " + reason);
    } else {
      useless = new EngineException(reason, false, null);
    }
  }

  private void ready(WorkerSlot slot, WorkerSetup setup) {
    if (trainedWith.isPresent() && !trainedWith.get().fits(setup)) {
      lose(
          slot,
          folder.folder()
              + " holds runs of "
              + trainedWith.get().inWords()
              + ", and would go on with "
              + setup.inWords()
              + "; a population is trained one way throughout: give the same engine, device"
              + " and number of threads, or another folder");
      slot.worker().dismiss();
      return;
    }
    trainedWith = Optional.of(setup);
    if (!saidWho) {
      saidWho = true;
      listener.note(
          "training with "
              + setup.engine()
              + " on "
              + setup.device()
              + ", "
              + number(slots.size(), "worker")
              + " of "
              + number(setup.threads(), "thread"));
    }
    slot.ready(setup);
    falseStarts = 0;
    next(slot);
  }

  private static String number(int count, String of) {
    return count + " " + of + (count == 1 ? "" : "s");
  }

  private void next(WorkerSlot slot) {
    slot.idle();
    if (ending || slot.killedFor().isPresent()) {
      return; // on its way out
    }
    Optional<Integer> place = queue.next();
    if (place.isEmpty()) {
      slot.worker().dismiss();
      return;
    }
    slot.train(new Attempt(place.get(), folder.recipe().epochs(), now(), nanoTime.getAsLong()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private DrawnModel model(Attempt attempt) {
    return folder.models().get(attempt.place());
  }

  /** A worker's attempt came to a result. */
  private void ended(WorkerSlot slot, RunRecord run) throws IOException {
    if (slot.attempt().isEmpty()
        || !run.id().equals(folder.id(model(slot.attempt().get())))
        || !run.hasResult()) {
      return;
    }
    Optional<String> fault = folder.fault(run);
    if (fault.isPresent()) {
      retryOrGiveUp(slot, "its worker gave the record of another run: " + fault.get());
      slot.worker().kill();
      return;
    }
    log.append(run);
    folder.checkpoint(run.model()).delete();
    count(run);
    next(slot);
    listener.logged(run, progress());
  }

  private void retryOrGiveUp(WorkerSlot slot, String reason) throws IOException {
    if (slot.attempt().isEmpty()) {
      return;
    }
    Attempt attempt = slot.attempt().get();
    Optional<String> givenUpFor = queue.failed(attempt.place(), reason);
    if (givenUpFor.isPresent()) {
      giveUp(slot, givenUpFor.get());
      return;
    }
    listener.note(folder.id(model(attempt)) + ": " + reason + "; it is tried again");
    slot.idle();
  }

  /** Logs a run as failed. */
  private void giveUp(WorkerSlot slot, String reason) throws IOException {
    if (slot.attempt().isEmpty()) {
      return;
    }
    Attempt attempt = slot.attempt().get();
    RunRecord run =
        folder.record(
            model(attempt),
            new RunOutcome.Failed(reason),
            List.of(),
            slot.setup().orElseThrow(),
            codeVersion,
            attempt.start(),
            now());
    log.append(run);
    tally = tally.with(run);
    slot.idle();
    listener.logged(run, progress());
  }

  /** A worker's process has ended. */
  private void ended(WorkerSlot slot) {
    try {
      if (ending || stopping.get() || broken != null || useless != null || slot.givenUp()) {
        return;
      }
      if (slot.setup().isEmpty()) {
        falseStarts++;
        if (falseStarts >= FALSE_STARTS) {
          lose(slot, "workers end before they can train: " + slot.worker().end());
          return;
        }
      }
      if (slot.attempt().isPresent()) {
        if (slot.killedFor().isEmpty() && slot.worker().askedToEnd()) {
          queue.putBack(slot.attempt().get().place()); // nobody's failure
          slot.idle();
        } else {
          retryOrGiveUp(slot, slot.killedFor().orElseGet(slot.worker()::end));
        }
      }
      if (!queue.isEmpty()) {
        start(slot);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void checkTimes() {
    long nanos = nanoTime.getAsLong();
    for (WorkerSlot slot : slots) {
      if (slot.setup().isEmpty() && !slot.givenUp() && slot.seconds(nanos) > STARTING_SECONDS) {
        slot.worker().kill();
      }
      if (settings.timeout().isPresent()
          && slot.attempt().isPresent()
          && slot.killedFor().isEmpty()
          && slot.attempt().get().seconds(nanos) > settings.timeout().get().toMillis() / 1000.0) {
        slot.killFor(
            "took longer than the time limit of " + settings.timeout().get().toSeconds() + " s");
      }
    }
  }

  private void tell() {
    listener.tick(progress());
    if (statusAt == Long.MIN_VALUE || nanoTime.getAsLong() - statusAt > STATUS_NANOS) {
      writeStatus();
    }
  }

  private void writeStatus() {
    statusAt = nanoTime.getAsLong();
    try {
      if (Files.exists(folder.folder())) {
        AtomicFile.writeText(
            folder.status(),
            SweepStatus.text(ProcessHandle.current().pid(), clock.instant(), progress()));
      }
    } catch (IOException e) {
      // only for those who look on; the log is what counts
    }
  }

  private void dismissAll() throws InterruptedException {
    for (WorkerSlot slot : slots) {
      if (finished()) {
        slot.worker().dismiss();
      } else {
        slot.worker().kill();
      }
    }
    for (WorkerSlot slot : slots) {
      slot.worker().await();
    }
  }

  private SweepProgress progress() {
    long nanos = nanoTime.getAsLong();
    List<Attempt> attempts = slots.stream().flatMap(slot -> slot.attempt().stream()).toList();
    return new SweepProgress(
        folder.models().size(),
        tally.done(),
        tally.diverged(),
        tally.failed(),
        attempts.stream()
            .map(attempt -> attempt.running(folder.id(model(attempt)).value(), nanos))
            .toList(),
        attempts.stream().mapToDouble(Attempt::imagesPerSecond).sum(),
        tally.bestErrorPct(),
        secondsLeft(attempts, nanos));
  }

  private OptionalDouble secondsLeft(List<Attempt> attempts, long nanos) {
    int workers = (int) slots.stream().filter(slot -> !slot.givenUp()).count();
    return timeLeft.of(
        queue.places().stream().map(this::complexity).toList(),
        attempts,
        attempt -> complexity(attempt.place()),
        Math.max(1, workers),
        nanos);
  }

  private Complexity complexity(int place) {
    return folder.models().get(place).complexity();
  }
}
