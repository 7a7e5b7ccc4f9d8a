package dsa.trainer.sweep;

import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * Counts of the runs of a sweep.
 *
 * @param done runs that came to a result: completed or diverged
 * @param diverged those of them whose loss became non-finite
 * @param failed runs given up
 * @param bestErrorPct smallest test error of any epoch of any completed run, percent
 */
record SweepTally(int done, int diverged, int failed, OptionalDouble bestErrorPct) {

  static final SweepTally NONE = new SweepTally(0, 0, 0, OptionalDouble.empty());

  /** The counts of some runs, one a network. */
  static SweepTally of(Collection<RunRecord> runs) {
    SweepTally tally = NONE;
    for (RunRecord run : runs) {
      tally = tally.with(run);
    }
    return tally;
  }

  /** These counts and one run more, of another network. */
  SweepTally with(RunRecord run) {
    if (run.outcome() instanceof RunOutcome.Completed completed) {
      double least =
          Math.min(bestErrorPct.orElse(Double.POSITIVE_INFINITY), completed.minTestError());
      return new SweepTally(done + 1, diverged, failed, OptionalDouble.of(least));
    } else if (run.outcome() instanceof RunOutcome.Diverged) {
      return new SweepTally(done + 1, diverged + 1, failed, bestErrorPct);
    } else if (run.outcome() instanceof RunOutcome.Failed) {
      return new SweepTally(done, diverged, failed + 1, bestErrorPct);
    }
    throw new AssertionError(run.outcome());
  }
}
