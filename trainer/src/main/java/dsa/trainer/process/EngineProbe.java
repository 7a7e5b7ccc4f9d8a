package dsa.trainer.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks a process of its own whether an engine works: a native library that fails takes its process
 * with it.
 */
public final class EngineProbe {

  /** Unpacking libraries of a gigabyte onto a slow disk takes long; a driver that hangs, longer. */
  private static final int SECONDS = 180;

  private static final ObjectReader READER =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<String> program;

  private EngineProbe(List<String> program) {
    this.program = program;
  }

  /** Probes by a process of this Java. */
  public static EngineProbe withDefaults() {
    return new EngineProbe(
        OwnProcess.command(
            EngineProbeMain.class,
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+SuppressFatalErrorMessage"), // a crash is told in one sentence, no dump
            List.of()));
  }

  /** Probes by another program, which is given the same words. */
  public EngineProbe with(List<String> other) {
    return new EngineProbe(List.copyOf(other));
  }

  /** Whether {@code engine} works on {@code device}, or what became of the process that asked. */
  public Availability of(String engine, DeviceKind device) throws IOException {
    Path out = Files.createTempFile("dsa-probe", ".out");
    Path err = Files.createTempFile("dsa-probe", ".err");
    try {
      List<String> words = new ArrayList<>(program);
      words.addAll(List.of(engine, device.label()));
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

  /** The last line that can be the answer is it; libraries may speak before and after it. */
  private static Availability answer(int code, String out, String err) {
    if (code == 0) {
      List<String> lines = out.lines().toList();
      for (int i = lines.size() - 1; i >= 0; i--) {
        Optional<Availability> answer = parse(lines.get(i));
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    }
    String last = lastLine(err.isEmpty() ? out : err);
    return new Availability(
        false,
        (code == 0
                ? "the process that loaded it gave no answer"
                : "the process that loaded it ended with exit code " + code)
            + (last.isEmpty() ? "" : ": " + last));
  }

  private static Optional<Availability> parse(String line) {
    try {
      JsonNode json = READER.readTree(line);
      return json.path("usable").isBoolean() && json.path("detail").isTextual()
          ? Optional.of(
              new Availability(json.get("usable").booleanValue(), json.get("detail").textValue()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1).strip();
  }
}
