package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People mistype. Without these a slip of the finger is answered with a stack trace, with numbers
 * that mean nothing, or with half a result before the complaint.
 */
final class WrongInvocationsTest {

  @TempDir Path folder;

  private Path population(String name, double lowest, double step, int cost) throws IOException {
    StringBuilder text =
        new StringBuilder("# {\"format\":\"dsa.population/1\",\"name\":\"" + name + "\",")
            .append("\"source\":\"test\",\"dataset\":\"cifar10\",\"flops\":\"nds\",")
            .append("\"error\":\"min\",\"chanceErrorPct\":90.0}\n")
            .append("id,test_error_pct,params,flops,activations,runs\n");
    for (int i = 0; i < 40; i++) {
      String params = Integer.toString(1000 + cost * i);
      text.append("m").append(i).append(',').append(lowest + step * i);
      text.append(',').append(params).append(',').append(params).append(',').append(params);
      text.append(",1\n");
    }
    Path file = folder.resolve("p" + Integer.toHexString(name.hashCode()) + ".csv");
    Files.writeString(file, text);
    return file;
  }

  private Ran refused(Object... words) throws IOException {
    Ran ran = Ran.dsa(words);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertEquals("", ran.out(), "a refusal prints no results");
    assertEquals(1, ran.err().lines().count(), ran.toString());
    assertTrue(ran.err().startsWith("dsa: "), ran.toString());
    try (Stream<Path> files = Files.walk(folder)) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".partial")));
    }
    return ran;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare A B --bins 2147483647",
        "compare A B --bins 1000000 --empty-bins error",
        "compare A B --range 0:1",
        "compare A A",
        "compare A x=",
        "compare A x=missing.csv",
        "search-efficiency A --given none --without-replacement --budgets 41",
        "sample resnet -n 9 --seed 1 --max-params 10 -o OUT",
        "sample resnet -n 9 --seed 1 -o A/x.jsonl",
        "compare A B --resamples 2 --permutations 1 -o A",
        "edf A --resamples 2 -o A",
        "search-efficiency A -o A",
        "sample-size A --trials 1 -o A",
        "complexity FOLDER",
        "sample-size A --reference 41",
        "data verify missing",
        "data verify A",
        "data fetch --from A --data FOLDER",
        "data fetch --from missing.tar.gz --data FOLDER",
        "data fetch --from missing.tar.gz --data OUT/new",
        "data fetch --from FOLDER --data OUT/new",
        "data fetch --from http://127.0.0.1:1/x --data OUT/new",
        "data fetch --from FOLDER --data FOLDER",
        "data fetch --from http://127.0.0.1:1/x --data FOLDER",
        "data fetch --from FOLDER --data A",
      })
  void aSlipIsAnsweredWithOneSentence(String command) throws IOException {
    Ran ran = refused(words(command));
    assertFalse(ran.err().contains("Infinite or NaN"), "that says nothing: " + ran.err());
    assertFalse(ran.err().strip().endsWith(".csv"), "a path alone is no reason: " + ran.err());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare A B --bins 0",
        "compare A B --level 2",
        "compare A B --level NaN",
        "compare A B --epsilon 0",
        "compare A B --epsilon NaN",
        "compare A B --epsilon Infinity",
        "compare A B --epsilon 1e300",
        "compare A B --smallest-difference Infinity",
        "compare A B --smallest-difference NaN",
        "compare A B --budgets 0",
        "compare A B --resamples 1",
        "compare A B --permutations 0",
        "compare A B --given none --range 1:2",
        "edf A --given none --bins 5",
        "search-efficiency A --given none --empty-bins drop",
        "edf A --at NaN",
        "edf A --at 7,Infinity",
        "edf A --at 101",
        "edf A --resamples 0",
        "search-efficiency A --budgets 0",
        "search-efficiency A --without-replacement",
        "sample-size A B C",
        "sample-size A --trials 0",
        "sample-size A B --difference NaN",
        "sample-size A B --power 1",
        "best-range A --share 0",
        "best-range A --level 1",
        "best-range A --level 0x1p-1",
        "compare A B --epsilon 20d",
        "edf A --where epochs",
        "edf A --where error>few",
        "rank-map A -x params",
        "sample resnet -n 0 --seed 1 -o OUT",
        "edf A --level 1",
        "edf A --level NaN",
        "search-efficiency A --level 0",
        "sample-size A --reference 0",
        "sample-size A --many 0",
        "sample-size A --few 0",
        "sample-size A B --difference 2",
        "sample-size A B --alpha 0",
        "sample-size A B --epsilon Infinity",
        "sample-size A --difference 0.1",
        "sample-size A --power 0.8",
        "sample-size A --alpha 0.05",
        "sample-size A --epsilon 20",
        "sample-size A B --trials 50",
        "sample-size A B --reference 10",
        "sample-size A B --many 9",
        "sample-size A B --few 9",
        "best-range A --searches 0",
        "sample resnet -n 5 --seed 1 --max-draws 0 -o OUT",
        "data",
        "data fetch --mirror nonsense --data OUT",
        "data fetch --mirror ftp://example.org/x --data OUT",
        "data fetch --mirror http:///x --data OUT",
        "data fetch --from ftp://example.org/x --data OUT",
        "data fetch --from FOLDER --mirror http://127.0.0.1:1/x --data OUT",
        "data fetch --from FOLDER --keep-archive --data OUT",
      })
  void aValueOutOfItsOptionsRangeIsWrongUsage(String command) throws IOException {
    Ran ran = Ran.dsa(words(command));
    assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
    assertEquals("", ran.out(), "a refusal prints no results");
    assertEquals(2, ran.err().lines().count(), "one sentence, and where to read on: " + ran);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  /** The words of a command, with files for A, B and C. */
  private Object[] words(String command) throws IOException {
    List<Object> words = new ArrayList<>();
    for (String word : command.split(" ")) {
      words.add(
          switch (word) {
            case "A" -> population("a", 5, .1, 100);
            case "A/x.jsonl" -> population("a", 5, .1, 100).resolve("x.jsonl");
            case "B" -> population("b", 5.05, .1, 90);
            case "C" -> population("c", 5, .2, 80);
            case "OUT" -> folder.resolve("out");
            case "OUT/new" -> folder.resolve("out/new");
            case "FOLDER" -> folder;
            default -> word;
          });
    }
    return words.toArray();
  }

  @ParameterizedTest
  @CsvSource({"5, 0, 100", "0, 0, 100", "100, 0, 100", "89.9, 0.1, 100"})
  void populationsWithoutSpreadOrWithoutAModelThatTrainedAreCompared(
      double lowest, double step, int cost) throws IOException {
    Path a = population("a", lowest, Math.min(step, (100 - lowest) / 40), cost);
    Ran ran =
        Ran.dsa(
            "compare",
            a,
            "b=" + a,
            "--resamples",
            "20",
            "--permutations",
            "20",
            "--format",
            "json",
            "-o",
            folder.resolve("out"),
            "--figures",
            "svg");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertFalse(ran.out().matches("(?s).*\\b(NaN|Infinity)\\b.*"), ran.out());
  }

  @Test
  void errorsOfDifferentKindsAreComparedWithAWarning() throws IOException {
    Path min = population("min", 5, .1, 100);
    Path last = folder.resolve("last.csv");
    Files.writeString(
        last, Files.readString(min).replace("\"error\":\"min\"", "\"error\":\"last\""));
    String few = "--resamples=2";
    assertTrue(Ran.dsa("compare", min, "x=" + last, few).out().contains("same kind (min: min"));
    assertFalse(Ran.dsa("compare", min, "x=" + min, few).out().contains("same kind"));
  }

  @Test
  void whatMakesPopulationsUnlikeIsNotedAndOtherDataAreRefused() throws IOException {
    Path plain = population("plain", 5, .1, 100);
    String text = Files.readString(plain);
    Path recipe = folder.resolve("recipe.csv");
    Files.writeString(recipe, text.replace("{\"format\"", "{\"recipe\":\"short\",\"format\""));
    String few = "--resamples=2";
    Ran noted = Ran.dsa("compare", plain, "x=" + recipe, few);
    assertTrue(noted.out().contains("different recipes (plain: unstated, x: short)"), noted.out());
    Path other = folder.resolve("other.csv");
    Files.writeString(other, text.replace("cifar10", "imagenet"));
    assertTrue(text.contains("cifar10"), text.lines().findFirst().orElse(""));
    Ran refused = refused("compare", plain, "x=" + other, few);
    assertTrue(refused.err().contains("different data are not compared"), refused.err());
    Ran many = Ran.dsa("compare", plain, "x=" + plain, few, "--permutations=2");
    assertTrue(many.out().contains("raise the number of permutations"), many.out());
  }

  @Test
  void binsThatLeaveOneModelOfEachSpaceAreStillCompared() throws IOException {
    Ran ran =
        Ran.dsa(
            "compare",
            population("a", 5, .1, 100),
            population("b", 5.05, .1, 90),
            "--bins",
            "1000000",
            "--empty-bins",
            "shrink",
            "--resamples",
            "2",
            "--permutations",
            "1");
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
  }

  @Test
  void modelsOfOneCostHaveNoRange() throws IOException {
    Path a = population("a", 5, .1, 0);
    assertTrue(refused("edf", a, "--bins", "4").err().contains("all models have the same params"));
    assertEquals(ExitCode.OK, Ran.dsa("edf", a, "--given", "none", "--resamples", "2").code());
  }

  @Test
  void aNameThatCannotBePrintedIsRefusedBeforeAnyResult() throws IOException {
    Path a = population("a", 5, .1, 100);
    for (String name : List.of("x\ny", "x\ty", "\u001b[31mred", " ")) {
      refused("compare", a, name + "=" + a, "--resamples", "2", "--permutations", "1");
      refused("populations", name + "=" + a);
    }
    refused("populations", population("", 5, .1, 100));
    refused("populations", population("x\\ny", 5, .1, 100));
  }

  @Test
  void awkwardNamesGoThroughEveryTableAndFigure() throws IOException {
    Path a = population("a", 5, .1, 100);
    for (String name : List.of("na,me", "na\"me", "😀 ünï", "../../x", "<b>&%d\\alpha_{$")) {
      Path out = folder.resolve("out");
      Ran ran =
          Ran.dsa(
              "compare", a, name + "=" + a, "--resamples", "2", "--permutations", "1", "-o", out);
      assertEquals(ExitCode.OK, ran.code(), ran.toString());
      assertTrue(ran.out().contains(name), ran.out());
    }
  }

  @Test
  void aNetworkTooLargeToCountOrToWriteOutIsRefusedAtOnce() throws IOException {
    refused("complexity", "residual cifar:16 | 999999999x999999999 s1");
    refused("complexity", "residual cifar:16 | 1x999999999 s1 | 1x999999999 s1");
    refused("complexity", "residual cifar:16 | 999999999x16 s1", "--layers");
    assertEquals(ExitCode.OK, Ran.dsa("complexity", "residual cifar:16 | 999999999x16 s1").code());
  }

  @Tag("slow")
  @Test
  void outputThatCannotBeWrittenIsSaidUnlessItsReaderHasLeft() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full) && !Files.isRegularFile(full));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "spaces")
            .redirectOutput(full.toFile())
            .redirectError(said.toFile())
            .start();
    assertEquals(ExitCode.INTERNAL_FAILURE, process.waitFor());
    String message = Files.readString(said);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("dsa: the output cannot be written to its end: "), message);
  }

  @Test
  void helpHasNoWordsThatItsFormatterTrips() {
    PrintStream before = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try {
      for (String command :
          List.of(
              "spaces",
              "describe",
              "sample",
              "complexity",
              "import",
              "populations",
              "compare",
              "edf",
              "search-efficiency",
              "sample-size",
              "best-range",
              "data",
              "train",
              "status",
              "collect",
              "agreement",
              "doctor")) {
        assertEquals(ExitCode.OK, Ran.dsa(command, "--help").code());
      }
    } finally {
      System.setErr(before);
    }
    assertEquals("", heard.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare A B --resamples 100001",
        "compare A B --resamples 2000000000",
        "compare A B --permutations 2147483647",
        "edf A --resamples 1000000",
        "agreement A B --resamples 1000000",
        "best-range A --searches 2147483647",
        "sample-size A --trials 2147483647",
        "compare A B --seed x",
        "sample-size A --trials x",
        "edf A --level x",
      })
  void whatCannotBeDoneOrReadIsWrongUsageInPlainWords(String command) throws IOException {
    Ran ran = Ran.dsa(words(command));
    assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
    assertTrue(
        ran.err().contains("give fewer")
            || ran.err().contains("is not a whole number")
            || ran.err().contains("is not a decimal number"),
        ran.toString());
  }
}
