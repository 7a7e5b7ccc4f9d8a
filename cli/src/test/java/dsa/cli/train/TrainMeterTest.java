package dsa.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.cli.console.Console;
import dsa.trainer.sweep.SweepProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who sees nothing for an hour takes a sweep for stuck and kills it. */
final class TrainMeterTest {

  private final StringWriter said = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  private TrainMeter meter(boolean terminal) {
    PrintWriter err = new PrintWriter(said);
    return new TrainMeter(new Console(err, err, terminal, terminal, true, 100), nanos::get);
  }

  private static SweepProgress progress(double... epochShares) {
    List<SweepProgress.Running> running =
        Arrays.stream(epochShares)
            .mapToObj(
                share -> new SweepProgress.Running("x", 1, 4, share, OptionalDouble.empty(), 9))
            .toList();
    return new SweepProgress(
        64, 3, 0, 0, running, 612, OptionalDouble.empty(), OptionalDouble.empty());
  }

  @Test
  void theLineMovesWithinEpochs() {
    meter(true).tick(progress(0, 0.5));
    assertEquals("3 of 64 done, 2 running (25 %, 37 %), 612 images/s", said.toString().strip());
    assertEquals("3 of 64 done, 0 running, 612 images/s", TrainMeter.line(progress()));
    assertEquals(
        "3 of 64 done, 6 running (25 %, 25 %, 25 %, 25 %, ...), 612 images/s",
        TrainMeter.line(progress(0, 0, 0, 0, 0, 0)));
  }

  @Test
  void offATerminalALineIsSaidAfterAMinuteAndThenEveryTen() {
    TrainMeter meter = meter(false);
    int minutes = 25;
    for (int i = 0; i < 60 * minutes; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      meter.tick(progress(0.5));
    }
    assertEquals(
        "3 of 64 done, 1 running (37 %), 612 images/s\n".repeat(3),
        said.toString().replace("\r", ""));
  }

  @Test
  void offATerminalNothingIsAddedWhileRunsComeIn() {
    TrainMeter meter = meter(false);
    for (int i = 0; i < 600; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      meter.tick(progress(0.5));
      if (i % 30 == 0) {
        meter.note("a run");
      }
    }
    assertEquals("a run\n".repeat(20), said.toString().replace("\r", ""));
  }
}
