package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.analysis.report.search.SearchReport;
import dsa.cli.console.ExitCode;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.PopulationCsv;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import dsa.populations.TrainedNetworks;
import dsa.sampler.spaces.Spaces;
import dsa.search.Budget;
import dsa.search.ChoiceSpace;
import dsa.search.Encoding;
import dsa.search.StrategyType;
import dsa.search.strategy.Strategies;
import dsa.search.study.Contender;
import dsa.search.study.SearchStudy;
import dsa.search.table.EnumeratedTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search that runs on a sample as if it were the space, or that reports the luck of its own
 * signal, gives numbers that look like any others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchCommandsTest {

  private static final String SPACE = "mixnet-mini";

  private Path folder;
  private String trainings; // two of every network of the space
  private Path part;

  @BeforeAll
  void trainEveryNetwork(@TempDir Path made) throws IOException {
    folder = made;
    ChoiceSpace space = ChoiceSpace.of(Spaces.find(SPACE));
    int size = space.size().intValueExact();
    List<String> files = new ArrayList<>();
    for (int run = 1; run <= 2; run++) {
      List<TrainedModel> models = new ArrayList<>();
      for (int index = 0; index < size; index++) {
        int[] options = new int[space.positions()];
        int rest = index;
        for (int i = 0; i < options.length; i++) {
          options[i] = rest % space.options(i);
          rest /= space.options(i);
        }
        Encoding encoding = Encoding.of(options);
        double noise = SeedPath.root(run).child(index).generator().nextDouble();
        models.add(
            new TrainedModel(
                "n" + index,
                OptionalDouble.of(5 + noise + 1e8 / (1e6 + space.cost(encoding))),
                RecordedComplexity.of(
                    space.space().complexity(space.choice(encoding)), FlopsConvention.MACS),
                Optional.of(space.network(encoding)),
                1));
      }
      Path file = folder.resolve("seed-" + run + ".csv");
      PopulationCsv.write(
          file, new Population("seed-" + run, models, PopulationOrigin.unstated("made up")));
      files.add(file.toString());
      if (run == 1) {
        part = folder.resolve("part.csv");
        PopulationCsv.write(
            part,
            new Population("part", models.subList(0, 100), PopulationOrigin.unstated("made up")));
      }
    }
    trainings = String.join(",", files);
  }

  private static Ran ok(Object... command) {
    Ran ran = Ran.dsa(command);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return ran;
  }

  private static void refused(int code, String words, Object... command) {
    Ran ran = Ran.dsa(command);
    assertEquals(code, ran.code(), ran.toString());
    assertTrue(ran.err().contains(words), ran.err());
    assertEquals("", ran.out());
  }

  @Test
  void aStrategyIsReportedAgainstRandomSearchInEveryForm() throws IOException {
    Object[] command = {
      "search",
      "rea:population=10,tournament=4",
      "--on",
      trainings,
      "--space",
      SPACE,
      "--budget",
      "40",
      "--repeats",
      "20",
      "--resamples",
      "50",
      "--format"
    };
    JsonNode json = new ObjectMapper().readTree(ok(with(command, "json")).out());
    assertEquals("dsa.search/1", json.get("format").textValue());
    assertEquals(2, json.get("runsPerNetwork").intValue());
    assertEquals("rea population=10 tournament=4", json.at("/strategies/0/strategy").textValue());
    assertEquals(20, json.at("/strategies/0/stops/the budget is spent").intValue());
    assertTrue(json.at("/strategies/0/trajectory/0/randomDraws/value").intValue() > 0);
    assertTrue(ok(with(command, "text")).out().contains("random draws"));
    assertTrue(ok(with(command, "latex")).out().contains("\\begin{tabular}"));
    assertTrue(ok(with(command, "csv")).out().startsWith("strategy,evaluations,"));
    assertEquals(ok(with(command, "json")).out(), ok(with(command, "json")).out());
  }

  private static Object[] with(Object[] command, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void randomSearchAlwaysTakesPartInAComparison() throws IOException {
    Path out = folder.resolve("figures");
    Ran ran =
        ok(
            "search-compare",
            "rea:population=10,tournament=4",
            "petridish-grow",
            "--on",
            trainings,
            "--space",
            SPACE,
            "--budget",
            "40",
            "--repeats",
            "20",
            "--resamples",
            "50",
            "--format",
            "json",
            "-o",
            out,
            "--figures",
            "svg");
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertEquals("random", json.at("/strategies/0/strategy").textValue());
    assertEquals(3, json.get("pairs").size());
    assertTrue(Files.size(out.resolve("search-regret.svg")) > 1000);
    assertTrue(Files.size(out.resolve("search-hypervolume.csv")) > 100);
  }

  @Test
  void whatIsInterruptedGoesOnAndComesToTheSame() throws IOException {
    Path logs = folder.resolve("logs");
    Object[] command = {
      "search",
      "mdenas",
      "--on",
      trainings,
      "--space",
      SPACE,
      "--budget",
      "30",
      "--repeats",
      "3",
      "--resamples",
      "50",
      "--format",
      "json"
    };
    String whole = ok(with(command, "--logs", logs)).out();
    Path log = logs.resolve("mdenas-1.jsonl");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(whole, ok(with(command, "--logs", logs)).out());
    assertEquals(whole, ok(command).out());
    assertArrayEquals(bytes, Files.readAllBytes(log));
    refused(ExitCode.BAD_INPUT, "another search", with(command, "--logs", logs, "--seed", "2"));
  }

  @Test
  void aSampleIsForRandomSearchAlone() {
    refused(ExitCode.BAD_INPUT, "--space", "search", "rea", "--on", part);
    refused(
        ExitCode.BAD_INPUT,
        "are a sample of " + SPACE,
        "search",
        "rea",
        "--on",
        part,
        "--space",
        SPACE);
    String out =
        ok("search", "random", "--on", part, "--repeats", "20", "--resamples", "50", "--budget", 20)
            .out();
    assertTrue(out.startsWith("A sample of part: 100 networks"), out);
    assertTrue(out.contains("tenth of the sample"), out);
  }

  @Test
  void whatIsWronglyAskedForIsSaidInASentence() {
    refused(ExitCode.USAGE, "--list", "search");
    refused(ExitCode.USAGE, "--on", "search", "rea");
    refused(ExitCode.USAGE, "--budget", "search", "rea", "--on", part, "--budget", "0");
    refused(ExitCode.USAGE, "--unit seconds", "search", "rea", "--on", part, "--unit", "seconds");
    refused(ExitCode.BAD_INPUT, "did you mean mdenas", "search", "mdena", "--on", part);
    refused(ExitCode.BAD_INPUT, "has no setting", "search", "rea:x=1", "--on", part);
    refused(ExitCode.BAD_INPUT, "signal", "search", "random", "--on", part, "--signal", "two");
    refused(
        ExitCode.BAD_INPUT,
        "without learning curves",
        "search",
        "hyperband",
        "--on",
        trainings,
        "--space",
        SPACE,
        "--unit",
        "epochs");
    assertTrue(ok("search", "--list").out().contains("petridish-grow"));
  }

  @Test
  void frontsAreComparedByTheirVolumesAndNotByLuck() throws IOException {
    String both = trainings.replace(',', '+');
    JsonNode json =
        new ObjectMapper()
            .readTree(
                ok(
                        "pareto",
                        "all=" + both,
                        part,
                        "--cost",
                        "flops",
                        "--resamples",
                        "50",
                        "--under",
                        "5M,100M",
                        "--target",
                        "5M",
                        "--format",
                        "json")
                    .out());
    assertEquals("dsa.pareto/1", json.get("format").textValue());
    assertTrue(json.at("/populations/0/optimism/members").intValue() > 1);
    assertTrue(json.at("/populations/1/optimism").isMissingNode());
    assertEquals(1, json.get("pairs").size());
    assertTrue(json.get("warnings").toString().contains("part has one training"));
    Path figures = folder.resolve("front");
    String out = ok("pareto", part, "--resamples", "50", "-o", figures, "--figures", "svg").out();
    assertTrue(Files.readString(figures.resolve("pareto-front.svg")).contains("part"));
    assertTrue(out.startsWith("Error against flops"), out);
    refused(ExitCode.USAGE, "--reference", "pareto", part, "--reference", "30");
  }

  @Test
  void earlyRankingIsJudgedOfWhatComesWithTheProgram() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(
                ok("agreement", "--over-epochs", "vanilla", "--resamples", "50", "--format", "json")
                    .out());
    assertEquals("dsa.ranking/1", json.get("format").textValue());
    int epochs = json.at("/rankings/0/epochs").intValue();
    assertEquals(epochs - 1, json.at("/rankings/0/byEpoch").size());
    String losses =
        ok("agreement", "--over-epochs", "vanilla", "--metric", "train-loss", "--resamples", "50")
            .out();
    assertTrue(losses.contains("mean tau over"), losses);
    Path figures = folder.resolve("ranking");
    ok(
        "agreement",
        "--over-epochs",
        "vanilla",
        "resnet",
        "--resamples",
        "50",
        "-o",
        figures,
        "--figures",
        "svg");
    assertTrue(Files.readString(figures.resolve("ranking-over-epochs.svg")).contains("resnet"));
    refused(ExitCode.BAD_INPUT, "there is no sweep", "agreement", "--over-epochs", "nowhere");
    refused(ExitCode.USAGE, "two or more", "agreement", "vanilla");
  }

  @Test
  void theStrategyOfTheDocumentRunsAsItIsWritten() throws Exception {
    Path document = Path.of(System.getProperty("dsa.root", "..")).resolve("docs/search.md");
    String text = Files.readString(document).replace("\r\n", "\n");
    String written = text.substring(text.indexOf("```java\n") + 8);
    Path source = folder.resolve("HillClimber.java");
    Files.writeString(source, written.substring(0, written.indexOf("```")));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                said,
                said,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, compiled, said.toString(StandardCharsets.UTF_8));
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Field type = classes.loadClass("HillClimber").getDeclaredField("TYPE");
      type.setAccessible(true);
      TrainedNetworks trained = TrainedNetworks.open(List.of(trainings.split(",")));
      SearchReport report =
          SearchStudy.on(
                  EnumeratedTable.of(ChoiceSpace.of(Spaces.find(SPACE)), trained.networks(), 1),
                  Budget.evaluations(60),
                  1)
              .withRepeats(40)
              .withIntervals(0.95, 50)
              .run(
                  List.of(
                      new Contender((StrategyType) type.get(null), Map.of()),
                      new Contender(Strategies.find("random"), Map.of())));
      assertTrue(
          report.strategies().get(0).atBudget().value()
              < report.strategies().get(1).atBudget().value(),
          report.findings().toString());
    }
  }
}
