package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.trainer.TrainingRecipes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The answer to whether a short training says what a long one would: with recipes taken for
 * replicates of each other, or networks for others, it is a wrong one that looks right.
 */
final class AgreementCommandTest {

  @TempDir private Path folder;

  /** Network i is i + 1 blocks deep. */
  private Path population(String name, String recipe, String... errors) throws IOException {
    StringBuilder text =
        new StringBuilder("# {\"format\":\"dsa.population/1\",\"name\":\"" + name + "\",")
            .append("\"error\":\"min\",\"recipe\":\"" + recipe + "\"}\n")
            .append("id,test_error_pct,architecture\n");
    for (int i = 0; i < errors.length; i++) {
      text.append(name).append(i).append(',').append(errors[i]);
      text.append(",vanilla cifar:16 | ").append(i + 1).append("x16 s1\n");
    }
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  @Test
  void recipesAreComparedAndReplicatesMeasured() throws IOException {
    Path a = population("a", "short", "9", "6", "8", "7", "10", "6");
    Path b = population("b", "short", "2", "1", "4", "1", "5", "2", "3");
    Path c = population("c", "long", "5", "3", "6", "", "6", "4");
    Ran ran = Ran.dsa("agreement", a, b, c, "--format", "json", "--resamples", 50);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertEquals("dsa.agreement/2", json.get("format").textValue());
    assertEquals(3, json.get("pairs").size());
    JsonNode pair = json.at("/pairs/0");
    assertEquals(6, pair.get("matched").intValue());
    assertEquals(0, pair.get("onlyA").intValue());
    assertEquals(1, pair.get("onlyB").intValue());
    // of 15 pairs 10 agree, 2 do not, 1 is tied in a only, 2 in b only: 8 / sqrt(14 * 13)
    assertEquals(8 / Math.sqrt(14 * 13), pair.at("/kendallTauB/value").doubleValue(), 1e-12);
    assertTrue(pair.at("/spearman/low").doubleValue() <= pair.at("/spearman/high").doubleValue());
    // network 4 of c diverged: as bad as guessing, though a has it in the middle
    JsonNode other = json.at("/pairs/1");
    assertEquals("c", other.get("b").textValue());
    assertEquals(1, other.get("withoutError").intValue());
    assertEquals(1, json.get("replicates").size());
    JsonNode replicates = json.at("/replicates/0");
    assertEquals("short", replicates.get("recipe").textValue());
    assertEquals("[\"a\",\"b\"]", replicates.get("populations").toString());
    assertEquals(6, replicates.get("matched").intValue());
    // differences 7 5 4 6 5 4: mean square 167 / 12
    assertEquals(Math.sqrt(167 / 12.0), replicates.get("replicateSd").doubleValue(), 1e-12);
    assertEquals(ran.out(), Ran.dsa("agreement", a, b, c, "--format=json", "--resamples=50").out());
  }

  private Path sweep(String name, String recipe, long seed, double... errors) throws IOException {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    MadeSweep sweep = MadeSweep.begin(folder.resolve(name), errors.length, start, recipe, seed);
    for (int i = 0; i < errors.length; i++) {
      sweep.completed(i, errors[i]);
    }
    return sweep.path();
  }

  @Test
  void onlyIndependentTrainingsByTheSameSettingsAreReplicates() throws IOException {
    Path a = sweep("a", "cpu-mini", 7, 9, 6, 8);
    Path again = sweep("again", "cpu-mini", 7, 9, 6, 8);
    Path b = sweep("b", "cpu-mini", 8, 8, 6, 7);
    Path other = folder.resolve("other.yaml");
    String text;
    try (InputStream in =
        TrainingRecipes.class.getResourceAsStream("/dsa/trainer/recipes/cpu-mini.yaml")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.writeString(other, text.replace("epochs: 3", "epochs: 4"));
    Path c = sweep("c", other.toString(), 9, 5, 4, 3);
    Ran ran = Ran.dsa("agreement", a, again, b, c, "--format", "json", "--resamples", 10);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    JsonNode replicates = new ObjectMapper().readTree(ran.out()).get("replicates");
    assertEquals(1, replicates.size(), ran.toString());
    assertEquals("[\"a\",\"b\"]", replicates.at("/0/populations").toString());
    assertEquals("cifar10", replicates.at("/0/dataset").textValue());
    assertTrue(
        ran.err()
            .contains(again + ": is no replicate of " + a + ", as both were trained with seed 7"),
        ran.err());
    Path collected = folder.resolve("collected.csv");
    assertEquals(ExitCode.OK, Ran.dsa("collect", b, "-o", collected).code());
    Ran twice = Ran.dsa("agreement", b, collected);
    assertTrue(!twice.out().contains("replicates of"), twice.toString());
    Ran mixed = Ran.dsa("agreement", a, collected);
    assertTrue(mixed.out().contains("tau-b | params"), mixed.toString());
    assertTrue(mixed.out().contains("cpu-mini, min, cifar10"), mixed.toString());
    Files.writeString(
        collected, Files.readString(collected).replaceFirst("\"cifar10\"", "\"cifar100\""));
    assertTrue(!Ran.dsa("agreement", a, collected).out().contains("replicates of"));
  }

  @Test
  void theTextSaysWhatBecameOfDivergedModels() throws IOException {
    Path a = population("a", "short", "9", "6", "8", "7");
    Path c = population("c", "long", "5", "3", "6", "");
    Ran ran = Ran.dsa("agreement", a, c);
    assertTrue(
        ran.out().contains("Models that diverged to no error count as the error of guessing (1 "),
        ran.toString());
    assertTrue(ran.out().contains("2000 resamples of networks, seed 1"), ran.toString());
    assertTrue(!ran.out().contains("replicates of"), ran.toString());
    assertTrue(
        ran.out().contains("a and c share 4 networks; of fewer than 10 an interval"),
        ran.toString());
    Ran same = Ran.dsa("agreement", a, "again=" + a);
    assertTrue(!same.out().contains("replicates of"), same.toString());
    assertTrue(same.err().contains("these are the same trainings"), same.err());
    Ran csv = Ran.dsa("agreement", a, c, "--format", "csv");
    assertEquals(2, csv.out().lines().count(), csv.toString());
    assertTrue(csv.out().contains("a,c,4,0,0,"), csv.toString());
  }

  @Test
  void populationsOfOtherNetworksCannotAgree() throws IOException {
    Path a = population("a", "short", "9", "6");
    Path b = population("b", "short", "9");
    Ran ran = Ran.dsa("agreement", a, b);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().contains("no two of these populations have two networks"), ran.err());
    assertEquals(ExitCode.USAGE, Ran.dsa("agreement", a, "x=" + a, "--level", 1).code());
    assertEquals(ExitCode.USAGE, Ran.dsa("agreement", a, "x=" + a, "--resamples", 1).code());
    assertEquals(ExitCode.USAGE, Ran.dsa("agreement", a).code());
  }
}
