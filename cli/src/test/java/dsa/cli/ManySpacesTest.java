package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dsa.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who compares five spaces wants to see which is best and what that rests on, not ten sentences.
 */
final class ManySpacesTest {

  @TempDir Path folder;

  private Path population(String name, double shift) throws IOException {
    Random random = new Random(name.hashCode());
    StringBuilder text =
        new StringBuilder("# {\"format\":\"dsa.population/1\",\"name\":\"" + name + "\",")
            .append("\"source\":\"test\",\"dataset\":\"cifar10\",\"flops\":\"nds\",")
            .append("\"error\":\"min\",\"chanceErrorPct\":90.0}\n")
            .append("id,test_error_pct,params,flops,activations,runs\n");
    for (int i = 0; i < 120; i++) {
      double error = 7 + shift + 2 * random.nextDouble();
      text.append("m" + i + "," + error + "," + (1_000_000 + i * 1000) + ",10,10,1\n");
    }
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }

  private Ran compare(Object... more) throws IOException {
    List<Object> words = new ArrayList<>(List.of("compare"));
    words.add(population("slow", 1.5));
    words.add(population("fast", 0));
    words.add(population("mid", 0.7));
    words.add(population("quick", 0.02));
    words.addAll(List.of("--resamples", 60));
    words.addAll(List.of(more));
    return Ran.dsa(words.toArray());
  }

  @Test
  void severalGetARankingAMatrixAndOneSentence() throws IOException {
    Ran ran = compare();
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.out().contains("rank  space"), ran.toString());
    assertTrue(ran.out().contains("4 slow"), "the matrix: " + ran);
    assertTrue(ran.out().contains("of 4 spaces given params"), ran.toString());
    assertFalse(ran.out().contains("with probability"), "no sentence for each pair: " + ran);
    for (String format : new String[] {"latex", "markdown"}) {
      Ran other = compare("--format", format);
      assertTrue(other.out().contains("4 slow"), other.toString());
    }
  }

  @Test
  void aReferenceIsComparedWithAllOthersOnly() throws IOException {
    Ran ran = compare("--reference", "mid", "--format", "json");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    JsonNode json = new JsonMapper().readTree(ran.out());
    assertEquals(3, json.path("pairs").size());
    assertEquals("mid", json.at("/ranking/reference").asText());
    Ran text = compare("--reference", "mid");
    assertTrue(text.out().contains("the reference"), text.toString());
    assertTrue(text.out().contains("2 are better than mid"), text.toString());
    Ran wrong = compare("--reference", "mud");
    assertEquals(ExitCode.BAD_INPUT, wrong.code(), wrong.toString());
    assertTrue(wrong.err().contains("did you mean mid?"), wrong.toString());
  }

  @Test
  void differencesOfManyAreDrawnAgainstTheBest() throws IOException {
    Path report = folder.resolve("report");
    Ran ran = compare("-o", report, "--figures", "svg");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    String csv = Files.readString(report.resolve("edf-difference.csv"));
    String best = csv.contains("mid - fast") ? "fast" : "quick";
    assertTrue(csv.contains("slow - " + best) && csv.contains("mid - " + best), csv);
    assertFalse(csv.contains("slow - mid"), csv);
    assertTrue(Files.exists(report.resolve("ranking.tex")));
    assertTrue(Files.exists(report.resolve("matrix.csv")));
  }

  @ParameterizedTest
  @CsvSource({
    "--x-limits 5..9, of one figure",
    "--width huge, no length",
    "--palette pink, no colour",
    "--plots edf --x-limits 5, LOW..HIGH",
    "--plots pie, none of edf",
    "--appearance missing.yaml, does not exist",
  })
  void whatAFigureCannotLookLikeIsSaidBeforeTheWork(String options, String what)
      throws IOException {
    Ran ran = compare((Object[]) options.split(" "));
    assertTrue(ran.code() == ExitCode.USAGE || ran.code() == ExitCode.BAD_INPUT, ran.toString());
    assertEquals("", ran.out());
    assertTrue(ran.err().contains(what), ran.toString());
  }

  @Test
  void rangesAreSpelledAlikeEverywhereAndTheOldSpellingHolds() throws IOException {
    Path a = population("a", 0);
    Path b = population("b", 0.5);
    String dots = Ran.dsa("edf", a, b, "--range", "1.01M..1.1M").out();
    assertTrue(dots.contains("space"), dots);
    assertEquals(dots, Ran.dsa("edf", a, b, "--range", "1.01M:1.1M").out());
    String limited = Ran.dsa("describe", "resnet", "--params", "0.1M..0.2M").out();
    assertEquals(limited, Ran.dsa("describe", "resnet", "--params", "0.1M:0.2M").out());
  }

  @Test
  void sharesAreGivenAtErrorsThatTheModelsHave() throws IOException {
    Ran ran = Ran.dsa("edf", population("far", 45), "--resamples", 20);
    assertTrue(ran.out().contains("below 53 %"), ran.toString());
    assertFalse(ran.out().contains("below 5 %"), ran.toString());
  }

  @Test
  void budgetsBeyondTheModelsAreDashesInBothCommands() throws IOException {
    Path a = population("a", 0);
    Ran search = Ran.dsa("search-efficiency", a, "--budgets", "1,512");
    assertTrue(
        search.out().lines().anyMatch(line -> line.matches("a +512 +- +- +- +- .*m > n_eff")),
        search.toString());
    Ran data = Ran.dsa("search-efficiency", a, "--budgets", "1,512", "--format", "csv");
    assertTrue(data.out().lines().anyMatch(line -> line.matches("a,512,[0-9.]+,.*")), data.out());
  }

  @Test
  void completionOffersSpacesPopulationsRecipesAndMeasures() {
    String script = Ran.dsa("generate-completion").out();
    for (String name : new String[] {"resnext-a", "nds-mb", "activations", "train-loss"}) {
      assertTrue(script.contains('"' + name + '"'), name);
    }
  }
}
