package dsa.cli.train;

import dsa.cli.console.Console;
import dsa.core.run.RunRecord;
import dsa.trainer.sweep.SweepListener;
import dsa.trainer.sweep.SweepProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a sweep goes on standard error: on a terminal one line that is written over, elsewhere
 * a line for each run, and one where there was none for ten minutes, at the beginning for one.
 */
public final class TrainMeter implements SweepListener, AutoCloseable {

  private static final int MOST_SHARES = 4;
  private static final long SHORT_NANOS = 60_000_000_000L;
  private static final long LONG_NANOS = 10 * SHORT_NANOS;

  private final LongSupplier nanoTime;
  private final PrintWriter err;
  private final PrintWriter drawn;
  private final boolean terminal;
  private final int width;
  private int written;
  private long saidAt;
  private long patience = SHORT_NANOS;

  TrainMeter(Console console) {
    this(console, System::nanoTime);
  }

  TrainMeter(Console console, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.saidAt = nanoTime.getAsLong();
    this.err = console.err();
    this.drawn = console.drawnErr();
    this.terminal = console.errTerminal();
    this.width = console.columns() - 1;
  }

  @Override
  public void logged(RunRecord run, SweepProgress progress) {
    if (!terminal) {
      say(run.id() + ": " + TrainCommand.inWords(run) + "; " + counts(progress));
    } else if (run.outcome() instanceof dsa.core.run.RunOutcome.Failed) {
      say(run.id() + ": " + TrainCommand.inWords(run));
    }
  }

  @Override
  public void note(String sentence) {
    say(sentence);
  }

  private void say(String line) {
    wipe();
    err.println(line);
    err.flush();
    saidAt = nanoTime.getAsLong();
  }

  @Override
  public void tick(SweepProgress progress) {
    if (!terminal && !progress.running().isEmpty() && nanoTime.getAsLong() - saidAt > patience) {
      say(line(progress));
      patience = LONG_NANOS;
    }
    if (terminal) {
      String line = line(progress);
      line = line.length() > width ? line.substring(0, width) : line;
      wipe();
      err.print(line);
      err.flush();
      written = line.length();
    }
  }

  private void wipe() {
    if (written > 0) {
      drawn.print("\r" + " ".repeat(written) + "\r");
      written = 0;
    }
  }

  /** What is left to say when a sweep has ended. */
  void end(SweepProgress progress, Path folder) {
    int missing = progress.models() - progress.done() - progress.failed();
    say(
        missing > 0
            ? counts(progress) + "; stopped, the same command goes on"
            : counts(progress)
                + (progress.failed() > 0 ? "; the same command tries the failed ones again" : "")
                + "; 'dsa collect "
                + folder
                + " -o FILE' makes the population");
  }

  @Override
  public void close() {
    wipe();
    err.flush();
  }

  /** Everything about a sweep in progress, most important first. */
  public static String line(SweepProgress progress) {
    List<String> parts = new ArrayList<>();
    parts.add(counts(progress));
    List<String> shares = new ArrayList<>();
    for (SweepProgress.Running one : progress.running()) {
      shares.add(
          shares.size() == MOST_SHARES
              ? "..."
              : String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * one.share())));
      if (shares.size() > MOST_SHARES) {
        break;
      }
    }
    parts.add(
        progress.running().size()
            + " running"
            + (shares.isEmpty() ? "" : " (" + String.join(", ", shares) + ")"));
    if (progress.imagesPerSecond() > 0) {
      parts.add(String.format(Locale.ROOT, "%.0f images/s", progress.imagesPerSecond()));
    }
    return String.join(", ", parts);
  }

  /** How many runs are done and failed, the best of them, and the time left. */
  static String counts(SweepProgress progress) {
    List<String> parts = new ArrayList<>();
    parts.add(progress.done() + " of " + progress.models() + " done");
    if (progress.failed() > 0) {
      parts.add(progress.failed() + " failed");
    }
    if (progress.diverged() > 0) {
      parts.add(progress.diverged() + " diverged");
    }
    progress
        .bestErrorPct()
        .ifPresent(best -> parts.add(String.format(Locale.ROOT, "best %.2f %%", best)));
    if (progress.done() + progress.failed() < progress.models()) {
      progress.secondsLeft().ifPresent(left -> parts.add("about " + time(left) + " left"));
    }
    return String.join(", ", parts);
  }

  /** A duration to two digits or so: {@code 45 s}, {@code 12 min}, {@code 3.5 h}, {@code 4 d}. */
  public static String time(double seconds) {
    if (seconds < 99.5) {
      return Math.round(seconds) + " s";
    } else if (seconds < 99.5 * 60) {
      return Math.round(seconds / 60) + " min";
    } else if (seconds < 48 * 3600) {
      return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
    return String.format(Locale.ROOT, "%.1f d", seconds / 86400);
  }
}
