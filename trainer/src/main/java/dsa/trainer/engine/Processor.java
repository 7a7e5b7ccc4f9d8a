package dsa.trainer.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The processor this program runs on. */
public final class Processor {

  private Processor() {}

  /** Processor time that this process has spent so far, where the system tells it, in seconds. */
  public static OptionalDouble cpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(spent -> OptionalDouble.of(spent.toNanos() / 1e9))
        .orElse(OptionalDouble.empty());
  }

  /** Its name as Linux tells it, elsewhere its architecture. */
  public static String describe() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }
}
