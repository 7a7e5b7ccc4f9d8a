package dsa.trainer.sweep;

import dsa.trainer.process.WorkerMessage;
import java.time.Instant;
import java.util.OptionalDouble;

/** One worker's attempt at one network, as far as its supervisor has heard. Times in seconds. */
final class Attempt {

  private final int place;
  private final int epochs;
  private final Instant start;
  private final long startNanos;
  private int epoch;
  private double share; // of the epoch in progress
  private OptionalDouble testErrorPct = OptionalDouble.empty();
  private double imagesPerSecond;
  private int epochsHere; // an earlier attempt may have trained the others
  private double secondsOfEpochs;

  /**
   * An attempt that begins.
   *
   * @param place of the network
   * @param epochs of the recipe
   * @param start by the calendar
   * @param startNanos by the clock for durations
   */
  Attempt(int place, int epochs, Instant start, long startNanos) {
    this.place = place;
    this.epochs = epochs;
    this.start = start;
    this.startNanos = startNanos;
  }

  int place() {
    return place;
  }

  Instant start() {
    return start;
  }

  double imagesPerSecond() {
    return imagesPerSecond;
  }

  double seconds(long nanos) {
    return (nanos - startNanos) / 1e9;
  }

  void heard(WorkerMessage.StepDone step) {
    epoch = step.epoch() - 1;
    share = (double) step.step() / step.steps();
    imagesPerSecond = step.imagesPerSecond();
  }

  void heard(WorkerMessage.EpochDone done, long nanos) {
    epoch = done.epoch();
    share = 0;
    if (done.testErrorPct().isPresent()) {
      testErrorPct = done.testErrorPct();
    }
    imagesPerSecond = done.imagesPerSecond();
    epochsHere++;
    secondsOfEpochs = seconds(nanos);
  }

  /** What onlookers are told. */
  SweepProgress.Running running(String id, long nanos) {
    return new SweepProgress.Running(id, epoch, epochs, share, testErrorPct, seconds(nanos));
  }

  /** How long the whole network takes at the pace of the epochs so far; empty before the first. */
  OptionalDouble secondsOfNetwork() {
    return epochsHere == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(secondsOfEpochs / epochsHere * epochs);
  }

  /** How long it takes from now to its end at that pace; empty before the first epoch. */
  OptionalDouble secondsLeft(long nanos) {
    if (epochsHere == 0) {
      return OptionalDouble.empty();
    }
    double whole = secondsOfEpochs + secondsOfEpochs / epochsHere * (epochs - epoch);
    return OptionalDouble.of(Math.max(0, whole - seconds(nanos)));
  }
}
