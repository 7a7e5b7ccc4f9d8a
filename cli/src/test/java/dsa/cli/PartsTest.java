package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A number without what it is conditional on is no result: without these, a part of a comparison
 * may be printed without its range, its bins, or a word on the models that are missing from it.
 */
final class PartsTest {

  @TempDir private Path folder;

  /** 30 models of rising cost, one costly outlier, and one of a whose params nobody wrote down. */
  private Path population(String name) throws IOException {
    StringBuilder text =
        new StringBuilder("# {\"format\":\"dsa.population/1\",\"name\":\"" + name + "\"}\n")
            .append("id,test_error_pct,params\n");
    for (int i = 0; i < 30; i++) {
      text.append('m').append(i).append(',').append(5 + 0.125 * i).append(',');
      text.append(1_000_000 + 10_000 * i).append('\n');
    }
    text.append("outlier,4.5,3000000\n").append(name.equals("a") ? "unknown,5.5,\n" : "");
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private static Ran ok(String command) {
    Ran ran = Ran.dsa((Object[]) command.split(" "));
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  @ParameterizedTest
  @CsvSource({
    "edf --resamples 2 A, dsa.edf/1",
    "search-efficiency A, dsa.search-efficiency/1",
    "sample-size A B --difference 0.1, dsa.sample-size/1",
    "sample-size A --trials 2 --range 1k:10M, dsa.sample-size/1",
    "best-range B --searches 2, dsa.best-range/2",
    "populations A, dsa.populations/1",
    "spaces, dsa.spaces/2",
    "describe resnet, dsa.space-description/3",
    "complexity C, dsa.complexity/1",
  })
  void everyObjectNamesItsFormatFirst(String command, String format) throws IOException {
    Path c = folder.resolve("c.jsonl");
    ok("sample resnet -n 2 --seed 1 -o " + c);
    String line =
        command
            .replace(" A", " " + population("a"))
            .replace(" B", " " + population("b"))
            .replace(" C", " " + c);
    Ran ran = ok(line + " --format json --stacktrace");
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertEquals("format", json.fieldNames().next());
    assertEquals(format, json.get("format").textValue());
    if (json.has("given")) {
      assertEquals("params", json.get("given").textValue());
      assertTrue(
          json.at("/strata/count").intValue() + json.at("/bins/count").intValue() > 0, ran.out());
      JsonNode models = json.at("/populations/0");
      assertEquals(32, models.get("recorded").intValue());
      assertEquals(1, models.get("uncosted").intValue());
      assertEquals(
          32,
          models.get("divergedDropped").intValue()
              + models.get("uncosted").intValue()
              + models.get("outside").intValue()
              + models.get("used").intValue());
      assertTrue(models.get("effectiveSampleSize").doubleValue() > 1, ran.out());
      assertTrue(models.get("largestWeight").doubleValue() > 0, ran.out());
    }
  }

  @Test
  void theTextSaysWhatIsHeldFixedAndWhatToBeCarefulOf() throws IOException {
    Path a = population("a");
    String range = " --range 0.9M:3.1M --empty-bins merge --bins 2";
    for (String command :
        new String[] {
          "edf --resamples 2 " + a,
          "search-efficiency " + a,
          "sample-size " + a + " " + population("b") + " --difference 0.1"
        }) {
      String out = ok(command + range).out();
      assertTrue(out.startsWith("error | params: 2 bins from 0.9 M to 3.1 M\n\n"), out);
      assertTrue(out.contains("Note: one model of a carries 50.0 % of the weight"), out);
      assertTrue(
          out.contains("Note: 1 model of a was left out because its params is not recorded"), out);
    }
    String plain = ok("search-efficiency " + a + " --given none").out();
    assertTrue(plain.startsWith("error, every model with the same weight\n\n"), plain);
    assertFalse(plain.contains("Note:"), plain);
  }

  @Test
  void sampleSizesSayWhatTheyAreMeasuredAgainst() throws IOException {
    Path a = population("a");
    String all = ok("sample-size --given none " + a).out();
    assertTrue(all.contains("expected D, independent"), all);
    assertTrue(all.contains("distance to all 32 models, those of the sample included"), all);
    assertTrue(all.contains("two sets drawn independently with replacement"), all);
    String some = ok("sample-size --given none --reference 8 " + a).out();
    assertTrue(some.contains("distance to a reference of 8 models"), some);
    assertTrue(all.lines().count() > some.lines().count(), some);
  }

  @Test
  void thePredictionBandHasAFileOfItsOwn() throws IOException {
    Path out = folder.resolve("out");
    ok("search-efficiency " + population("a") + " --figures svg -o " + out);
    assertTrue(Files.exists(out.resolve("random-search-prediction.svg")));
    assertFalse(Files.exists(out.resolve("random-search.svg")));
  }
}
