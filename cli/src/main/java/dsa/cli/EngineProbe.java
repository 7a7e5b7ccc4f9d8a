package dsa.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks a process of its own whether an engine works: a native library that fails takes its process
 * with it.
 */
final class EngineProbe {

  /** Unpacking libraries of a gigabyte onto a slow disk takes long; a driver that hangs, longer. */
  private static final int SECONDS = 180;

  private final List<String> program;

  private EngineProbe(List<String> program) {
    this.program = program;
  }

  /** Probes by this program, started as this process was. */
  static EngineProbe withDefaults() {
    return new EngineProbe(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+SuppressFatalErrorMessage", // a crash is told in one sentence, without a dump
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
  }

  /** Probes by another program, which is given the same words. */
  EngineProbe with(List<String> other) {
    return new EngineProbe(List.copyOf(other));
  }

  /** Whether {@code engine} works on {@code device}, or what became of the process that asked. */
  Availability of(String engine, DeviceKind device) throws IOException {
    Path out = Files.createTempFile("dsa-probe", ".out");
    Path err = Files.createTempFile("dsa-probe", ".err");
    try {
      List<String> words = new ArrayList<>(program);
      words.addAll(List.of("probe-engine", engine, device.label()));
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        return new Availability(false, "no answer within " + SECONDS + " s");
      }
      return answer(process.exitValue(), text(out), text(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Availability(false, "interrupted");
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }

  /** The last line is the answer; libraries may have spoken before it. */
  private static Availability answer(int code, String out, String err) throws IOException {
    if (code == ExitCode.OK && !out.isEmpty()) {
      JsonNode json = new ObjectMapper().readTree(lastLine(out));
      return new Availability(json.path("usable").asBoolean(), json.path("detail").asText());
    }
    String last = lastLine(err);
    return new Availability(
        false,
        "the process that loaded it ended with exit code "
            + code
            + (last.isEmpty() ? "" : ": " + last));
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1).strip();
  }
}
