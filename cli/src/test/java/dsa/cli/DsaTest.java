package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import org.junit.jupiter.api.Test;

/** The first thing a new user meets: a wrong word must end in a hint, not in a stack trace. */
final class DsaTest {

  @Test
  void helpNamesTheCommands() {
    Ran ran = Ran.dsa("--help");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.out().contains("generate-completion"), ran.toString());
  }

  @Test
  void theHelpOfACommandIsTheSameByBothWays() {
    assertEquals(Ran.dsa("compare", "--help").out(), Ran.dsa("help", "compare").out());
    assertEquals(Ran.dsa("best-range", "-h").out(), Ran.dsa("help", "best-range").out());
    String csv = Ran.dsa("import", "csv", "--help").out();
    assertTrue(csv.startsWith("Usage: dsa import csv"), csv);
    assertEquals(csv, Ran.dsa("help", "import", "csv").out());
  }

  @Test
  void noCommandIsAUsageError() {
    assertEquals(ExitCode.USAGE, Ran.dsa().code());
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    Ran ran = Ran.dsa("compaer");
    assertEquals(ExitCode.USAGE, ran.code());
    assertTrue(ran.err().contains("compaer"), ran.toString());
  }
}
