package dsa.trainer.djl;

import dsa.trainer.engine.EngineException;
import java.util.Locale;
import java.util.function.Supplier;

/** Native failures, made into one sentence. */
final class Failures {

  private static final String OWN = "MXNetError: ";

  private Failures() {}

  /** What a native call returns. */
  static <R> R guard(Supplier<R> call) {
    try {
      return call.get();
    } catch (EngineException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new EngineException("djl ran out of memory: " + line(e), true, e);
    } catch (RuntimeException e) {
      String lower = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      boolean memory =
          lower.contains("out of memory")
              || lower.contains("failed to allocate")
              || lower.contains("bad_alloc");
      throw new EngineException(
          (memory ? "djl ran out of memory: " : "djl failed: ") + line(e), memory, e);
    }
  }

  /** {@link #guard(Supplier)} for calls that return nothing. */
  static void guard(Runnable call) {
    guard(
        () -> {
          call.run();
          return null;
        });
  }

  /** The line that says what went wrong: MXNet's own if there is one, else the first. */
  static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    int from = message.indexOf(OWN);
    String text = from < 0 ? message : message.substring(from + OWN.length());
    return text.lines().findFirst().orElse(text).strip();
  }
}
