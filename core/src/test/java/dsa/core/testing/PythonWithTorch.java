package dsa.core.testing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The interpreter that tests train with: that of {@code -Ddsa.python=INTERPRETER}, else the first
 * common one that has torch. Nothing is installed for them.
 */
public final class PythonWithTorch {

  /** Loading it takes seconds; whether it loads is seen by the tests. */
  private static final String FIND =
      "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)";

  private static final List<String> COMMON = List.of("python3", "/usr/bin/python3");

  private static Optional<String> found;

  private PythonWithTorch() {}

  /** Its name or path; the test is skipped, with the reason, where there is none. */
  public static synchronized String orSkip() {
    if (found == null) {
      String named = System.getProperty("dsa.python", "");
      found =
          (named.isEmpty() ? COMMON : List.of(named))
              .stream().filter(PythonWithTorch::hasTorch).findFirst();
    }
    Assumptions.assumeTrue(
        found.isPresent(),
        "no python3 here has torch; Debian's package python3-torch brings it, or name an"
            + " interpreter with -Ddsa.python");
    return found.orElseThrow();
  }

  private static boolean hasTorch(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", FIND)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
