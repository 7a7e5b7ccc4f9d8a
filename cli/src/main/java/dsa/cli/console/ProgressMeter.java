package dsa.cli.console;

import java.io.PrintWriter;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of long work on standard error: on a terminal a bar for what takes more than a second,
 * elsewhere a line after ten seconds and then one in every half minute. It is told the share of the
 * work that is done, from any thread.
 */
public final class ProgressMeter implements DoubleConsumer, AutoCloseable {

  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final long FIRST_LINE_NANOS = 10_000_000_000L;
  private static final long LINE_NANOS = 30_000_000_000L;
  private static final int STEPS = 1000;
  private static final int WIDTH = 60;

  private final Console console;
  private final String task;
  private final LongSupplier nanoTime;
  private final long start;
  private long nextLine = FIRST_LINE_NANOS;
  private ProgressBar bar;

  /** One for {@code task}, named as in "comparing". */
  public ProgressMeter(Console console, String task) {
    this(console, task, System::nanoTime);
  }

  ProgressMeter(Console console, String task, LongSupplier nanoTime) {
    this.console = console;
    this.task = task;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /**
   * Moves the bar, or prints a line if it is time.
   *
   * @param share of the work that is done, in [0, 1]
   */
  @Override
  public synchronized void accept(double share) {
    long passed = nanoTime.getAsLong() - start;
    if (!console.errTerminal()) {
      if (passed >= nextLine) {
        console.err().println(task + ": " + Math.round(Math.floor(100 * share)) + " % done");
        console.err().flush();
        nextLine = passed + LINE_NANOS;
      }
      return;
    }
    if (passed < PATIENCE_NANOS) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(STEPS)
              .setStyle(console.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setMaxRenderedLength(Math.min(WIDTH, console.columns()))
              .hideEta()
              .setConsumer(new Line(console.drawnErr()))
              .build();
    }
    bar.stepTo(Math.max(bar.getCurrent(), Math.round(share * STEPS)));
  }

  /** Takes the bar away. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** One line that is written over and in the end wiped out. */
  private record Line(PrintWriter err) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String text) {
      err.print("\r" + text);
      err.flush();
    }

    @Override
    public void close() {
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
    }
  }
}
