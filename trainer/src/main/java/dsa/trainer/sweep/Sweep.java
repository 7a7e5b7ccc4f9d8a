package dsa.trainer.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import dsa.core.complexity.Complexity;
import dsa.core.io.AtomicFile;
import dsa.core.io.RunLog;
import dsa.core.run.DrawnModel;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
  private final Deque<Integer> pending = new ArrayDeque<>();
  private final Map<Integer, Integer> attempts = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private RunLog log;
  private Optional<Ready> trainedWith = Optional.empty();
  private int done;
  private int diverged;
  private int failed;
  private int falseStarts;
  private OptionalDouble best = OptionalDouble.empty();
  private long statusAt = Long.MIN_VALUE;
  private boolean saidWho;
  private boolean ending;
  private IOException broken;
  private EngineException useless;

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
  public Sweep(
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

  /** A place for a worker, and what it does. */
  private static final class Slot {
    final int number;
    WorkerProcess worker;
    Optional<Ready> ready = Optional.empty();
    boolean gone;
    int model = -1;
    int epoch;
    OptionalDouble error = OptionalDouble.empty();
    double imagesPerSecond;
    int epochsHere; // of this attempt
    double secondsOfEpochs; // until the last of them
    long since;
    Instant start;
    String killedFor;

    Slot(int number) {
      this.number = number;
    }

    boolean busy() {
      return model >= 0;
    }

    /** Whether it trains, or may yet. */
    boolean hopeful() {
      return !gone && (busy() || (ready.isEmpty() && worker.alive()));
    }

    void idle() {
      model = -1;
      epoch = 0;
      error = OptionalDouble.empty();
      epochsHere = 0;
    }
  }

  /**
   * Trains what the log lacks. Runs given up earlier are tried again.
   *
   * @return how it stands at the end; less than all is done if it was stopped
   * @throws java.nio.file.FileSystemException if another sweep has the folder
   * @throws IOException if the log cannot be written; what was logged before is safe
   * @throws EngineException if workers cannot train at all, in one sentence
   */
  public SweepProgress run() throws IOException, InterruptedException {
    try (SweepFolder.Lock lock = folder.lock()) {
      takeStock();
      try {
        for (int i = 0; i < Math.min(settings.workers(), pending.size()); i++) {
          Slot slot = new Slot(i + 1);
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
      keepWhatCameLate();
    }
    if (broken != null) {
      throw broken;
    }
    if (useless != null) {
      throw useless;
    }
    return progress();
  }

  /** Asks a running sweep to end soon: runs in progress go on from their checkpoints next time. */
  public void stop() {
    stopping.set(true);
    events.add(() -> {});
  }

  private boolean finished() {
    return pending.isEmpty() && slots.stream().noneMatch(Slot::busy);
  }

  private void takeStock() throws IOException {
    log = folder.log();
    RunLog.Contents contents = log.read();
    contents.warning().ifPresent(listener::note);
    Set<RunId> finished = contents.finished();
    Map<RunId, RunRecord> results = new HashMap<>();
    for (RunRecord run : contents.runs()) {
      if (finished.contains(run.id()) && !(run.outcome() instanceof RunOutcome.Failed)) {
        results.put(run.id(), run);
      }
    }
    for (int i = 0; i < folder.models().size(); i++) {
      DrawnModel model = folder.models().get(i);
      RunRecord result = results.get(folder.id(model));
      if (result == null) {
        pending.add(i);
      } else {
        count(result);
        trainedWith = Optional.of(Ready.of(result.provenance()));
        folder.checkpoint(model).delete();
      }
    }
  }

  private void count(RunRecord run) {
    done++;
    if (run.outcome() instanceof RunOutcome.Completed completed) {
      best =
          OptionalDouble.of(
              Math.min(best.orElse(Double.POSITIVE_INFINITY), completed.minTestError()));
      double seconds =
          run.epochs().stream().mapToDouble(e -> e.trainSeconds() + e.evaluationSeconds()).sum();
      timeLeft.add(run.model().complexity(), seconds);
    } else {
      diverged++;
    }
  }

  /** Runs that came to a result while the sweep was being stopped. */
  private void keepWhatCameLate() {
    ending = true;
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      event.run();
    }
  }

  private void start(Slot slot) throws IOException {
    slot.idle();
    slot.ready = Optional.empty();
    slot.killedFor = null;
    slot.gone = false;
    slot.since = nanoTime.getAsLong();
    slot.worker =
        WorkerProcess.start(
            settings,
            folder.workerLog(slot.number),
            line -> events.add(() -> heard(slot, line)),
            () -> events.add(() -> ended(slot)));
  }

  private void heard(Slot slot, String line) {
    try {
      if (line.startsWith("{")) {
        logged(slot, line);
      } else {
        told(slot, line);
      }
    } catch (IOException e) {
      broken = e;
    }
  }

  /** Hears a worker's own lines; native libraries may speak too. */
  private void told(Slot slot, String line) throws IOException {
    if (ending) {
      return;
    }
    if (line.startsWith("ready ") && slot.ready.isEmpty()) {
      ready(slot, line.substring("ready ".length()));
    } else if (line.startsWith("useless ") && slot.ready.isEmpty()) {
      lose(slot, line.substring("useless ".length()));
    } else if (line.startsWith("warning ")) {
      listener.note(line.substring("warning ".length()));
    } else if (slot.busy()) {
      String about = " " + slot.model + " ";
      if (line.startsWith("epoch" + about)) {
        epoch(slot, line.split(" "));
      } else if (line.startsWith("failed" + about)) {
        retryOrGiveUp(slot, line.substring("failed".length() + about.length()));
        slot.worker.kill(); // what an engine failed in is not to be trusted, nor waited for
      } else if (line.startsWith("refused" + about)) {
        giveUp(slot, line.substring("refused".length() + about.length()));
        next(slot);
      }
    }
  }

  /** Goes on without a worker that cannot train, unless it is the last. */
  private void lose(Slot slot, String reason) {
    slot.gone = true;
    if (slots.stream().anyMatch(Slot::hopeful)) {
      listener.note("worker " + slot.number + " is given up: " + reason);
    } else {
      useless = new EngineException(reason, false, null);
    }
  }

  private void ready(Slot slot, String text) {
    Ready ready = Ready.parse(text);
    if (trainedWith.isPresent() && !trainedWith.get().fits(ready)) {
      lose(
          slot,
          folder.folder()
              + " holds runs of "
              + trainedWith.get().inWords()
              + ", and would go on with "
              + ready.inWords()
              + "; a population is trained one way throughout: give the same --engine, --device"
              + " and --threads, or another folder");
      slot.worker.dismiss();
      return;
    }
    trainedWith = Optional.of(ready);
    if (!saidWho) {
      saidWho = true;
      listener.note(
          "training with "
              + ready.engine()
              + " on "
              + ready.device()
              + ", "
              + number(slots.size(), "worker")
              + " of "
              + number(ready.threads(), "thread"));
    }
    slot.ready = Optional.of(ready);
    falseStarts = 0;
    next(slot);
  }

  private static String number(int count, String of) {
    return count + " " + of + (count == 1 ? "" : "s");
  }

  private void next(Slot slot) {
    slot.idle();
    if (ending || slot.killedFor != null) {
      return; // on its way out
    }
    Integer model = pending.poll();
    if (model == null) {
      slot.worker.dismiss();
      return;
    }
    slot.model = model;
    slot.since = nanoTime.getAsLong();
    slot.start = now();
    slot.worker.train(model);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void epoch(Slot slot, String[] words) {
    if (slot.busy()) {
      slot.epoch = Integer.parseInt(words[2]);
      if (!words[3].equals("-")) { // evaluated
        slot.error = OptionalDouble.of(Double.parseDouble(words[3]));
      }
      slot.imagesPerSecond = Double.parseDouble(words[4]);
      slot.epochsHere++;
      slot.secondsOfEpochs = seconds(slot);
    }
  }

  private void logged(Slot slot, String line) throws IOException {
    RunRecord run;
    try {
      run = RunLog.parse(line);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return; // native libraries may speak too; the worker's end will tell
    }
    if (!slot.busy() || !run.id().equals(folder.id(folder.models().get(slot.model)))) {
      return;
    }
    log.append(run);
    folder.checkpoint(run.model()).delete();
    count(run);
    next(slot);
    listener.logged(run, progress());
  }

  private void retryOrGiveUp(Slot slot, String reason) throws IOException {
    if (!slot.busy()) {
      return;
    }
    int model = slot.model;
    int attempt = attempts.merge(model, 1, Integer::sum);
    if (attempt > settings.retries()) {
      giveUp(slot, reason + (attempt > 1 ? " (" + attempt + " attempts)" : ""));
      return;
    }
    listener.note(folder.id(folder.models().get(model)) + ": " + reason + "; it is tried again");
    pending.addFirst(model);
    slot.idle();
  }

  /** Logs a run as failed. */
  private void giveUp(Slot slot, String reason) throws IOException {
    if (!slot.busy()) {
      return;
    }
    DrawnModel model = folder.models().get(slot.model);
    Ready ready = slot.ready.orElseThrow();
    Provenance provenance =
        new Provenance(
            folder.plan().seed(),
            folder.plan().recipeHash(),
            folder.plan().dataset(),
            folder.plan().datasetChecksum(),
            codeVersion,
            ready.engine(),
            ready.device(),
            ready.threads(),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + " "
                + System.getProperty("os.arch"),
            slot.start,
            Provenance.end(slot.start, now()));
    RunRecord run =
        new RunRecord(
            folder.id(model),
            model,
            folder.recipe().name(),
            new RunOutcome.Failed(reason),
            List.of(),
            provenance);
    log.append(run);
    failed++;
    slot.idle();
    listener.logged(run, progress());
  }

  private void ended(Slot slot) {
    try {
      if (ending || stopping.get() || broken != null || useless != null || slot.gone) {
        return;
      }
      if (slot.ready.isEmpty()) {
        falseStarts++;
        if (falseStarts >= FALSE_STARTS) {
          lose(slot, "workers end before they can train: " + slot.worker.end());
          return;
        }
      }
      if (slot.busy()) {
        if (slot.killedFor == null && slot.worker.askedToEnd()) {
          pending.addFirst(slot.model); // nobody's failure
          slot.idle();
        } else {
          retryOrGiveUp(slot, slot.killedFor == null ? slot.worker.end() : slot.killedFor);
        }
      }
      if (!pending.isEmpty()) {
        start(slot);
      }
    } catch (IOException e) {
      broken = e;
    }
  }

  private void checkTimes() {
    for (Slot slot : slots) {
      if (slot.ready.isEmpty() && !slot.gone && seconds(slot) > STARTING_SECONDS) {
        slot.worker.kill();
      }
    }
    if (settings.timeout().isEmpty()) {
      return;
    }
    for (Slot slot : slots) {
      if (slot.busy()
          && slot.killedFor == null
          && seconds(slot) > settings.timeout().get().toMillis() / 1000.0) {
        slot.killedFor =
            "took longer than the time limit of " + settings.timeout().get().toSeconds() + " s";
        slot.worker.kill();
      }
    }
  }

  private double seconds(Slot slot) {
    return (nanoTime.getAsLong() - slot.since) / 1e9;
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
      AtomicFile.writeText(
          folder.status(),
          SweepStatus.text(ProcessHandle.current().pid(), clock.instant(), progress()));
    } catch (IOException e) {
      // only for those who look on; the log is what counts
    }
  }

  private void dismissAll() throws InterruptedException {
    for (Slot slot : slots) {
      if (finished()) {
        slot.worker.dismiss();
      } else {
        slot.worker.kill();
      }
    }
    for (Slot slot : slots) {
      slot.worker.await();
    }
  }

  private SweepProgress progress() {
    List<SweepProgress.Running> running = new ArrayList<>();
    double speed = 0;
    for (Slot slot : slots) {
      if (slot.busy()) {
        running.add(
            new SweepProgress.Running(
                folder.id(folder.models().get(slot.model)).value(),
                slot.epoch,
                folder.recipe().epochs(),
                slot.error,
                seconds(slot)));
        speed += slot.imagesPerSecond;
      }
    }
    return new SweepProgress(
        folder.models().size(), done, diverged, failed, running, speed, best, secondsLeft());
  }

  private OptionalDouble secondsLeft() {
    TimeLeft known = timeLeft.isKnown() ? timeLeft : new TimeLeft();
    if (!timeLeft.isKnown()) { // from those in training, as if they went on like that
      for (Slot slot : slots) {
        if (slot.busy() && slot.epochsHere > 0) {
          known.add(complexity(slot.model), secondsOfEpoch(slot) * folder.recipe().epochs());
        }
      }
    }
    if (!known.isKnown()) {
      return OptionalDouble.empty();
    }
    double total = 0;
    double longest = 0;
    for (int model : pending) {
      total += known.seconds(complexity(model)).orElseThrow();
    }
    int workers = 0;
    for (Slot slot : slots) {
      workers += slot.gone ? 0 : 1;
      if (slot.busy()) {
        double whole =
            slot.epochsHere > 0
                ? slot.secondsOfEpochs
                    + secondsOfEpoch(slot) * (folder.recipe().epochs() - slot.epoch)
                : known.seconds(complexity(slot.model)).orElseThrow();
        double left = Math.max(0, whole - seconds(slot));
        total += left;
        longest = Math.max(longest, left);
      }
    }
    return OptionalDouble.of(Math.max(longest, total / Math.max(1, workers)));
  }

  private Complexity complexity(int model) {
    return folder.models().get(model).complexity();
  }

  /** Of the epochs of this attempt, on average. */
  private static double secondsOfEpoch(Slot slot) {
    return slot.secondsOfEpochs / slot.epochsHere;
  }
}
