package dsa.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ErrorKind;
import dsa.core.run.ExtraColumn;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A number that loses its last digit, or a cell that slides one column to the right, changes every
 * figure made from the file and nobody sees it. The golden text seals the format: whoever changes
 * it changes the version too.
 */
final class PopulationCsvTest {

  private static final String GOLDEN =
      """
      id,test_error_pct,params,flops,activations,runs,architecture,net,"{""format"":\
      ""dsa.population/2"",""name"":""wide \\""A\\""\"",""source"":""a test"",""dataset"":""cifar10"",\
      ""flops"":""nds"",""error"":""min"",""chanceErrorPct"":90.0,""recipe"":""nds-100""}"
      m1,6.083333,808234,216687514,544778,3,residual cifar:16 | 12x24 s1 | 12x32 s2,,
      "m,""2""\",,17,9223372036854775807,,1,,"{""a"":[1,2]}",
      "m#3",1.0E-7,,,,1,,'=x,
      """;

  /** The same as it was written before, with a first line of its own. */
  private static final String GOLDEN_1 =
      """
      # {"format":"dsa.population/1","name":"wide \\"A\\"","source":"a test","dataset":"cifar10",\
      "flops":"nds","error":"min","chanceErrorPct":90.0,"recipe":"nds-100"}
      id,test_error_pct,params,flops,activations,runs,architecture,net
      m1,6.083333,808234,216687514,544778,3,residual cifar:16 | 12x24 s1 | 12x32 s2,
      "m,""2""\",,17,9223372036854775807,,1,,"{""a"":[1,2]}"
      "m#3",1.0E-7,,,,1,,=x
      """;

  @TempDir Path folder;

  private static Population example() {
    return new Population(
        "wide \"A\"",
        List.of(
            new TrainedModel(
                "m1",
                OptionalDouble.of(6.083333),
                new RecordedComplexity(
                    OptionalLong.of(808234), OptionalLong.of(216687514), OptionalLong.of(544778)),
                Optional.of(ArchitectureSpec.parse("residual cifar:16 | 12x24 s1 | 12x32 s2")),
                3),
            new TrainedModel(
                "m,\"2\"",
                OptionalDouble.empty(),
                new RecordedComplexity(
                    OptionalLong.of(17), OptionalLong.of(Long.MAX_VALUE), OptionalLong.empty()),
                Optional.empty(),
                1),
            new TrainedModel(
                "m#3", OptionalDouble.of(1e-7), RecordedComplexity.NONE, Optional.empty(), 1)),
        new PopulationOrigin(
            "a test",
            Optional.of("cifar10"),
            Optional.of(FlopsConvention.NDS),
            ErrorKind.MIN,
            90,
            Optional.of("nds-100")),
        List.of(new ExtraColumn("net", List.of("", "{\"a\":[1,2]}", "=x"))));
  }

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("p.csv"), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theFormatIsSealed() throws IOException {
    Path file = folder.resolve("p.csv");
    PopulationCsv.write(file, example());
    assertEquals(GOLDEN, Files.readString(file));
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    assertEquals(example(), PopulationCsv.read(file(GOLDEN)));
  }

  @Test
  void filesOfTheFirstVersionAreStillRead() throws IOException {
    assertEquals(example(), PopulationCsv.read(file(GOLDEN_1)));
  }

  @Test
  void rowsAndColumnsMayBeSelectedElsewhereAndTheDescriptionStays() throws IOException {
    List<String> lines = GOLDEN.lines().toList();
    Population last =
        PopulationCsv.read(file(String.join("\n", lines.get(0), lines.get(3), lines.get(1))));
    assertEquals(List.of("m#3", "m1"), last.models().stream().map(TrainedModel::id).toList());
    assertEquals(example().origin(), last.origin());
    assertEquals(Optional.of(new ExtraColumn("net", List.of("=x", ""))), last.extra("net"));
  }

  @Test
  void namesThatASpreadsheetWouldRunAreGuardedAndComeBackAsTheyWere() throws IOException {
    List<String> names = List.of("=1+1", "+a", "-b", "@c", "'=d", "'e", "-0.5", "plain");
    Population formulas =
        new Population(
            "p",
            names.stream().map(name -> TrainedModel.of(name, 5, RecordedComplexity.NONE)).toList(),
            PopulationOrigin.unstated("a test"),
            List.of(new ExtraColumn("=lr", names)));
    Path file = folder.resolve("p.csv");
    PopulationCsv.write(file, formulas);
    assertEquals(formulas, PopulationCsv.read(file));
    for (String line : Files.readAllLines(file)) {
      assertTrue(line.matches("(?s)[^=+@].*") && !line.matches("-[^0-9].*"), line);
    }
  }

  @Test
  void lossesHaveAColumnOfTheirOwnNameAndNoUpperBound() throws IOException {
    Population losses =
        new Population(
            "sums",
            List.of(
                new TrainedModel(
                    "1", OptionalDouble.of(130.5), RecordedComplexity.NONE, Optional.empty(), 1),
                new TrainedModel(
                    "2", OptionalDouble.empty(), RecordedComplexity.NONE, Optional.empty(), 1)),
            new PopulationOrigin(
                "a test",
                Optional.of("cifar10"),
                Optional.empty(),
                ErrorKind.UNSTATED,
                230.25,
                Optional.of("quick"),
                Metric.TRAIN_LOSS_SUM));
    String golden =
        "id,train_loss_sum_nats,params,flops,activations,runs,architecture,\""
            + "{\"format\":\"dsa.population/2\",\"name\":\"sums\",\"source\":\"a test\","
                .replace("\"", "\"\"")
            + "\"dataset\":\"cifar10\",\"metric\":\"train-loss-sum\",\"chanceLossNats\":230.25,"
                .replace("\"", "\"\"")
            + "\"recipe\":\"quick\"}".replace("\"", "\"\"")
            + "\"\n"
            + "1,130.5,,,,1,,\n"
            + "2,,,,,1,,\n";
    Path file = folder.resolve("p.csv");
    PopulationCsv.write(file, losses);
    assertEquals(golden, Files.readString(file));
    assertEquals(losses, PopulationCsv.read(file));
    String wrong = golden.replace("train_loss_sum_nats", "test_error_pct");
    MalformedFileException fault =
        assertThrows(MalformedFileException.class, () -> PopulationCsv.read(file(wrong)));
    assertTrue(
        fault.getMessage().contains("no columns id and train_loss_sum_nats"), fault.getMessage());
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsChangeNothing() throws IOException {
    assertEquals(example(), PopulationCsv.read(file("\uFEFF" + GOLDEN.replace("\n", "\r\n"))));
  }

  @Test
  void columnsMayStandInAnyOrderAndUnknownOnesAreSkipped() throws IOException {
    Population population =
        PopulationCsv.read(
            file(
                """
                # {"format":"dsa.population/1","name":"p","later":{"a":[1]}}
                colour,params,test_error_pct,id
                red,5,7.5,a

                blue,,nan,b
                """));
    assertEquals(
        List.of(
            TrainedModel.of(
                "a",
                7.5,
                new RecordedComplexity(
                    OptionalLong.of(5), OptionalLong.empty(), OptionalLong.empty())),
            new TrainedModel(
                "b", OptionalDouble.empty(), RecordedComplexity.NONE, Optional.empty(), 1)),
        population.models());
    assertEquals(1, population.diverged());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "id,test_error_pct\\na,1 | p.csv:1: the first line must have",
        "# {\"format\":\"dsa.population/2\"}\\nid,test_error_pct\\na,1 | p.csv:1: the first line"
            + " must have one column whose name is one JSON object with \"format\":"
            + "\"dsa.population/2\", or be # and one with \"format\":\"dsa.population/1\", not"
            + " dsa.population/2",
        "id,test_error_pct,\"{\"\"format\"\":\"\"dsa.population/9\"\"}\"\\na,1, | not dsa.population/9",
        "# {\"format\":\"dsa.population/1\",\"chanceErrorPct\":\"90d\"}\\nid,test_error_pct\\na,1 |"
            + " p.csv:1: the first line: '90d' is not a finite decimal number",
        "# {\"format\":\"dsa.population/1\",\"chanceErrorPct\":\"0x1.68p6\"}\\nid,test_error_pct\\na,1 |"
            + " p.csv:1: the first line: '0x1.68p6' is not a finite decimal number",
        "# {\"format\":\"dsa.population/1\"\\nid,test_error_pct\\na,1 | p.csv:1: the first line",
        "H\\nid,err\\na,1 | p.csv:2: the header has no columns id and test_error_pct",
        "H\\nid,test_error_pct | p.csv:2: has no models",
        "H\\nid,test_error_pct\\na,1\\na,2 | p.csv:4: id 'a' stands twice",
        "H\\nid,test_error_pct\\na,101 | p.csv:3: test error 101.0 is outside [0, 100] percent",
        "H\\nid,test_error_pct\\na,0x1p3 | p.csv:3: '0x1p3' in column 'test_error_pct' is not a",
        "H\\nid,test_error_pct,params\\na,1,-3 | p.csv:3: '-3' in column 'params' is not a whole",
        "H\\nid,test_error_pct,params\\na,1,1e6 | p.csv:3: '1e6' in column 'params' is not a whole",
        "H\\nid,test_error_pct\\na | p.csv:3: has 1 cells where the header has 2",
        "H\\nid,test_error_pct\\n\\na,1,2 | p.csv:4: has 3 cells where the header has 2",
        "H\\nid,test_error_pct\\n\"a,1 | p.csv:3: opens a quote that is never closed",
        "H\\nid,test_error_pct,architecture\\na,1,cube | p.csv:3: architecture 'cube' does not",
        "H\\nid,test_error_pct,runs\\na,1,0 | p.csv:3: runs=0 is outside",
        "H\\nid,id,test_error_pct\\na,1,0 | p.csv:2: column 'id' stands twice",
      })
  void faultsAreNamedWithFileLineAndRemedy(String text, String sentence) throws IOException {
    String whole =
        text.replace("\\n", "\n").replaceFirst("^H", "# {\"format\":\"dsa.population/1\"}");
    Path file = file(whole);
    MalformedFileException fault =
        assertThrows(MalformedFileException.class, () -> PopulationCsv.read(file));
    assertTrue(fault.getMessage().contains(sentence), fault.getMessage());
  }

  @Test
  void otherEncodingsAreNamed() throws IOException {
    Path utf16 = Files.write(folder.resolve("u"), GOLDEN.getBytes(StandardCharsets.UTF_16));
    Path latin = folder.resolve("l");
    Files.write(latin, GOLDEN.replace("m1", "m\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(
        assertThrows(MalformedFileException.class, () -> PopulationCsv.read(utf16))
            .getMessage()
            .endsWith("u:1: is UTF-16 text; save it as UTF-8"));
    assertTrue(
        assertThrows(MalformedFileException.class, () -> PopulationCsv.read(latin))
            .getMessage()
            .endsWith("l:2: is not UTF-8 text; save the file as UTF-8"));
  }

  @Test
  void aDeviceIsNeverReplacedByAFile() throws IOException {
    Path device = Path.of("/dev/null");
    Assumptions.assumeTrue(Files.exists(device));
    Path link = Files.createSymbolicLink(folder.resolve("link"), device);
    assertThrows(IOException.class, () -> AtomicFile.writeText(link, "text"));
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = file("old");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PopulationCsv.write(
                file,
                new Population(
                    "p",
                    example().models(),
                    example().origin(),
                    List.of(new ExtraColumn("params", List.of("1", "2", "3"))))));
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write('n');
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
