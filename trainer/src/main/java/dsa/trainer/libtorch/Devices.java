package dsa.trainer.libtorch;

import dsa.trainer.engine.DeviceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What devices are called. */
final class Devices {

  private Devices() {}

  static String describe(DeviceKind device) {
    return device == DeviceKind.CPU ? "cpu " + processor() : Cuda.name(System.getenv());
  }

  /** The processor's name as Linux tells it, elsewhere the architecture. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }
}
