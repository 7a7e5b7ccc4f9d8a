package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings and tables at the border once gave numbers that said nothing, or the wrong median. */
final class PlainAnswersTest {

  @TempDir private Path folder;

  @Test
  void anEpsilonBelowEveryErrorIsRefused() {
    Ran refused = Ran.dsa("compare", "resnext-a", "resnext-b", "--epsilon", "20");
    assertEquals(ExitCode.BAD_INPUT, refused.code(), refused.toString());
    assertTrue(
        refused.err().contains("epsilon, 20 %, is below every error, of which the smallest is "),
        refused.toString());
  }

  /** Twelve models, half of them at 5 %: half of the weight reaches 5 % exactly. */
  @Test
  void aMedianOfEqualWeightsIsExact() throws IOException {
    Ran edf = Ran.dsa("edf", table("twelve", 12, 1, 0), "--given", "none");
    assertTrue(
        edf.out().lines().anyMatch(line -> line.matches("twelve +12 +12 +5\\.00 +5\\.00 .*")),
        edf.toString());
  }

  @Test
  void populationsOfOneAndTheSameCostAreComparedAsTheyAre() throws IOException {
    Ran given = Ran.dsa("compare", table("one", 100, 0.01, 0), table("two", 100, 0.01, 0.2));
    assertEquals(ExitCode.OK, given.code(), given.toString());
    assertTrue(given.out().startsWith("error | params: 1 stratum, "), given.toString());
    assertTrue(given.out().contains("\none is better than two given params: "), given.toString());
  }

  /** Half of the errors from 5 %, half from 50 % if steps are of 1; all of 1 M params. */
  private Path table(String name, int models, double step, double shift) throws IOException {
    StringBuilder text = new StringBuilder("id,test_error_pct,params\n");
    for (int i = 0; i < models; i++) {
      double error = step == 1 ? (i < models / 2 ? 5 : 50) : 5 + shift + step * i;
      text.append(i).append(',').append(error).append(",1000000\n");
    }
    Path file = folder.resolve(name + ".csv");
    Files.writeString(file, text);
    return file;
  }
}
