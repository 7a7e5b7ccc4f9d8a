package dsa.populations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.populations.builtin.BuiltInPopulations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name that is taken for another source, or two sources that come by one name, compare a
 * population with the wrong one or with itself.
 */
final class PopulationSourceTest {

  private static final String HOME = "/dsa/populations/made-up-home/";
  private static final BuiltInPopulations MADE_UP = new BuiltInPopulations(HOME);

  @TempDir private Path folder;

  private Path log(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream in = getClass().getResourceAsStream(HOME + "made-up/runs.jsonl")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static List<String> namesOf(List<PopulationSource> sources) throws IOException {
    return PopulationSource.readAll(sources, Optional.empty()).stream()
        .map(opened -> opened.population().name())
        .toList();
  }

  @Test
  void aBuiltInPopulationIsFoundByItsName() throws IOException {
    OpenedPopulation opened = PopulationSource.open("made-up", MADE_UP).read(Metric.TEST_ERROR);
    Population population = opened.population();
    assertEquals("made-up", population.name());
    assertEquals(List.of(), opened.remarks());
    assertEquals(
        List.of("made-up-0000", "made-up-0001", "made-up-0002"),
        population.models().stream().map(model -> model.id()).toList());
    assertEquals(35.5, population.models().get(0).testError().getAsDouble());
    assertEquals(10, opened.circumstances().orElseThrow().trainingSeconds());
    Population renamed = PopulationSource.open("x=Made-Up", MADE_UP).population();
    assertEquals("x", renamed.name());
    assertEquals(population.models(), renamed.models());
    assertTrue(new BuiltInPopulations("/nowhere/").names().isEmpty());
  }

  @Test
  void thePopulationsOfTheProgramOpenInOneLine() throws IOException {
    assertEquals("resnext-a", PopulationSource.open("resnext-a").population().name());
    assertTrue(PopulationSource.names().contains("resnet"));
  }

  @Test
  void afterAWrongNameTheRightOnesAreSuggested() {
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class, () -> PopulationSource.open("madeup1", MADE_UP));
    assertEquals(
        "there is no file 'madeup1' and no such name built in (made-up); did you mean made-up?",
        fault.getMessage());
    fault =
        assertThrows(IllegalArgumentException.class, () -> PopulationSource.open("other", MADE_UP));
    assertTrue(fault.getMessage().endsWith("; name a file, or give name=file"), fault.getMessage());
  }

  @Test
  void logsAreCalledAfterTheirFoldersAndTablesOfOneNameAreToldApart() throws IOException {
    Path a = Files.createDirectories(folder.resolve("a"));
    Path b = Files.createDirectories(folder.resolve("b"));
    Files.writeString(a.resolve("runs.csv"), "id,error\nx,6\n");
    Files.writeString(b.resolve("runs.csv"), "id,error\nx,7\n");
    assertEquals(
        List.of("first", "second", "other", "a/runs", "b/runs"),
        namesOf(
            List.of(
                PopulationSource.open(log("first/runs.jsonl")),
                PopulationSource.open(log("second/runs.jsonl")),
                PopulationSource.open(log("second/other.jsonl")),
                PopulationSource.open(a.resolve("runs.csv")),
                PopulationSource.open(b.resolve("runs.csv")))));
    assertEquals(
        List.of("x/same", "y/same"),
        namesOf(
            List.of(
                PopulationSource.open(log("x/same/runs.jsonl")),
                PopulationSource.open(log("y/same/runs.jsonl")))));
    PopulationSource twice = PopulationSource.open(a.resolve("runs.csv"));
    assertEquals(
        List.of("runs", "runs", "mine"), namesOf(List.of(twice, twice, twice.named("mine"))));
  }

  @Test
  void whereThereAreNoCurvesLossesAreRefused() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "id,error\na,6.5\n");
    MalformedFileException fault =
        assertThrows(
            MalformedFileException.class,
            () -> PopulationSource.open(table).read(Metric.TRAIN_LOSS_SUM));
    assertTrue(
        fault
            .getMessage()
            .endsWith("without learning curves, so that it gives no sum of training losses"),
        fault.getMessage());
    assertEquals(Optional.of(Remedy.METRIC), fault.remedy());
  }
}
