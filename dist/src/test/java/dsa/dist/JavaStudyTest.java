package dsa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a command can do, a short program can do with nothing but {@code dsa.jar}. Without this test
 * a class that only the command line sees, or that the jar lacks, would be noticed by its first
 * user.
 */
final class JavaStudyTest {

  private static final Path STUDY = Path.of(System.getProperty("dsa.root"), "docs", "study");

  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void aShortProgramComparesDrawsAndTrainsFromTheJarAlone() throws Exception {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("dsa.jar"),
                STUDY.resolve("Study.java").toString(),
                STUDY.resolve("trial.yaml").toString(),
                folder.resolve("out").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(said);
    assertTrue(ended, text);
    assertEquals(0, process.exitValue(), text);

    List<String> lines = text.lines().toList();
    assertTrue(lines.get(0).startsWith("resnext-b is better than resnext-a given params"), text);
    assertEquals(
        3, lines.stream().filter(l -> l.matches("[0-2]: Complexity\\[params=.*")).count(), text);
    String last = lines.get(lines.size() - 1);
    assertTrue(last.contains("seed-1") && last.contains("seed-2"), text);
    for (String name : List.of("built-in", "trained")) {
      assertTrue(Files.readString(folder.resolve("out/" + name + ".svg")).contains("<svg"));
      assertTrue(Files.size(folder.resolve("out/" + name + ".csv")) > 0);
    }
    for (int seed = 1; seed <= 2; seed++) {
      assertEquals(3, runs(folder.resolve("out/seed-" + seed + "/runs.jsonl")));
    }
  }

  private static long runs(Path log) throws IOException {
    return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
        .filter(line -> line.contains("\"completed\""))
        .count();
  }

  @Test
  void theProgramIsShort() throws IOException {
    assertTrue(Files.readAllLines(STUDY.resolve("Study.java")).size() <= 40);
  }
}
