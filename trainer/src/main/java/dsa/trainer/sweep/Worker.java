package dsa.trainer.sweep;

import dsa.trainer.process.WorkerMessage;
import dsa.trainer.process.WorkerSetup;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.trainer.checkpoint.Checkpoint;
import dsa.trainer.checkpoint.Checkpoints;
import dsa.trainer.engine.EngineException;
import dsa.trainer.network.ModelTrainer;
import dsa.trainer.network.TrainingProgress;
import dsa.trainer.network.TrainingResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The side of a sweep that trains: a process of its own, so that whatever native code does to it,
 * the sweep goes on. It is told on standard input which network to train, {@code train PLACE}, one
 * line after the other, and answers with {@link WorkerMessage}s on standard output.
 */
final class Worker {

  private static final String TRAIN = "train ";
  private static final String END = "";
  private static final long SECOND = 1_000_000_000L;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final SweepFolder folder;
  private final ModelTrainer trainer;
  private final String codeVersion;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final PrintWriter out;

  /**
   * A worker that is ready to train.
   *
   * @param folder of the sweep, whose images the trainer has
   * @param trainer on an engine of its own
   * @param codeVersion of this program, for the provenance
   * @param clock for the start and end of runs
   * @param nanoTime for durations
   * @param out to the supervisor
   */
  Worker(
      SweepFolder folder,
      ModelTrainer trainer,
      String codeVersion,
      InstantSource clock,
      LongSupplier nanoTime,
      PrintWriter out) {
    this.folder = folder;
    this.trainer = trainer;
    this.codeVersion = codeVersion;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.out = out;
  }

  /**
   * Trains what it is told until there is nothing more, or an engine failed: after that its process
   * is not to be trusted and should end.
   *
   * @param in from the supervisor; ends with it
   * @param orphaned called, on another thread, if the supervisor ends while a network is in
   *     training; should end the process
   */
  void work(BufferedReader in, Runnable orphaned) throws IOException {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> listen(in, orders, orphaned), "orders");
    reader.setDaemon(true);
    reader.start();
    say(new WorkerMessage.Ready(WorkerSetup.of(trainer.info())));
    try {
      for (String order = orders.take(); !order.equals(END); order = orders.take()) {
        if (!train(Integer.parseInt(order.substring(TRAIN.length())))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(BufferedReader in, BlockingQueue<String> orders, Runnable orphaned) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        busy.set(true);
        orders.add(line);
      }
    } catch (IOException e) {
      // no supervisor any more
    }
    if (busy.get()) {
      orphaned.run();
    }
    orders.add(END);
  }

  private boolean train(int place) throws IOException {
    DrawnModel model = folder.models().get(place);
    Instant start = now();
    try {
      TrainingResult result =
          trainer.train(
              model.spec(),
              folder.recipe(),
              SeedPath.root(folder.plan().seed()),
              new Forgiving(folder.checkpoint(model)),
              new Said(place));
      busy.set(false);
      say(
          new WorkerMessage.Result(
              folder.record(
                  model,
                  result.outcome(),
                  result.epochs(),
                  WorkerSetup.of(trainer.info()),
                  codeVersion,
                  start,
                  now())));
      return true;
    } catch (EngineException e) {
      say(new WorkerMessage.Failed(place, e.getMessage()));
      return false;
    } catch (OutOfMemoryError e) {
      say(new WorkerMessage.Failed(place, "the Java heap is too small: " + e.getMessage()));
      return false;
    } catch (ArithmeticException e) {
      busy.set(false);
      say(new WorkerMessage.Refused(place, "the network is too large: " + e.getMessage()));
      return true;
    } catch (IllegalArgumentException e) {
      busy.set(false);
      say(new WorkerMessage.Refused(place, e.getMessage()));
      return true;
    }
  }

  /** Tells the supervisor how the training of a network goes on. */
  private final class Said implements TrainingProgress {

    private final int place;
    private int epoch;
    private long startNanos; // of the epoch
    private long saidNanos;

    Said(int place) {
      this.place = place;
    }

    @Override
    public void step(int inEpoch, int step, int steps) {
      long now = nanoTime.getAsLong();
      if (inEpoch != epoch) { // the first step takes libraries longer than others
        epoch = inEpoch;
        startNanos = now;
        saidNanos = now;
      } else if (now - saidNanos >= SECOND) {
        saidNanos = now;
        double images = (double) folder.recipe().batchSize() * (step - 1);
        say(
            new WorkerMessage.StepDone(
                place, epoch, step, steps, images / ((now - startNanos) / 1e9)));
      }
    }

    @Override
    public void epoch(EpochResult done) {
      double speed = folder.recipe().trainImages() / Math.max(1e-9, done.trainSeconds());
      say(new WorkerMessage.EpochDone(place, done.epoch(), done.testErrorPct(), speed));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void say(WorkerMessage message) {
    // native code may have left half a line
    out.print("\n" + message.text() + "\n");
    out.flush();
  }

  /** A run that cannot be kept on the way goes on: it only loses more if it is interrupted. */
  private final class Forgiving implements Checkpoints {

    private final Checkpoints files;

    Forgiving(Checkpoints files) {
      this.files = files;
    }

    @Override
    public Optional<Checkpoint> latest(String key) {
      try {
        return files.latest(key);
      } catch (IOException e) {
        say(new WorkerMessage.Warning("a checkpoint cannot be read, the run begins anew: " + e));
        return Optional.empty();
      }
    }

    @Override
    public void save(Checkpoint checkpoint) {
      try {
        files.save(checkpoint);
      } catch (IOException e) {
        say(new WorkerMessage.Warning("a checkpoint cannot be kept, the run goes on: " + e));
      }
    }
  }
}
