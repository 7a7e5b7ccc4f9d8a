package dsa.trainer.sweep;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far a sweep is.
 *
 * @param models how many networks it has
 * @param done runs that came to a result: completed or diverged
 * @param diverged those of them whose loss became non-finite
 * @param failed runs given up
 * @param running what is being trained
 * @param imagesPerSecond of all workers in training steps, by what they last said; 0 if not known
 * @param bestErrorPct smallest test error of any epoch of any finished run, percent
 * @param secondsLeft estimated from the finished runs' times and costs; empty before there is any
 */
public record SweepProgress(
    int models,
    int done,
    int diverged,
    int failed,
    List<Running> running,
    double imagesPerSecond,
    OptionalDouble bestErrorPct,
    OptionalDouble secondsLeft) {

  /** Copies the list. */
  public SweepProgress {
    running = List.copyOf(running);
  }

  /**
   * A network in training.
   *
   * @param id of its run
   * @param epoch the last whole one, 0 before the first
   * @param epochs of the recipe
   * @param epochShare of the next epoch's training steps that are done, in [0, 1)
   * @param testErrorPct after that epoch, or the last evaluated one before it, percent
   * @param seconds since this attempt began
   */
  public record Running(
      String id,
      int epoch,
      int epochs,
      double epochShare,
      OptionalDouble testErrorPct,
      double seconds) {

    /** The share of the whole training that is done, in [0, 1]. */
    public double share() {
      return (epoch + epochShare) / epochs;
    }
  }
}
