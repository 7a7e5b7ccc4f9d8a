package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.cli.console.ExitCode;
import dsa.cli.train.MachineReport;
import dsa.trainer.Engines;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.process.EngineProbe;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who cannot train must learn why before a sweep, and from a program that is still alive: a library
 * that crashes would take the explanation with it. And who only compares must not pay for engines.
 */
final class DoctorTest {

  private static final String CLASSES = System.getProperty("java.class.path");

  @TempDir private Path folder;

  /** A program of this project in a process of its own, with this folder as home. */
  private int run(String classPath, Path out, Path err, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:class+load:file=" + folder.resolve("classes.log")));
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Duser.home=" + folder);
    return builder.start().waitFor();
  }

  @Tag("slow")
  @Test
  void theReportNamesEveryEngineOnEveryDevice() throws IOException {
    Ran ran = Ran.dsa("doctor", "--format", "json");
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertEquals("dsa.doctor/1", json.get("format").textValue());
    assertEquals("format", json.fieldNames().next());
    List<String> named = new ArrayList<>();
    json.get("engines")
        .forEach(e -> named.add(e.get("engine").textValue() + " " + e.get("device").textValue()));
    List<String> expected = new ArrayList<>();
    for (String engine : Engines.choices()) {
      expected.add(engine + " cpu");
      expected.add(engine + " cuda");
    }
    assertEquals(expected, named);
    assertTrue(json.at("/data/freeBytes").longValue() > 0, ran.out());
    boolean usable =
        json.get("engines").findValues("usable").stream().anyMatch(JsonNode::booleanValue);
    assertEquals(usable ? ExitCode.OK : ExitCode.BAD_INPUT, ran.code(), ran.toString());
    for (JsonNode engine : json.get("engines")) {
      String detail = engine.get("detail").textValue();
      assertFalse(detail.isBlank() || detail.contains("\n"), detail);
      assertFalse(detail.contains("exit code"), detail);
    }
  }

  @Tag("slow")
  @Test
  void withoutLibrariesNoEngineWorksAndTheReasonsAreGiven()
      throws IOException, InterruptedException {
    String javaOnly =
        Arrays.stream(CLASSES.split(File.pathSeparator, -1))
            .filter(entry -> !entry.matches(".*(x86_64|arm64|mxnet-native)[^/\\\\]*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    assertEquals(ExitCode.BAD_INPUT, run(javaOnly, out, err, "doctor", "--python", "no-python"));
    String said = Files.readString(err).strip();
    assertTrue(said.endsWith("dsa: no engine works on this machine; the reasons are above."), said);
    String text = Files.readString(out);
    assertTrue(text.contains("libtorch on cpu   does not work: "), text);
    assertTrue(text.contains("there is no interpreter no-python here"), text);
    assertFalse(text.contains(" works: "), text);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLibraryThatCrashesIsReported() throws IOException {
    Availability found =
        EngineProbe.withDefaults()
            .with(List.of("sh", "-c", "echo 'illegal instruction' >&2; kill -SEGV $$"))
            .of("libtorch", DeviceKind.CPU);
    assertFalse(found.usable());
    assertEquals(
        "the process that loaded it ended with exit code 139: illegal instruction", found.detail());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatALibrarySaysIsNoAnswer() throws IOException {
    Availability found =
        EngineProbe.withDefaults()
            .with(List.of("sh", "-c", "echo hello; echo '{\"usable\":true,\"detail\":\"yes\"}'"))
            .of("libtorch", DeviceKind.CPU);
    assertEquals(new Availability(true, "yes"), found);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsSaidAfterTheAnswerDoesNotHideIt() throws IOException {
    String answer = "echo '{\"usable\":true,\"detail\":\"yes\"}'; ";
    for (String last : List.of("bye {", "17", "{}", "[driver] {\"usable\":1}", "{} x")) {
      EngineProbe probe =
          EngineProbe.withDefaults().with(List.of("sh", "-c", answer + "echo '" + last + "'"));
      assertEquals(new Availability(true, "yes"), probe.of("libtorch", DeviceKind.CPU), last);
    }
    for (String all : List.of("echo 'bye {'", "echo hello; echo 'bye {' >&2")) {
      assertEquals(
          new Availability(false, "the process that loaded it gave no answer: bye {"),
          EngineProbe.withDefaults().with(List.of("sh", "-c", all)).of("libtorch", DeviceKind.CPU));
    }
    assertEquals(
        new Availability(false, "the process that loaded it gave no answer"),
        EngineProbe.withDefaults().with(List.of("true")).of("libtorch", DeviceKind.CPU));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linesFitATerminalAndTheDataFolderIsLookedInto() throws IOException {
    String long80 = "a reason of many words, ".repeat(9).strip();
    EngineProbe probe =
        EngineProbe.withDefaults()
            .with(List.of("sh", "-c", "echo '{\"usable\":false,\"detail\":\"" + long80 + "\"}'"));
    Path data = Path.of("cifar");
    Map<String, String> environment = Map.of("DSA_DATA", data.toString(), "DJL_CACHE_DIR", "djl");
    MachineReport report = MachineReport.of(probe, Map.of(), environment);
    assertFalse(report.usable());
    assertEquals(data, report.data().folder());
    assertFalse(report.cifar10());
    String text = String.join(" ", report.lines(1000));
    assertTrue(text.contains("'dsa data fetch' brings it"), text);
    for (String line : report.lines(80)) {
      assertTrue(line.length() <= 80 || line.contains(folder.toString()), line);
    }
    Path full = folder.resolve("full");
    ImageSet images = ImageSet.of(new byte[5 * 3072], new byte[5]);
    CifarSample.write(full, "toy", images, images);
    assertTrue(MachineReport.of(probe, Map.of(), Map.of("DSA_DATA", full.toString())).cifar10());
    Files.delete(full.resolve("test_batch.bin"));
    assertFalse(MachineReport.of(probe, Map.of(), Map.of("DSA_DATA", full.toString())).cifar10());
  }

  @Test
  void commandsThatTrainNothingLoadNoEngine() throws IOException, InterruptedException {
    String root = System.getProperty("dsa.root", "..");
    List<String[]> commands =
        List.of(
            new String[] {"--help"},
            new String[] {
              "compare", root + "/data/example-narrow.csv", root + "/data/example-wide.csv"
            });
    for (String[] words : commands) {
      Path out = folder.resolve("out");
      assertEquals(ExitCode.OK, run(CLASSES, out, folder.resolve("err"), words));
      List<String> engines =
          Files.readAllLines(folder.resolve("classes.log")).stream()
              .filter(line -> line.matches(".*\\b(org\\.bytedeco|ai\\.djl|com\\.sun\\.jna)\\..*"))
              .toList();
      assertEquals(List.of(), engines);
      assertTrue(Files.readString(folder.resolve("classes.log")).contains("dsa.cli.Dsa"), "no log");
    }
  }
}
