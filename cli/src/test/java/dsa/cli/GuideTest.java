package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.report.Comparison;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ReportJson;
import dsa.cli.console.ExitCode;
import dsa.core.run.Population;
import dsa.populations.PopulationSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documentation that no longer runs is worse than none: the first thing a new user types fails. */
final class GuideTest {

  private static final Path ROOT = Path.of(System.getProperty("dsa.root", ".."));
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @Test
  void everyCommandOfTheGuideRuns(@TempDir Path folder) throws IOException {
    int commands = 0;
    for (String line : commandsIn(ROOT.resolve("docs/guide.md"))) {
      Ran ran = Ran.dsa(words(line, folder));
      assertEquals(ExitCode.OK, ran.code(), line + "\n" + ran);
      assertTrue(ran.out().length() > 50 || line.contains("-o"), line + "\n" + ran);
      commands++;
    }
    assertTrue(commands >= 10, commands + " commands");
    try (Stream<Path> files = Files.list(folder.resolve("report"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertTrue(
          names.containsAll(
              List.of("report.json", "pairs.tex", "edf.csv", "edf.png", "edf.pdf", "edf.tex")),
          names.toString());
    }
  }

  /** The block of the guide. */
  @Test
  void theJavaOfTheGuidePrintsWhatCompareSays() throws IOException {
    List<Population> populations =
        List.of(
            PopulationSource.open("resnext-a").population(),
            PopulationSource.open("resnext-b").population());
    ComparisonReport report = Comparison.fittedTo(populations, 1).report();
    String verdict = report.pairs().get(0).verdict().text();
    Ran text = Ran.dsa("compare", "resnext-a", "resnext-b");
    assertTrue(text.out().contains("\n" + verdict + "\n"), text.toString());
    assertTrue(text.out().startsWith(report.conditions() + "\n"), text.toString());
    assertEquals(
        Ran.dsa("compare", "resnext-a", "resnext-b", "--format", "json").out(),
        ReportJson.of(report));
    List<String> java = linesOf(ROOT.resolve("docs/guide.md"), "```java");
    assertTrue(
        java.contains("ComparisonReport report = Comparison.fittedTo(populations, 1).report();"),
        java.toString());
    assertTrue(java.contains("String verdict = report.pairs().get(0).verdict().text();"));
  }

  @Test
  void theReadmeComparesWhatIsThere() throws IOException {
    Matcher command =
        Pattern.compile("java -jar dsa\\.jar (compare [^\\n`]*)")
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertTrue(command.find());
    Ran ran = Ran.dsa(words("dsa " + command.group(1), ROOT));
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
  }

  /** The lines of all shell blocks. */
  private static List<String> commandsIn(Path document) throws IOException {
    return linesOf(document, "```sh");
  }

  private static List<String> linesOf(Path document, String fence) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        inside = line.equals(fence);
      } else if (inside) {
        commands.add(line);
      }
    }
    return commands;
  }

  /**
   * The words after {@code dsa}; shipped files are taken from the project, others from the folder.
   */
  private static Object[] words(String line, Path folder) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      if (text.startsWith("data/")) {
        text = ROOT.resolve(text).toString();
      } else if (text.endsWith(".jsonl")
          || text.endsWith(".svg")
          || (text + "/").startsWith("report/")) {
        text = folder.resolve(text).toString();
      }
      words.add(text);
    }
    return words.subList(1, words.size()).toArray();
  }
}
