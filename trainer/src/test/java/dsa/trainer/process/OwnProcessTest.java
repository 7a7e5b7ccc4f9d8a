package dsa.trainer.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whoever names another folder for native libraries does so because the usual one has no room:
 * child processes that are not told so fail there.
 */
final class OwnProcessTest {

  @Test
  void systemPropertiesArePassedOnAndNothingElse() {
    List<String> command =
        OwnProcess.command(
            List.of("-Xmx1g", "-Dcache=/large disk", "-javaagent:x.jar", "-Dempty"),
            EngineProbeMain.class,
            List.of("-XX:+UseSerialGC"),
            List.of("libtorch", "cpu"));
    assertEquals("java", new File(command.get(0)).getName().replace(".exe", ""));
    assertEquals(
        List.of(
            "-Dcache=/large disk",
            "-Dempty",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dsa.trainer.process.EngineProbeMain",
            "libtorch",
            "cpu"),
        command.subList(1, command.size()));
  }

  @Test
  void theCommandStartsTheProgram() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                OwnProcess.command(
                    EngineProbeMain.class,
                    List.of("-XX:TieredStopAtLevel=1"),
                    List.of("libtorch", "cpu")))
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.contains("{\"usable\":"), said);
  }
}
