package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.cli.console.ExitCode;
import dsa.trainer.recipe.TrainingRecipes;
import dsa.trainer.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever looks at a network believes what is shown: it has to be the network that is trained. */
final class ShowTest {

  private static final String RESNET_20 = "residual cifar:16 | 3x16 s1 | 3x32 s2 | 3x64 s2";
  private static final String CELLS =
      "cells cifar:16 d12 | sep_conv_3x3(0)+skip_connect(1) max_pool_3x3(2)+none(0) -> 2 3"
          + " | conv_7x1_1x7(0)+skip_connect(1) -> 2";

  @TempDir private Path folder;

  private static String ok(Object... args) {
    Ran ran = Ran.dsa(args);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran.out();
  }

  @Test
  void repeatedBlocksAndCellsAreShownOnce() {
    List<String> rows = ok("show", RESNET_20, "--format", "csv").lines().toList();
    assertTrue(
        rows.get(1).startsWith("stem,,,conv3x3 norm relu,16x32x32,464,442368,16384"),
        rows.toString());
    assertTrue(rows.stream().anyMatch(row -> row.startsWith("stage1.block1,x3,")), rows.toString());
    assertTrue(rows.stream().anyMatch(row -> row.startsWith("stage2.block2,x2,")), rows.toString());
    assertFalse(rows.stream().anyMatch(row -> row.startsWith("stage1.block2,")), rows.toString());
    assertEquals("total,,,,,272474,40813194,200714", rows.get(rows.size() - 1));
    String every = ok("show", RESNET_20, "--format", "csv", "--every");
    assertTrue(every.contains("\nstage1.block2,,,conv3x3 norm relu,"), every);
    String cells = ok("show", CELLS, "--format", "csv");
    assertTrue(cells.contains("\ncell3.input0,x2,"), cells);
    assertTrue(cells.contains("cell5.node2,,cell5.node2.first + cell5.node2.second,"), cells);
  }

  @Test
  void theRowsOfEveryLayerAddUpToTheTotal() {
    List<String> rows = ok("show", CELLS, "--format", "csv", "--every").lines().skip(1).toList();
    for (int column : new int[] {5, 6, 7}) {
      long sum = 0;
      for (String row : rows.subList(0, rows.size() - 1)) {
        sum += Long.parseLong(row.split(",", -1)[column]);
      }
      assertEquals(sum, Long.parseLong(rows.get(rows.size() - 1).split(",", -1)[column]));
    }
  }

  @Test
  void jsonHasTheGraph() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ok("show", CELLS, "--format", "json"));
    assertEquals("dsa.network/1", json.get("format").textValue());
    JsonNode output = null;
    for (JsonNode part : json.get("parts")) {
      output = part.get("name").textValue().equals("cell1.output") ? part : output;
    }
    assertEquals("concat", output.get("join").textValue());
    assertEquals(2, output.get("inputs").size());
  }

  @Test
  void aNetworkOfAFileIsChosenByItsIndexAndDrawn() throws IOException {
    Path file = folder.resolve("archs.jsonl");
    ok("sample", "resnet", "-n", 3, "--seed", 1, "-o", file);
    Path svg = folder.resolve("network.svg");
    String text = ok("show", file, "--index", 2, "-o", svg);
    assertTrue(Files.readString(file).contains(text.lines().findFirst().orElseThrow()));
    assertTrue(
        Files.readString(svg).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg"));
  }

  @Test
  void genotypesAreReadAndWritten() {
    String genotype =
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
            + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
            + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
            + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
            + " ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2,"
            + " 3, 4, 5])";
    String shown = ok("show", genotype, "--width", 36, "--depth", 20);
    assertTrue(shown.contains(genotype), shown);
    assertTrue(shown.contains("3349342"), shown);
    String counted = ok("complexity", genotype, "--width", 36, "--depth", 20);
    assertTrue(counted.contains("528359050"), counted);
    Ran unsized = Ran.dsa("show", genotype);
    assertEquals(ExitCode.USAGE, unsized.code());
    assertTrue(unsized.err().contains("only with --width and --depth"), unsized.err());
    Ran torn =
        Ran.dsa(
            "complexity",
            genotype.substring(0, 400) + " normal_concat",
            "--width",
            8,
            "--depth",
            8);
    assertEquals(ExitCode.BAD_INPUT, torn.code(), torn.toString());
  }

  @Test
  void aGenotypeOfAFileBecomesANetworkThatCanBeTrained() throws IOException {
    String genotype =
        "{\"normal\": [[\"sep_conv_3x3\", 1], [\"skip_connect\", 0]], \"normal_concat\": [2],"
            + " \"reduce\": [[\"max_pool_3x3\", 0], [\"none\", 1]], \"reduce_concat\": [2]}";
    Path file = Files.writeString(folder.resolve("g.json"), genotype + "\n");
    Path drawn = folder.resolve("mine.jsonl");
    JsonNode shown =
        new ObjectMapper()
            .readTree(
                ok("show", file, "--width", 8, "--depth", 4, "-o", drawn, "--format", "json"));
    assertEquals(new ObjectMapper().readTree(genotype), shown.get("ndsGenotype"));
    String counted = ok("complexity", file, "--width", 8, "--depth", 4, "--format", "csv");
    assertTrue(counted.contains("\n" + shown.get("params") + ","), counted);
    String read = ok("show", drawn).lines().findFirst().orElseThrow();
    assertEquals(shown.get("architecture").textValue(), read);
    SweepFolder sweep =
        SweepFolder.begin(
            folder.resolve("runs"), drawn, TrainingRecipes.find("cpu-mini"), 1, "cifar10", "c");
    assertEquals("given-0000", sweep.id(sweep.models().get(0)).toString());
    Files.writeString(file, genotype.replace("skip_connect", "skip_disconnect"));
    Ran torn = Ran.dsa("show", file, "--width", 8, "--depth", 4);
    assertEquals(ExitCode.BAD_INPUT, torn.code());
    assertTrue(torn.err().contains(file + ": genotype 'normal': "), torn.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "nothing!is neither a file nor a network!3",
        "residual cifar:16 | 3x16!is not of the form!3",
        "graph | conv3@16 | <0+1> bn!images of different shapes!3",
        "FILE!holds 3 networks; choose one with --index!2",
        "FILE --index 3!has no network of index 3; its indices are 0 to 2!3",
        "FILE --index 1 -o a.png!ends neither in .svg nor in .jsonl!2",
      })
  void whatCannotBeShownIsSaidInOneSentence(String arguments, String message, int code) {
    Path file = folder.resolve("archs.jsonl");
    ok("sample", "resnet", "-n", 3, "--seed", 1, "-o", file);
    Object[] words =
        arguments.startsWith("FILE")
            ? ("show " + arguments.replace("FILE", file.toString())).split(" ")
            : new Object[] {"show", arguments};
    Ran ran = Ran.dsa(words);
    assertEquals(code, ran.code(), ran.toString());
    assertTrue(ran.err().contains(message), ran.toString());
    assertEquals("", ran.out());
  }
}
