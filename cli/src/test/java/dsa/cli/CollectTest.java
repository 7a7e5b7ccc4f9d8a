package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.cli.console.ExitCode;
import dsa.core.io.PopulationCsv;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sweep that was interrupted, or whose workers raced, must give the population that an
 * undisturbed one gives; and a population of half a sweep must not pass for one of all of it.
 */
final class CollectTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  private static Ran ok(Object... args) {
    Ran ran = Ran.dsa(args);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  @Test
  void theFileDoesNotDependOnTheOrderOfTheRunsOrOnInterruptions() throws IOException {
    MadeSweep quiet = MadeSweep.begin(folder.resolve("a/resnet"), 4, START);
    quiet.completed(0, 30.5).completed(1, 20.25).diverged(2).completed(3, 25);
    MadeSweep rough = MadeSweep.begin(folder.resolve("b/resnet"), 4, START.plusSeconds(86_400));
    rough.failed(3).completed(1, 20.25).failed(3).diverged(2).completed(3, 25).completed(0, 30.5);
    Path one = folder.resolve("one.csv");
    Path other = folder.resolve("other.csv");
    ok("collect", quiet.path(), "-o", one);
    ok("collect", rough.path(), "-o", other);
    String text = Files.readString(one);
    assertEquals(text, Files.readString(other));
    assertFalse(text.contains("2026"), text);
    Population population = PopulationCsv.read(one);
    assertEquals("resnet", population.name());
    assertEquals(
        List.of("resnet-0000", "resnet-0001", "resnet-0002", "resnet-0003"),
        population.models().stream().map(model -> model.id()).toList());
    String source = population.origin().source();
    for (String part :
        List.of(
            "4 training runs with seed 7 by libtorch 2.10.0 on cpu some processor with 1 thread",
            "recipe cpu-mini (" + quiet.folder().recipe().hash() + ")",
            "data set cifar10 (d1)",
            "dsa 0.2.0")) {
      assertTrue(source.contains(part), source);
    }
    assertEquals(30.5, population.models().get(0).testError().getAsDouble());
    assertTrue(population.models().get(2).testError().isEmpty());
    ok("collect", quiet.path(), "--error", "last", "--name", "final", "-o", other);
    Population last = PopulationCsv.read(other);
    assertEquals("final", last.name());
    assertEquals(31.0, last.models().get(0).testError().getAsDouble());
    // the log in the folder stands for the folder
    ok("collect", quiet.path().resolve("runs.jsonl"), "-o", other);
    assertEquals(text, Files.readString(other));
  }

  @Test
  void halfASweepIsCollectedAndSaidToBeHalf() throws IOException {
    MadeSweep sweep = MadeSweep.begin(folder.resolve("resnet"), 6, START);
    sweep.completed(4, 30.5).diverged(2).failed(1);
    Files.writeString(
        sweep.path().resolve("runs.jsonl"), "{\"format\":\"dsa.r", StandardOpenOption.APPEND);
    Path file = folder.resolve("half.csv");
    Ran ran = ok("collect", sweep.path(), "-o", file, "--format", "json");
    assertTrue(ran.err().contains("3 of 6 networks have no result yet"), ran.toString());
    assertTrue(ran.err().contains("the last line was cut short"), ran.toString());
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertEquals("dsa.collection/1", json.get("format").textValue());
    assertEquals(6, json.get("networks").intValue());
    assertEquals(2, json.get("results").intValue());
    assertEquals(1, json.get("diverged").intValue());
    assertEquals(1, json.get("failed").intValue());
    assertEquals(3, json.get("missing").intValue());
    assertEquals(2, PopulationCsv.read(file).models().size());
    String text = ok("collect", sweep.path(), "-o", file).out();
    assertTrue(text.lines().skip(1).anyMatch(line -> line.matches(".*6 +2 +1 +1 +3 +0 +2")), text);
  }

  @Test
  void lossesOfTheCurvesAreCollectedUnderTheirOwnName() throws IOException {
    MadeSweep sweep = MadeSweep.begin(folder.resolve("resnet"), 2, START);
    sweep.completed(1, 30.5).completed(0, 31);
    Path file = folder.resolve("sum.csv");
    ok("collect", sweep.path(), "--metric", "train-loss-sum", "-o", file);
    Population sums = PopulationCsv.read(file);
    assertEquals(Metric.TRAIN_LOSS_SUM, sums.origin().metric());
    assertEquals(2.0, sums.models().get(0).testError().getAsDouble()); // two epochs of 1 nat
    assertEquals(2 * Math.log(10), sums.origin().chanceErrorPct());
  }

  @Test
  void anOutputThatIsAFileOfTheInputIsRefused() throws IOException {
    MadeSweep sweep = MadeSweep.begin(folder.resolve("resnet"), 2, START);
    sweep.completed(1, 30.5).completed(0, 31);
    Path log = sweep.path().resolve("runs.jsonl");
    Path table = Files.writeString(folder.resolve("t.csv"), "id,error\nx,6\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), table);
    String before = Files.readString(log);
    for (List<Object> line :
        List.<List<Object>>of(
            List.of("collect", sweep.path(), "-o", log),
            List.of("collect", log, "-o", log),
            List.of("collect", log, "-o", sweep.path().resolve("sweep.json")),
            List.of("import", "csv", table, "-o", table),
            List.of("import", "csv", link, "-o", table),
            List.of("sample", "x=" + table, "-n", "1", "--seed", "1", "-o", table))) {
      Ran ran = Ran.dsa(line.toArray());
      assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
      assertTrue(ran.err().contains("is a file of the input"), ran.toString());
    }
    assertEquals(before, Files.readString(log));
    ok("collect", sweep.path(), "-o", sweep.path().resolve("population.csv"));
  }

  @Test
  void aLogWithoutItsFolderWillDo() throws IOException {
    MadeSweep sweep = MadeSweep.begin(folder.resolve("resnet"), 2, START);
    sweep.completed(1, 30.5).completed(0, 31);
    Path log = folder.resolve("moved.jsonl");
    Files.copy(sweep.path().resolve("runs.jsonl"), log);
    Path file = folder.resolve("moved.csv");
    Ran ran = ok("collect", log, "-o", file);
    assertFalse(ran.err().contains("no result yet"), ran.toString());
    assertEquals("moved", PopulationCsv.read(file).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "collect NEW -o OUT; 3; none of 2 networks has come to a result yet; see 'dsa status'",
        "collect FAILED -o OUT; 3; none of 1 network has come to a result",
        "collect NEW/checkpoints -o OUT; 3; holds no sweep (no sweep.json); 'dsa train' makes one",
        "collect NEW/recipe.yaml -o OUT; 3; is neither a sweep's folder nor a run log",
        "collect nowhere -o OUT; 3; nowhere: no such file",
        "collect NEW -o OUT --error unstated; 2; a run's is min, last or validated",
        "collect NEW -o OUT --error min --metric train-loss; 2; --error chooses a test error",
        "collect NEW -o OUT --metric loss; 2; none of test-error, train-loss, train-loss-sum",
        "collect NEW; 2; --output",
      })
  void whereThereIsNothingToCollectOneSentenceSaysSo(String line, int code, String message)
      throws IOException {
    MadeSweep.begin(folder.resolve("new"), 2, START);
    MadeSweep.begin(folder.resolve("failed"), 1, START).failed(0);
    Path out = folder.resolve("out.csv");
    Ran ran =
        Ran.dsa(
            (Object[])
                line.replace("NEW", folder.resolve("new").toString())
                    .replace("FAILED", folder.resolve("failed").toString())
                    .replace("OUT", out.toString())
                    .split(" "));
    assertEquals(code, ran.code(), ran.toString());
    assertTrue(ran.err().contains(message), ran.toString());
    assertEquals(code == ExitCode.USAGE ? 2 : 1, ran.err().lines().count(), ran.toString());
    assertFalse(Files.exists(out));
  }
}
