package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for one figure and gets four waits for three; who misspells one must hear of it. */
final class PlotsTest {

  private static final Path DATA = Path.of(System.getProperty("dsa.root"), "data");

  @TempDir Path folder;

  private Ran compare(Object... more) {
    Object[] words = {
      "compare",
      DATA.resolve("example-narrow.csv"),
      DATA.resolve("example-wide.csv"),
      "--seed",
      1,
      "-o",
      folder,
      "--figures",
      "svg"
    };
    return Ran.dsa(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  private List<String> pictures() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".svg"))
          .sorted()
          .toList();
    }
  }

  @Test
  void onlyThePlotsAskedForAreDrawn() throws IOException {
    Ran ran = compare("--plots", "complexity,edf");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertEquals(List.of("complexity.svg", "edf.svg"), pictures());
  }

  @Test
  void allPlotsAreDrawnUnlessAsked() throws IOException {
    Ran ran = compare();
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertEquals(
        List.of(
            "complexity.svg",
            "edf-difference.svg",
            "edf.svg",
            "error-against-complexity.svg",
            "random-search.svg"),
        pictures());
  }

  @Test
  void plotsOfComplexityAreLeftOutWhereNoneIsGiven() throws IOException {
    Ran ran = compare("--given", "none", "--plots", "complexity,edf");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertEquals(List.of("edf.svg"), pictures());
  }

  @Test
  void anUnknownPlotIsAUsageError() {
    Ran ran = compare("--plots", "edv");
    assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
    assertTrue(ran.err().contains("'edv' is none of edf, edf-difference"), ran.toString());
  }
}
