package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
            List.of("-XX:+UseSerialGC"),
            List.of("probe-engine", "libtorch"));
    assertEquals("java", new File(command.get(0)).getName().replace(".exe", ""));
    assertEquals(
        List.of(
            "-Dcache=/large disk",
            "-Dempty",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dsa.cli.Main",
            "probe-engine",
            "libtorch"),
        command.subList(1, command.size()));
  }

  @Test
  void theCommandStartsThisProgram() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                OwnProcess.command(List.of("-XX:TieredStopAtLevel=1"), List.of("--version")))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.OK, process.waitFor(), said);
    assertEquals(Ran.dsa("--version").out(), said);
  }
}
