package dsa.trainer.libtorch;

import dsa.trainer.engine.EngineException;
import java.util.Locale;
import java.util.function.Supplier;

/** Native failures, made into one sentence. */
final class Failures {

  private Failures() {}

  /** What a native call returns. */
  static <R> R guard(Supplier<R> call) {
    try {
      return call.get();
    } catch (EngineException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new EngineException("libtorch ran out of memory: " + firstLine(e), true, e);
    } catch (RuntimeException e) {
      String line = firstLine(e);
      String lower = line.toLowerCase(Locale.ROOT);
      boolean memory =
          lower.contains("out of memory")
              || lower.contains("not enough memory")
              || lower.contains("can't allocate memory")
              || lower.contains("bad_alloc");
      throw new EngineException(
          (memory ? "libtorch ran out of memory: " : "libtorch failed: ") + line, memory, e);
    }
  }

  /** A failure without the C++ frames that follow its first line. */
  static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
