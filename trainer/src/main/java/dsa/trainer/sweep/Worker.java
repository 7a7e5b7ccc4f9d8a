package dsa.trainer.sweep;

import dsa.core.io.RunLog;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.run.Provenance;
import dsa.core.run.RunRecord;
import dsa.trainer.Checkpoint;
import dsa.trainer.Checkpoints;
import dsa.trainer.ModelTrainer;
import dsa.trainer.TrainingResult;
import dsa.trainer.data.Cifar10;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The side of a sweep that trains: a process of its own, so that whatever native code does to it,
 * the sweep goes on. It is told line by line which network to train, and answers line by line:
 *
 * <pre>
 * ready ENGINE|DEVICE|THREADS   once, when it can train
 * epoch INDEX EPOCH ERROR IMAGES_PER_SECOND
 * warning TEXT
 * {"format":"dsa.run/…"}        a run that came to a result
 * failed INDEX TEXT             one that did not, but may if tried again
 * refused INDEX TEXT            one that never will
 * </pre>
 */
public final class Worker {

  private static final String END = "";

  private final AtomicBoolean busy = new AtomicBoolean();
  private final SweepFolder folder;
  private final Cifar10 images;
  private final ModelTrainer trainer;
  private final String codeVersion;
  private final InstantSource clock;
  private final PrintWriter out;

  /**
   * A worker that is ready to train.
   *
   * @param folder of the sweep
   * @param images those of the sweep's plan
   * @param trainer on an engine of its own
   * @param codeVersion of this program, for the provenance
   * @param clock for the start and end of runs
   * @param out to the supervisor
   */
  public Worker(
      SweepFolder folder,
      Cifar10 images,
      ModelTrainer trainer,
      String codeVersion,
      InstantSource clock,
      PrintWriter out) {
    this.folder = folder;
    this.images = images;
    this.trainer = trainer;
    this.codeVersion = codeVersion;
    this.clock = clock;
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
  public void work(BufferedReader in, Runnable orphaned) throws IOException {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> listen(in, orders, orphaned), "orders");
    reader.setDaemon(true);
    reader.start();
    say("ready " + Ready.of(trainer.info()).text());
    try {
      for (String order = orders.take(); !order.equals(END); order = orders.take()) {
        if (!train(Integer.parseInt(order))) {
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

  private boolean train(int index) throws IOException {
    DrawnModel model = folder.models().get(index);
    Instant start = now();
    try {
      TrainingResult result =
          trainer.train(
              model.spec(),
              folder.recipe(),
              SeedPath.root(folder.plan().seed()),
              new Forgiving(folder.checkpoint(model)),
              epoch -> {
                String test =
                    epoch.testErrorPct().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", epoch.testErrorPct().getAsDouble())
                        : "-";
                double speed = folder.recipe().trainImages() / Math.max(1e-9, epoch.trainSeconds());
                say(
                    String.format(
                        Locale.ROOT, "epoch %d %d %s %.1f", index, epoch.epoch(), test, speed));
              });
      busy.set(false);
      say(
          RunLog.line(
              new RunRecord(
                  folder.id(model),
                  model,
                  folder.recipe().name(),
                  result.outcome(),
                  result.epochs(),
                  provenance(start))));
      return true;
    } catch (EngineException e) {
      say("failed " + index + " " + oneLine(e.getMessage()));
      return false;
    } catch (OutOfMemoryError e) {
      say("failed " + index + " the Java heap is too small: " + oneLine(e.getMessage()));
      return false;
    } catch (ArithmeticException e) {
      busy.set(false);
      say("refused " + index + " the network is too large: " + oneLine(e.getMessage()));
      return true;
    } catch (IllegalArgumentException e) {
      busy.set(false);
      say("refused " + index + " " + oneLine(e.getMessage()));
      return true;
    }
  }

  private Provenance provenance(Instant start) {
    EngineInfo info = trainer.info();
    return new Provenance(
        folder.plan().seed(),
        folder.recipe().hash(),
        folder.plan().dataset(),
        images.checksum(),
        codeVersion,
        info.engine(),
        info.device(),
        info.options().threads(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        start,
        Provenance.end(start, now()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void say(String line) {
    // native code may have left half a line
    out.print("\n" + line + "\n");
    out.flush();
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
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
        say("warning a checkpoint cannot be read, the run begins anew: " + oneLine(e.toString()));
        return Optional.empty();
      }
    }

    @Override
    public void save(Checkpoint checkpoint) {
      try {
        files.save(checkpoint);
      } catch (IOException e) {
        say("warning a checkpoint cannot be kept, the run goes on: " + oneLine(e.toString()));
      }
    }
  }
}
