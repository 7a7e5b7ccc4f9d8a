package dsa.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A batch job of ten minutes that says nothing is taken for one that hangs, and killed. */
final class ProgressMeterTest {

  @Test
  void offATerminalLongWorkPrintsALineNowAndThenAndShortWorkNothing() {
    StringWriter err = new StringWriter();
    AtomicLong seconds = new AtomicLong();
    Console console = Console.plain(new PrintWriter(new StringWriter()), new PrintWriter(err));
    try (ProgressMeter meter =
        new ProgressMeter(console, "comparing", () -> seconds.get() * 1_000_000_000L)) {
      for (int s = 0; s < 100; s++) {
        seconds.set(s);
        meter.accept(s / 100.0);
      }
    }
    assertEquals(
        "comparing: 10 % done\ncomparing: 40 % done\ncomparing: 70 % done\n", err.toString());
  }
}
