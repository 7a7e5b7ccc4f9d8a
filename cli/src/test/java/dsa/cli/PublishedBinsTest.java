package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever compares with a figure of the papers needs its bins, and to be told what they hide. */
final class PublishedBinsTest {

  private static final Path DATA = Path.of(System.getProperty("dsa.root", "..")).resolve("data");

  private static Ran compare(String... more) {
    Object[] words = new Object[more.length + 7];
    words[0] = "compare";
    words[1] = DATA.resolve("example-narrow.csv");
    words[2] = DATA.resolve("example-wide.csv");
    words[3] = "--resamples";
    words[4] = "50";
    words[5] = "--permutations";
    words[6] = "50";
    System.arraycopy(more, 0, words, 7, more.length);
    return Ran.dsa(words);
  }

  @Test
  void theyAreTenAndTheNoteTellsWhatComplexityInsideThemExplains() {
    Ran published = compare("--published");
    assertEquals(ExitCode.OK, published.code(), published.toString());
    assertEquals(compare("--bins", "10").out(), published.out());
    assertTrue(published.out().startsWith("error | params: 10 bins "), published.toString());
    assertTrue(published.out().contains(" inside the bins; at equal params "), published.out());
  }

  @Test
  void anotherNumberIsRefused() {
    Ran refused = compare("--published", "--bins", "5");
    assertEquals(ExitCode.USAGE, refused.code(), refused.toString());
    assertTrue(refused.err().contains("--published has 10 bins"), refused.toString());
    assertEquals(ExitCode.USAGE, compare("--published", "--given", "none").code());
  }
}
