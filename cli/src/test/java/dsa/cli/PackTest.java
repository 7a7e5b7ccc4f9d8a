package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.testing.PythonWithTorch;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A packed sweep is trained where nobody of this project is: if it needs anything that was left at
 * home, or comes back as another population, minutes of a rented GPU are lost.
 */
final class PackTest {

  private static final int NOT_FINISHED = 75;

  private static final String RECIPE =
      """
      format: dsa.recipe/1
      name: tiny
      epochs: 2
      batchSize: 20
      learningRate: 0.02
      schedule: cosine-per-step
      momentum: 0.9
      nesterov: true
      weightDecay: 5e-4
      trainImages: 100
      validationImages: 0
      cropPad: 4
      mirror: true
      normMomentum: 0.1
      preciseNormImages: 40
      precision: fp32
      """;

  @TempDir static Path shared;

  @TempDir Path folder;
  private Path packed;

  @BeforeAll
  static void draw() throws IOException {
    CifarSample.write(shared.resolve("data"), "noise", images(100, 1), images(50, 2));
    Files.writeString(shared.resolve("tiny.yaml"), RECIPE);
    for (int count : List.of(2, 8)) {
      Ran.dsa(
          "sample",
          "resnext-a",
          "-n",
          count,
          "--seed",
          1,
          "--max-flops",
          "0.006B",
          "--distinct",
          "-o",
          networks(count));
    }
  }

  @BeforeEach
  void name() {
    packed = folder.resolve("packed").resolve("runs");
  }

  private static Path networks(int count) {
    return shared.resolve(count + ".jsonl");
  }

  private static ImageSet images(int count, long seed) {
    RandomStream random = SeedPath.root(seed).generator();
    byte[] pixels = new byte[count * 3072];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      for (int p = 0; p < 3072; p++) {
        pixels[i * 3072 + p] = (byte) (labels[i] * 20 + random.nextInt(60));
      }
    }
    return ImageSet.of(pixels, labels);
  }

  private Ran pack(int count) {
    return Ran.dsa(
        "pack",
        networks(count),
        "--recipe",
        shared.resolve("tiny.yaml"),
        "--data",
        shared.resolve("data"),
        "--with-images",
        "-o",
        packed);
  }

  /** The program of the packed sweep, with no Java to be found. */
  private Process start(Path said, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(absolutePython(), packed.resolve("train.py").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "DSA_DATA"));
    builder.environment().put("PATH", folder.toString());
    return builder.start();
  }

  private static String absolutePython() throws IOException {
    Process asked =
        new ProcessBuilder(PythonWithTorch.orSkip(), "-c", "import sys; print(sys.executable)")
            .start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private int run(Path said, String... words) throws IOException, InterruptedException {
    Process process = start(said, words);
    assertTrue(process.waitFor(300, TimeUnit.SECONDS), "does not end");
    return process.exitValue();
  }

  private String refusal(String... words) throws IOException, InterruptedException {
    Path said = folder.resolve("refusal.txt");
    Files.deleteIfExists(said);
    assertEquals(ExitCode.BAD_INPUT, run(said, words), () -> read(said));
    List<String> lines = Files.readAllLines(said);
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).startsWith("train.py: "), lines.get(0));
    return lines.get(0);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private long results() {
    return read(packed.resolve("runs.jsonl")).lines().count();
  }

  private String collected(Path runs) throws IOException {
    Path table = runs.resolveSibling("runs.csv");
    Ran ran = Ran.dsa("collect", runs, "-o", table);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    return Files.readString(table);
  }

  @Tag("slow")
  @Test
  void aPackedSweepIsTrainedWithoutThisProgramAndReadByIt() throws Exception {
    PythonWithTorch.orSkip();
    Ran ran = pack(2);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.out().contains(packed + " holds 2 networks to be trained by tiny"), ran.out());
    Ran before = Ran.dsa("status", packed);
    assertTrue(before.out().contains("0 of 2 done"), before.toString());
    Path said = folder.resolve("said.txt");
    assertEquals(0, run(said, "--workers", "1"), () -> read(said));
    assertTrue(read(said).endsWith("all 2 networks are trained\n"), read(said));
    Ran after = Ran.dsa("status", packed);
    assertTrue(after.out().contains("2 of 2 done"), after.toString());
    String table = collected(packed);
    assertTrue(table.contains("by pytorch "), table);
    assertTrue(table.contains(" on cpu"), table);
  }

  @Test
  void whatCannotBePackedIsRefusedInOneSentence() throws IOException {
    Ran recipe = Ran.dsa("pack", networks(2), "-o", packed);
    assertEquals(ExitCode.USAGE, recipe.code());
    assertTrue(recipe.err().startsWith("dsa: a file of networks needs --recipe"), recipe.err());
    assertFalse(Files.exists(packed));

    Files.createDirectories(packed);
    Files.writeString(packed.resolve("train.py"), "print('mine')\n");
    Ran own = pack(2);
    assertEquals(ExitCode.BAD_INPUT, own.code());
    assertTrue(own.err().contains("train.py: is there already and no sweep's"), own.err());
    assertEquals(List.of("train.py"), List.of(packed.toFile().list()));
    Files.delete(packed.resolve("train.py"));

    assertEquals(ExitCode.OK, pack(2).code());
    Ran twice = Ran.dsa("pack", packed, "--seed", 3, "-o", folder.resolve("copy"));
    assertEquals(ExitCode.USAGE, twice.code());
    assertTrue(twice.err().contains("has a recipe and a seed"), twice.err());
    Ran another = Ran.dsa("pack", networks(2), "--recipe", "cpu-mini", "-o", packed);
    assertEquals(ExitCode.BAD_INPUT, another.code());
    assertTrue(another.err().contains("holds another sweep"), another.err());
  }

  @Test
  void twoHundredNetworksOfCellsStayBelowTwentyMegabytes() throws IOException {
    Path cells = folder.resolve("cells.jsonl");
    Ran.dsa("sample", "amoeba", "-n", 200, "--seed", 1, "-o", cells);
    assertEquals(ExitCode.OK, Ran.dsa("pack", cells, "--recipe", "gpu-10", "-o", packed).code());
    long bytes = 0;
    for (String name : packed.toFile().list()) {
      bytes += packed.resolve(name).toFile().length();
    }
    assertTrue(bytes > 1_000_000 && bytes < 20_000_000, bytes + " bytes");
    assertFalse(Files.exists(packed.resolve("cifar-10")), "images nobody asked for");
  }

  @Test
  void anInterpreterThatIsNotThereIsNamedBeforeAnythingIsWritten() {
    Ran ran =
        Ran.dsa(
            "train",
            networks(2),
            "--recipe",
            shared.resolve("tiny.yaml"),
            "--data",
            shared.resolve("data"),
            "--engine",
            "pytorch",
            "--python",
            "no-such-python",
            "-o",
            packed);
    assertEquals(ExitCode.BAD_INPUT, ran.code());
    assertEquals(
        "dsa: pytorch on cpu: there is no interpreter no-such-python here; name that of an"
            + " environment with torch\n",
        ran.err());
    assertFalse(Files.exists(packed));
  }

  @Tag("slow")
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
  void killedFiveTimesItComesToWhatASweepHereComesTo() throws Exception {
    String python = PythonWithTorch.orSkip();
    Path peace = folder.resolve("peace").resolve("runs");
    Ran trained =
        Ran.dsa(
            "train",
            networks(8),
            "--recipe",
            shared.resolve("tiny.yaml"),
            "--data",
            shared.resolve("data"),
            "--engine",
            "pytorch",
            "--python",
            python,
            "--device",
            "cpu",
            "--workers",
            1,
            "-o",
            peace);
    assertEquals(ExitCode.OK, trained.code(), trained.toString());
    assertEquals(ExitCode.OK, pack(8).code());
    Path said = folder.resolve("said.txt");
    for (int kill = 0; kill < 5; kill++) {
      Process process = start(said, "--workers", String.valueOf(1 + kill % 2));
      while (results() <= kill && process.isAlive()) {
        Thread.sleep(50);
      }
      Thread.sleep(300L * kill); // somewhere in an epoch, or between two
      process.destroyForcibly().waitFor();
      if (kill == 2) {
        Files.writeString(
            packed.resolve("runs.jsonl"), "{\"format\":\"dsa.ru", StandardOpenOption.APPEND);
      }
    }
    assertEquals(0, run(said, "--workers", "2"), () -> read(said));
    assertEquals(8, results());
    assertEquals(collected(peace), collected(packed));
    assertEquals(List.of(), List.of(packed.resolve("checkpoints").toFile().list()));
  }

  @Tag("slow")
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
  void whatCannotBeTrainedThereIsSaidInOneSentence() throws Exception {
    PythonWithTorch.orSkip();
    assertEquals(ExitCode.OK, pack(8).code());
    String device = refusal("--device", "xpu");
    assertTrue(device.contains("sees no device of kind xpu"), device);
    String images = refusal("--data", folder.toString());
    assertTrue(images.contains("the images are not in " + folder), images);

    Path said = folder.resolve("said.txt");
    Process first = start(said, "--workers", "1");
    while (results() == 0 && first.isAlive()) {
      Thread.sleep(50);
    }
    String second = refusal("--workers", "1");
    assertTrue(second.contains("is being trained already, by process " + first.pid()), second);
    Ran third =
        Ran.dsa(
            "train",
            networks(8),
            "--recipe",
            shared.resolve("tiny.yaml"),
            "--data",
            shared.resolve("data"),
            "--device",
            "cpu",
            "-o",
            packed);
    assertEquals(ExitCode.BAD_INPUT, third.code(), third.toString());
    assertTrue(third.err().contains("process " + first.pid()), third.err());
    first.destroy();
    assertTrue(first.waitFor(20, TimeUnit.SECONDS), "does not end when asked to");
    assertFalse(Files.exists(packed.resolve("status.json")));

    assertEquals(NOT_FINISHED, run(said, "--workers", "1", "--minutes", "0.02"));
    assertTrue(read(said).endsWith("are left; the same call goes on\n"), read(said));
    String threads = refusal("--threads", "2", "--workers", "1");
    assertTrue(threads.contains("trained one way throughout"), threads);

    Path recipe = packed.resolve("recipe.yaml");
    Files.writeString(recipe, Files.readString(recipe).replace("epochs: 2", "epochs: 3"));
    String changed = refusal();
    assertTrue(changed.contains("has been changed since the sweep began"), changed);
  }
}
