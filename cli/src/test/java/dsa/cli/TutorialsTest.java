package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import dsa.core.io.MalformedFileException;
import dsa.core.io.RunLog;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.sampler.DesignSpace;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever writes a space of his own begins by typing off a tutorial: what stands there must work,
 * letter by letter.
 */
final class TutorialsTest {

  private static final Path TUTORIALS =
      Path.of(System.getProperty("dsa.root", "..")).resolve("docs/tutorials");
  private static final Pattern NAMED =
      Pattern.compile("`([\\w-]+\\.\\w+)`[^`\\n]*:\\n\\n```(yaml|java)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("```(sh|text)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static final String RECIPE =
      """
      format: dsa.recipe/1
      name: tiny
      epochs: 1
      batchSize: 20
      learningRate: 0.02
      schedule: cosine-per-epoch
      momentum: 0.9
      nesterov: true
      weightDecay: 5e-4
      trainImages: 80
      validationImages: 20
      cropPad: 2
      mirror: true
      normMomentum: 0.1
      preciseNormImages: 40
      precision: fp32
      """;

  @TempDir Path folder;

  private static String tutorial(String name) throws IOException {
    return Files.readString(TUTORIALS.resolve(name)).replace("\r\n", "\n");
  }

  /** Writes what the tutorial tells to save; returns the files' names. */
  private List<String> save(String tutorial) throws IOException {
    List<String> names = new ArrayList<>();
    for (MatchResult file : NAMED.matcher(tutorial).results().toList()) {
      Files.writeString(folder.resolve(file.group(1)), file.group(3));
      names.add(file.group(1));
    }
    return names;
  }

  private static List<String> blocks(String tutorial, String language) {
    return BLOCK
        .matcher(tutorial)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2).strip())
        .toList();
  }

  private Object[] words(String command) {
    List<String> words = new ArrayList<>();
    for (MatchResult word : WORD.matcher(command).results().toList()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(text.matches(".*\\.(yaml|jsonl|svg)") ? folder.resolve(text).toString() : text);
    }
    return words.subList(1, words.size()).toArray();
  }

  @Test
  void blocksAreDescribedDrawnAndCounted() throws IOException {
    String tutorial = tutorial("own-blocks.md");
    assertEquals(List.of("shuffle.yaml", "shuffle-or-not.yaml"), save(tutorial));
    int commands = 0;
    for (String block : blocks(tutorial, "sh")) {
      for (String command : block.lines().toList()) {
        Ran ran = Ran.dsa(words(command));
        assertEquals(ExitCode.OK, ran.code(), command + "\n" + ran);
        assertTrue(ran.out().length() > 50 || command.contains("-o"), command + "\n" + ran);
        commands++;
      }
    }
    assertEquals(6, commands);
    assertTrue(Files.readString(folder.resolve("shuffle.svg")).contains("</svg>"));
    DesignSpace space = Spaces.read(folder.resolve("shuffle.yaml"));
    assertEquals(12, space.dimensions().size());
    assertEquals(24L * 36 * 24, space.size().longValueExact());
    assertEquals(space.size(), space.census().orElseThrow().networks().orElseThrow());
  }

  @Test
  void theSpacesOfTheSpecificationAreRead() throws IOException {
    String formats = Files.readString(TUTORIALS.resolveSibling("formats.md")).replace("\r\n", "\n");
    List<String> spaces =
        Pattern.compile("```yaml\\n(format: dsa\\.space/1\\n.*?)```", Pattern.DOTALL)
            .matcher(formats)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertTrue(spaces.size() >= 2, spaces.toString());
    for (String space : spaces) {
      Path file = Files.writeString(folder.resolve("space.yaml"), space);
      assertTrue(Spaces.read(file).size().signum() > 0, space);
    }
  }

  /** One pass over a hundred images, of networks as small as the tutorial's space has. */
  @Tag("slow")
  @Test
  void itsNetworksTrain() throws IOException {
    save(tutorial("own-blocks.md"));
    CifarSample.write(folder.resolve("data"), "bands", images(100), images(20));
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE);
    Path networks = folder.resolve("shuffle.jsonl");
    Ran drawn =
        Ran.dsa(
            "sample",
            folder.resolve("shuffle.yaml"),
            "--count",
            "2",
            "--seed",
            "1",
            "--max-params",
            "60k",
            "-o",
            networks);
    assertEquals(ExitCode.OK, drawn.code(), drawn.toString());
    Path runs = folder.resolve("runs");
    Ran trained =
        Ran.dsa(
            "train",
            networks,
            "--recipe",
            folder.resolve("tiny.yaml"),
            "--data",
            folder.resolve("data"),
            "--workers",
            "1",
            "--device",
            "cpu",
            "-o",
            runs);
    assertEquals(ExitCode.OK, trained.code(), trained.toString());
    List<RunRecord> records = RunLog.at(runs.resolve("runs.jsonl")).read().runs();
    assertEquals(2, records.size());
    for (RunRecord record : records) {
      assertTrue(record.outcome() instanceof RunOutcome.Completed, record.toString());
    }
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * 3072];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      Arrays.fill(pixels, i * 3072, (i + 1) * 3072, (byte) (labels[i] * 25));
    }
    return ImageSet.of(pixels, labels);
  }

  @Test
  void theTutorialsSlipIsAnsweredAsItSays() throws IOException {
    String tutorial = tutorial("own-blocks.md");
    save(tutorial);
    Path file = folder.resolve("shuffle.yaml");
    Files.writeString(file, Files.readString(file).replace("{out/4}", "{out/5}"));
    String refusal =
        assertThrows(MalformedFileException.class, () -> Spaces.read(file)).getMessage();
    assertEquals(
        blocks(tutorial, "text").get(0), refusal.replace(folder.toString() + File.separator, ""));
  }

  @Tag("slow")
  @Test
  void aSpaceInJavaIsCompiledFoundAndUsed() throws Exception {
    String tutorial = tutorial("own-space-in-java.md");
    List<String> sources = save(tutorial);
    assertEquals(List.of("Pairs.java", "MySpaces.java"), sources);
    Path classes = Files.createDirectories(folder.resolve("my"));
    compile(sources, classes);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dsa.sampler.SpaceProvider"), blocks(tutorial, "text").get(0) + "\n");
    String described = child(classes, "describe", "pairs", "--max-params", "20k", "--seed", "1");
    assertTrue(described.contains("pairs (cifar10): Blocks that read the two"), described);
    assertTrue(described.contains("networks: 162"), described);
    Path drawn = folder.resolve("pairs.jsonl");
    child(classes, "sample", "pairs", "--count", "20", "--seed", "1", "-o", drawn.toString());
    assertTrue(child(classes, "spaces").contains("pairs"));
    Files.createDirectory(folder.resolve("pairs")); // such as a sweep of the same name leaves
    String again = child(classes, "sample", "pairs", "-n", "2", "--seed", "1", "-o", "-");
    assertTrue(again.contains("\"space\":\"pairs\""), again);
    // from here on without the classes
    Ran counted = Ran.dsa("complexity", drawn);
    assertEquals(ExitCode.OK, counted.code(), counted.toString());
    assertTrue(Ran.dsa("describe", "pairs").err().contains("there is no design space"));
    Files.writeString(services.resolve("dsa.sampler.SpaceProvider"), "Nobody\n");
    String refused = child(classes, "describe", "pairs");
    assertTrue(refused.contains("Nobody"), refused);
    assertTrue(refused.contains("correct META-INF/services/dsa.sampler.SpaceProvider"), refused);
  }

  private void compile(List<String> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Path[] paths = sources.stream().map(folder::resolve).toArray(Path[]::new);
      List<String> options =
          List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(paths))
              .call();
      assertTrue(compiled, said.toString());
    }
  }

  /** What the whole program prints with {@code classes} on its class path. */
  private String child(Path classes, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path") + File.pathSeparator + classes);
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), printed);
    return printed;
  }
}
