package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an import assumed and left out decides every number that follows; a user who is not told
 * cannot know. A bad file must cost one sentence, and no file of the real name.
 */
final class ImportTest {

  private static final String RECORD =
      """
      [{"net":{"block_type":"res_basic_block","ds":[1,12,12,12],"ws":[16,24,24,40],\
      "ss":[1,1,2,2]},"params":594138,"flops":184519578,"min_test_top1":%s}]\
      """;

  @TempDir Path folder;

  private Path archive() throws IOException {
    Path file = folder.resolve("data.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : new String[] {"ResNet_rng1", "ResNet_rng2", "DARTS_in"}) {
        zip.putNextEntry(new ZipEntry("data/" + name + ".json"));
        String error = name.equals("ResNet_rng1") ? "6.5" : "6.75";
        zip.write(RECORD.formatted(error).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void anArchiveIsListedUntilAPopulationIsChosen() throws IOException {
    Ran ran = Ran.dsa("import", "nds", archive());
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.out().contains("holds 3 populations"), ran.toString());
    assertTrue(ran.out().contains("DARTS_in (imagenet)"), ran.toString());
  }

  @Test
  void seedsInsideAnArchiveAreAveragedAndWritten() throws IOException {
    Path out = folder.resolve("resnet.csv");
    Ran ran =
        Ran.dsa(
            "import",
            "nds",
            archive(),
            "--population",
            "ResNet_rng1",
            "--population",
            "ResNet_rng2",
            "--name",
            "resnet",
            "-o",
            out);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(
        ran.out().contains("2 records read: 1 models kept (0 diverged), 1 reruns merged"),
        ran.toString());
    assertTrue(ran.out().contains("2 of 2 exact"), ran.toString());
    Ran listed = Ran.dsa("populations", out, "--format", "json");
    assertTrue(listed.out().contains("\"median\" : 6.625"), listed.toString());
    assertTrue(listed.out().contains("\"runs\" : 2"), listed.toString());
  }

  @Test
  void withoutAFileNothingIsWrittenAndThatIsSaid() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "id,accuracy\na,0.935\n");
    Ran ran = Ran.dsa("import", "csv", table);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.out().contains("accuracy-fraction, by its name"), ran.toString());
    assertTrue(ran.out().contains("nothing written: name a file with -o"), ran.toString());
  }

  @Test
  void thePublishedTableIsCheckedAgainstItsSpace() throws IOException {
    Path table = Shared.file("data/nds/resnet_5000_mean_of_3_seeds.csv");
    Path out = folder.resolve("resnet.csv");
    Ran ran =
        Ran.dsa(
            "import",
            "csv",
            table,
            "--name",
            "resnet",
            "--space",
            "resnet",
            "--error",
            "mean_min_test_top1_error",
            "-o",
            out);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.out().contains("5000 of 5000 architectures are in space resnet"), ran.out());
    assertTrue(ran.out().contains("5000 of 5000 exact"), ran.out());
    assertTrue(
        Files.readString(out).lines().findFirst().orElseThrow().contains("dsa.population/2"));
  }

  @Test
  void aBadFileCostsOneSentenceAndLeavesNothing() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "id,error\na,6.5\nb,x\n");
    Path out = folder.resolve("out.csv");
    Ran ran = Ran.dsa("import", "csv", table, "-o", out);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().contains("t.csv:3: 'x' in column 'error'"), ran.toString());
    assertEquals(1, ran.err().lines().count(), ran.toString());
    assertFalse(Files.exists(out));
    assertEquals(ExitCode.BAD_INPUT, Ran.dsa("import", "pycls", folder.resolve("missing")).code());
  }

  @Test
  void aFileForAnotherReaderIsSentThere() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "\uFEFFid,error\na,6.5\n");
    for (String command : new String[] {"import nds", "import pycls", "complexity"}) {
      Ran ran = Ran.dsa((Object[]) (command + " " + table).split(" "));
      assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
      assertTrue(ran.err().contains("is no JSON"), ran.toString());
      assertTrue(ran.err().contains("'dsa import csv' reads tables"), ran.toString());
      assertEquals(1, ran.err().lines().count(), ran.toString());
    }
    Path population = folder.resolve("p.csv");
    assertEquals(ExitCode.OK, Ran.dsa("import", "csv", table, "-o", population).code());
    Ran again = Ran.dsa("import", "csv", population);
    assertEquals(ExitCode.BAD_INPUT, again.code(), again.toString());
    assertTrue(again.err().contains("is a population already"), again.toString());
    assertEquals(1, again.err().lines().count(), again.toString());
  }

  @Test
  void theErrorOfGuessingCanBeSaid() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "id,error\na,6.5\nb,40\n");
    Ran ran = Ran.dsa("import", "csv", table, "--chance-error", "37.5");
    assertTrue(ran.out().contains("2 models kept (1 diverged)"), ran.toString());
    assertEquals(ExitCode.USAGE, Ran.dsa("import", "csv", table, "--chance-error", "0").code());
  }

  @Test
  void wrongWordsAreUsageErrors() {
    assertEquals(ExitCode.USAGE, Ran.dsa("import").code());
    assertEquals(ExitCode.USAGE, Ran.dsa("import", "csv", "x", "--params-unit", "q").code());
    assertEquals(ExitCode.USAGE, Ran.dsa("import", "nds", "x", "--reruns", "median").code());
  }

  @Test
  void populationsShowsCountsRangesAndOrigin() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.csv"),
            """
            # {"format":"dsa.population/1","name":"p","source":"a test","flops":"macs"}
            id,test_error_pct,params,flops
            a,6.25,1000000,2000000000
            b,,2000000,
            """);
    Ran ran = Ran.dsa("populations", file, "--verbose");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(
        ran.out().replaceAll(" +", " ").contains("p 2 1 2 1.000 2.000 2.000 2.000 6.25 6.25"),
        ran.toString());
    assertTrue(ran.out().contains("p: a test; dataset not stated; flops macs"), ran.toString());
    for (String format : new String[] {"csv", "latex", "markdown"}) {
      assertEquals(ExitCode.OK, Ran.dsa("populations", file, "--format", format).code());
    }
  }
}
