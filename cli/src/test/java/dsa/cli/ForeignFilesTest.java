package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import dsa.core.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results of other programs are read with assumptions: said at length they hide the result, unsaid
 * they mislead, and what is done with them must be what was asked for.
 */
final class ForeignFilesTest {

  @TempDir private Path folder;

  private static Ran ok(Object... words) {
    Ran ran = Ran.dsa(words);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  private static List<String> lines(Ran ran, String start) {
    return ran.err().lines().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void oneLineIsSaidOfATableAndTheRestOnRequest() {
    Path table = Shared.file("faults/inputs/wandb-export.csv");
    Ran brief = ok("populations", table);
    assertEquals(1, lines(brief, table.toString()).size(), brief.err());
    assertTrue(lines(brief, table.toString()).get(0).contains("3 left out"), brief.err());
    assertTrue(brief.err().contains("--recognition says"), brief.err());
    Ran whole = ok("populations", table, "--recognition");
    assertTrue(lines(whole, table.toString()).size() > 4, whole.err());
  }

  @Test
  void jsonStandsWhereverAPopulationIsAskedFor() {
    Ran ran =
        ok(
            "populations",
            Shared.file("faults/inputs/ray-result.json"),
            Shared.file("faults/inputs/pycls-cifar-optim-like.json"),
            Shared.file("faults/inputs/nas-bench-macro-shape.json"),
            Shared.file("faults/inputs/nds-no-costs.json"),
            "--format",
            "csv");
    assertEquals(
        "1 40 2 2",
        ran.out().lines().skip(1).map(line -> line.split(",")[1]).collect(Collectors.joining(" ")),
        ran.out());
  }

  @Test
  void aReleaseFileOfSeveralPopulationsIsListed() {
    Ran ran = ok("import", "nds", Shared.file("data/nds/four-records.json"));
    assertTrue(ran.out().contains("holds 4 populations; choose with --population"), ran.out());
    assertTrue(ran.out().contains("  Amoeba (cifar10), 1 record"), ran.out());
  }

  @Test
  void flopsOfTwoConventionsAreCountedAnewWhereArchitecturesAreKnown() {
    Path macs = Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.json");
    Path nds = Shared.file("data/nds/resnet_5000_mean_of_3_seeds.csv");
    Ran ran =
        ok("search-efficiency", nds, macs, "--given", "flops", "--budgets", 1, "--format", "csv");
    assertEquals(
        List.of(
            macs
                + ": flops counted anew from its architectures as nds, for they are recorded as macs"),
        lines(ran, macs + ": flops"));
    assertEquals(
        List.of(), lines(ok("search-efficiency", nds, macs, "--budgets", 1), macs + ": flops"));
  }

  @Test
  void genotypesAreChosenByName() throws IOException {
    String one = Files.readString(Shared.file("faults/inputs/genotype-connects.txt")).strip();
    String other = one.replace("sep_conv_5x5", "dil_conv_5x5");
    Path file =
        Files.writeString(
            folder.resolve("genotypes.py"), "FIRST = " + one + "\n\nSECOND = " + other + "\n");
    Ran chosen = ok("show", file, "--genotype", "SECOND", "--width", 16, "--depth", 8);
    assertTrue(chosen.out().contains("dil_conv_5x5"), chosen.out());
    Ran unchosen = Ran.dsa("show", file, "--width", 16, "--depth", 8);
    assertEquals(ExitCode.BAD_INPUT, unchosen.code());
    assertTrue(
        unchosen.err().contains("holds 2 genotypes (FIRST, SECOND); choose with --genotype"),
        unchosen.err());
    ok("show", Shared.file("faults/inputs/genotype-comments.txt"), "--width", 16, "--depth", 8);
  }

  @Test
  void settingsAreStudiedAndModelsSelectedAndAveraged() throws IOException {
    StringBuilder text = new StringBuilder("name,error,lr,wd,epochs,seed\n");
    for (int i = 0; i < 40; i++) {
      text.append('m').append(i).append(',').append(5 + i / 2 % 10 + 0.25 * (i % 2)).append(',');
      text.append(0.01 * (1 + i / 2 % 10)).append(",1e-").append(3 + i / 20).append(',');
      text.append(i < 20 ? 50 : 100).append(',').append(i % 2).append('\n');
    }
    Path table = Files.writeString(folder.resolve("t.csv"), text);
    Ran where = ok("populations", table, "--where", "epochs>=100", "--average-over", "seed");
    assertTrue(
        where.err().contains("10 of 40 models, with epochs>=100, averaged over seed"), where.err());
    Path figures = folder.resolve("figures");
    ok("best-range", table, "--of", "lr,wd", "-o", figures, "--figures", "svg,latex");
    ok("rank-map", table, "-x", "lr", "-y", "wd", "-o", figures, "--figures", "svg,latex");
    for (String file : List.of("best-range-lr", "best-range-wd", "rank-map")) {
      for (String ending : List.of(".csv", ".svg", ".tex")) {
        assertTrue(Files.size(figures.resolve(file + ending)) > 0, file + ending);
      }
    }
    Ran none = Ran.dsa("best-range", table, "--of", "depth");
    assertEquals(ExitCode.BAD_INPUT, none.code());
    assertTrue(none.err().contains("it has lr, wd, epochs, seed"), none.err());
  }
}
