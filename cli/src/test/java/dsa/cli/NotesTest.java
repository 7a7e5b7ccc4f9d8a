package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table in a paper is read without the terminal it came from: what should make its reader careful
 * must come along in every format that people or programs read.
 */
final class NotesTest {

  private static final Path DATA = Path.of(System.getProperty("dsa.root"), "data");
  private static final String WARNING = "no p-value can fall below 0.090909";

  @TempDir private Path folder;

  private Ran compare(String... more) {
    Object[] words = {
      "compare",
      DATA.resolve("example-narrow.csv"),
      DATA.resolve("example-wide.csv"),
      "--permutations",
      10,
      "--resamples",
      20
    };
    return Ran.dsa(Stream.concat(Arrays.stream(words), Arrays.stream((Object[]) more)).toArray());
  }

  @Test
  void warningsReachEveryFormatButCsv() throws Exception {
    for (String format : List.of("text", "markdown", "latex", "json")) {
      Ran ran = compare("--format", format);
      assertEquals(ExitCode.OK, ran.code(), ran.toString());
      assertTrue(ran.out().contains(WARNING), format + ran);
    }
    assertTrue(compare("--format", "latex").out().contains("\n\\noindent Note: with 1 pairs"));
    assertTrue(!compare("--format", "csv").out().contains("Note"));
    compare("-o", folder.toString(), "--figures", "latex");
    assertTrue(Files.readString(folder.resolve("report.json")).contains(WARNING));
  }
}
