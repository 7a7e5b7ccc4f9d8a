package dsa.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.run.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's first command compares two files that no training made. They must say so themselves,
 * and nobody may edit them by hand into something that looks measured.
 */
final class ExamplePopulationsTest {

  private static final Path DATA = Path.of(System.getProperty("dsa.root", ".."), "data");

  @TempDir Path folder;

  @Test
  void theFilesInDataAreWhatTheGeneratorMakes() throws IOException {
    ExamplePopulations.main(new String[] {folder.toString()});
    for (String name : List.of("example-narrow.csv", "example-wide.csv")) {
      String shipped = Files.readString(DATA.resolve(name));
      assertEquals(Files.readString(folder.resolve(name)), shipped, name);
      assertTrue(
          shipped
              .lines()
              .findFirst()
              .orElseThrow()
              .contains("\"\"source\"\":\"\"synthetic: made by"));
    }
  }

  @Test
  void theyHoldModelsToCompareAndAFewThatDiverged() throws IOException {
    for (Population made : List.of(ExamplePopulations.narrow(), ExamplePopulations.wide())) {
      Population read = PopulationCsv.read(DATA.resolve(made.name() + ".csv"));
      assertEquals(made, read);
      assertEquals(200, read.models().size());
      assertTrue(read.diverged() >= 1 && read.diverged() <= 10, () -> "" + read.diverged());
    }
  }
}
