package dsa.trainer.sweep;

import dsa.trainer.process.WorkerSetup;
import java.util.Optional;

/** A place for a worker, the process in it, and what that does. */
final class WorkerSlot {

  private final int number;
  private WorkerProcess worker;
  private Optional<WorkerSetup> setup = Optional.empty();
  private Optional<Attempt> attempt = Optional.empty();
  private Optional<String> killedFor = Optional.empty();
  private boolean given;
  private long startNanos;

  /**
   * An empty one.
   *
   * @param number from 1
   */
  WorkerSlot(int number) {
    this.number = number;
  }

  /** From 1. */
  int number() {
    return number;
  }

  /** A process has been started here. */
  void started(WorkerProcess process, long nanos) {
    worker = process;
    setup = Optional.empty();
    attempt = Optional.empty();
    killedFor = Optional.empty();
    startNanos = nanos;
  }

  WorkerProcess worker() {
    return worker;
  }

  /** What it trains with; empty until it has said so. */
  Optional<WorkerSetup> setup() {
    return setup;
  }

  void ready(WorkerSetup said) {
    setup = Optional.of(said);
  }

  /** What it trains; empty while it starts or waits. */
  Optional<Attempt> attempt() {
    return attempt;
  }

  /** Its attempt, if it is one at this network. */
  Optional<Attempt> attemptAt(int place) {
    return attempt.filter(mine -> mine.place() == place);
  }

  void train(Attempt next) {
    attempt = Optional.of(next);
    worker.train(next.place());
  }

  void idle() {
    attempt = Optional.empty();
  }

  /** Ends the process at once, for a reason that stands for how it ended. */
  void killFor(String reason) {
    killedFor = Optional.of(reason);
    worker.kill();
  }

  Optional<String> killedFor() {
    return killedFor;
  }

  /** No process is started here any more. */
  void giveUp() {
    given = true;
  }

  boolean givenUp() {
    return given;
  }

  /** Whether it trains, or may yet. */
  boolean hopeful() {
    return !given && (attempt.isPresent() || (setup.isEmpty() && worker.alive()));
  }

  /** Since the process was started. */
  double seconds(long nanos) {
    return (nanos - startNanos) / 1e9;
  }
}
