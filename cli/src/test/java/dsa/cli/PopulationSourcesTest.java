package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.cli.console.ExitCode;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.populations.PopulationSource;
import dsa.populations.SweepRuns;
import dsa.populations.builtin.BuiltInPopulations;
import dsa.trainer.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user names must be what is read: a built-in population that differs from its log in the
 * repository, or a sweep's folder that is taken for less than it holds, would go unnoticed.
 */
final class PopulationSourcesTest {

  private static final Path ROOT = Path.of(System.getProperty("dsa.root", ".."));

  @TempDir private Path folder;

  private static Ran ok(Object... args) {
    Ran ran = Ran.dsa(args);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  @Test
  void aSweepsFolderIsAPopulation() throws IOException {
    MadeSweep sweep =
        MadeSweep.begin(folder.resolve("resnet"), 5, Instant.parse("2026-01-01T00:00:00Z"));
    sweep.completed(3, 22).completed(0, 30.5).diverged(2).failed(1);
    Ran ran = ok("populations", sweep.path(), "again=" + sweep.path(), "--verbose");
    assertTrue(
        ran.err()
            .contains(
                sweep.path()
                    + ": a sweep: smallest error over the epochs, 3 of 5 networks are in (1"
                    + " diverged), 1 failed, 1 missing, 0 reruns merged"),
        ran.toString());
    for (String part :
        List.of(
            "again",
            "  recipe: cpu-mini (" + sweep.folder().recipe().hash() + ")",
            "  data set: cifar10 (d1)",
            "  seed: 7",
            "  engine: libtorch 2.10.0 on cpu some processor, threads 1",
            "  program: dsa 0.2.0; some VM; some system",
            "  trained: 2026-01-01T00:00:00Z to 2026-01-01T00:03:50Z, 2 min of epochs in all",
            "  runs: 3 results, 1 of them diverged; 1 failed")) {
      assertTrue(ran.out().lines().anyMatch(line -> line.startsWith(part)), part + "\n" + ran);
    }
    JsonNode json =
        new ObjectMapper()
            .readTree(
                ok("populations", sweep.path().resolve("runs.jsonl"), "--format", "json").out());
    JsonNode known = json.at("/populations/0/circumstances");
    assertEquals(3, known.get("results").intValue());
    assertEquals(1, known.get("failed").intValue());
    assertEquals(7, known.at("/seeds/0").longValue());
    assertEquals("some VM", known.at("/jvms/0").textValue());
    assertEquals(100, known.get("trainingSeconds").doubleValue());
    Ran none = Ran.dsa("populations", folder);
    assertEquals(ExitCode.BAD_INPUT, none.code());
    assertTrue(none.err().contains("holds no sweep"), none.toString());
  }

  private static final List<String> STANDARD =
      List.of("vanilla", "resnet", "resnext-a", "resnext-b");

  @Test
  void everyPopulationOfTheRepositoryIsBuiltInAndTheSameThere() throws IOException {
    Path home = ROOT.resolve("data/populations");
    List<String> folders;
    try (Stream<Path> files = Files.list(home)) {
      folders =
          files
              .filter(Files::isDirectory)
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList();
    }
    assertEquals(
        folders,
        BuiltInPopulations.OURS.names().stream().sorted().toList(),
        "data/populations/index.txt names each folder beside it, one a line");
    for (String name : folders) {
      SweepFolder.open(home.resolve(name)); // its plan, networks and recipe belong together
      SweepRuns runs = SweepRuns.open(home.resolve(name));
      assertEquals(0, runs.missing(), name);
      Population expected = runs.collect(name, ErrorKind.MIN).population();
      assertEquals(expected, PopulationSource.open(name).population());
      int least = STANDARD.contains(name) ? 64 : 24;
      assertTrue(expected.models().size() >= least, name + ": " + expected.models().size());
    }
    Ran all = ok("populations"); // from a folder without data/
    assertEquals(2 + folders.size(), all.out().lines().count(), all.toString());
  }
}
