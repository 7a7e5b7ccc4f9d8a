package dsa.cli.console;

import java.io.PrintWriter;
import java.util.function.DoubleConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on standard error for work that takes more than a second, if a person is there to
 * see it. It is told the share of the work that is done, from any thread.
 */
public final class ProgressMeter implements DoubleConsumer, AutoCloseable {

  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final int STEPS = 1000;
  private static final int WIDTH = 60;

  private final Console console;
  private final String task;
  private final long start = System.nanoTime();
  private ProgressBar bar;

  public ProgressMeter(Console console, String task) {
    this.console = console;
    this.task = task;
  }

  /**
   * Moves the bar.
   *
   * @param share of the work that is done, in [0, 1]
   */
  @Override
  public synchronized void accept(double share) {
    if (!console.errTerminal() || System.nanoTime() - start < PATIENCE_NANOS) {
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
              .setConsumer(new Line(console.err()))
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
