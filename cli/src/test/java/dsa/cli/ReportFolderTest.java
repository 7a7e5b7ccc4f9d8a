package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who names the folder of the data, or of something else, as the folder of a report loses files;
 * who repeats a report must not be asked whether that is meant.
 */
final class ReportFolderTest {

  @TempDir Path folder;

  private Path input;
  private Path report;

  @BeforeEach
  void population() throws IOException {
    StringBuilder text = new StringBuilder("id,test_error_pct,params\n");
    for (int i = 0; i < 40; i++) {
      text.append("m" + i + "," + (5 + 0.1 * i) + "," + (1_000_000 + 1000 * i) + "\n");
    }
    report = Files.createDirectories(folder.resolve("report"));
    input = Files.writeString(folder.resolve("a.csv"), text);
  }

  private Ran edf(Object... more) {
    Object[] words = {"edf", input, "--resamples", 9, "-o", report, "--figures", "svg"};
    return Ran.dsa(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  @Test
  void theIndexListsEveryFileOfAReport() throws IOException {
    Ran ran = edf();
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    String index = Files.readString(report.resolve("index.md"));
    try (Stream<Path> files = Files.list(report)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        assertTrue(name.equals("index.md") || index.contains("](" + name + ")"), index);
      }
    }
  }

  @Test
  void anEarlierReportIsReplacedAndThatIsSaid() throws IOException {
    assertFalse(edf().err().contains("earlier"));
    Ran again = edf("--plots", "EDF");
    assertEquals(ExitCode.OK, again.code(), again.toString());
    assertTrue(again.err().contains("in place of an earlier report"), again.toString());
    Ran other = Ran.dsa("search-efficiency", input, "-o", report, "--figures", "svg");
    assertEquals(ExitCode.OK, other.code(), other.toString());
    assertTrue(other.err().contains("left from earlier"), other.toString());
    String index = Files.readString(report.resolve("index.md"));
    assertTrue(index.contains("(edf.svg)"), index);
  }

  @Test
  void filesOfTheUsersAreReplacedOnlyByForce() throws IOException {
    Path mine = Files.writeString(report.resolve("edf.csv"), "my own");
    Ran ran = edf();
    assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
    assertTrue(ran.err().contains("edf.csv") && ran.err().contains("--force"), ran.toString());
    assertEquals("my own", Files.readString(mine));
    assertEquals(ExitCode.OK, edf("--force").code());
    assertFalse(Files.readString(mine).equals("my own"));
  }

  @Test
  void anIndexOfTheUsersStays() throws IOException {
    Path mine = Files.writeString(report.resolve("index.md"), "# my pages\n");
    assertEquals(ExitCode.OK, edf().code());
    assertEquals("# my pages\n", Files.readString(mine));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"edf", "compare", "search-efficiency", "sample-size", "best-range", "agreement"})
  void noReportReplacesItsInput(String command) throws IOException {
    input = Files.move(input, report.resolve("report.json"));
    String before = Files.readString(input);
    boolean pair = command.equals("compare") || command.equals("agreement");
    Ran ran =
        pair
            ? Ran.dsa(command, input, "b=" + input, "-o", report, "--force")
            : Ran.dsa(command, input, "-o", report, "--force");
    assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
    assertTrue(ran.err().contains("is a file of the input"), ran.toString());
    assertEquals(before, Files.readString(input));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edf A",
        "sample-size A --trials 2",
        "sample-size A B --difference 0.1",
        "best-range A"
      })
  void everyCommandThatPrintsAReportWritesOne(String command) throws IOException {
    Object[] words =
        Stream.of((command + " -o " + report + " --figures svg").split(" ")).toArray(Object[]::new);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("A") ? input : words[i].equals("B") ? "b=" + input : words[i];
    }
    Ran ran = Ran.dsa(words);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(Files.exists(report.resolve("report.json")), ran.toString());
  }
}
