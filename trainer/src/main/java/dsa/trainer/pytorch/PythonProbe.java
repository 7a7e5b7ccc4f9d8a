package dsa.trainer.pytorch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks a Python which devices its PyTorch can train on. */
public final class PythonProbe {

  private static final int SECONDS = 180;
  private static final ObjectMapper JSON = new ObjectMapper();

  private PythonProbe() {}

  /**
   * What the interpreter says of every kind of device, or why it says nothing.
   *
   * @param python name or path of an interpreter
   */
  public static Map<DeviceKind, Availability> of(String python) throws IOException {
    Path folder = Files.createTempDirectory("dsa-python");
    Path program = folder.resolve(PythonFiles.PROGRAM);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    try {
      Files.writeString(program, PythonFiles.program());
      Process process;
      try {
        process =
            new ProcessBuilder(List.of(python, program.toString(), "probe"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
      } catch (IOException e) {
        return all(
            "there is no interpreter " + python + " here; name that of an environment with torch");
      }
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        return all(python + " gave no answer within " + SECONDS + " s");
      }
      return answer(python, process.exitValue(), text(out), text(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return all("interrupted");
    } finally {
      for (Path file : List.of(program, out, err, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }

  /** One line of JSON a kind of device; libraries may say other things in between. */
  private static Map<DeviceKind, Availability> answer(
      String python, int code, String out, String err) {
    String last = err.substring(err.lastIndexOf('\n') + 1).strip();
    String silence = python + " ended with exit code " + code + (last.isEmpty() ? "" : ": " + last);
    Map<DeviceKind, Availability> found = new EnumMap<>(DeviceKind.class);
    for (String line : out.lines().toList()) {
      try {
        JsonNode json = JSON.readTree(line);
        for (DeviceKind kind : DeviceKind.values()) {
          if (json.path("device").asText().equals(kind.label())) {
            found.put(
                kind,
                new Availability(json.path("usable").asBoolean(), json.path("detail").asText()));
          }
        }
      } catch (JsonProcessingException e) {
        // not for us
      }
    }
    String rest = found.size() == 1 ? found.values().iterator().next().detail() : silence;
    all(rest).forEach(found::putIfAbsent);
    return found;
  }

  private static Map<DeviceKind, Availability> all(String reason) {
    Map<DeviceKind, Availability> all = new EnumMap<>(DeviceKind.class);
    for (DeviceKind kind : DeviceKind.values()) {
      all.put(kind, new Availability(false, reason));
    }
    return all;
  }
}
