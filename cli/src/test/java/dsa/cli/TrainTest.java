package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.cli.console.ExitCode;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.io.RunLog;
import dsa.core.run.DrawnModel;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training takes hours: a slip that is found out only then, or that leaves half a folder behind, is
 * dear.
 */
final class TrainTest {

  private static final String RECIPE =
      """
      format: dsa.recipe/1
      name: tiny
      epochs: 2
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

  @BeforeEach
  void prepare() throws IOException {
    CifarSample.write(folder.resolve("data"), "bands", images(100), images(30));
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE);
    architectures("vanilla cifar:16 | 1x16 s2 | 1x16 s2", "bottleneck cifar:16 | 1x32 s2 b8 g4");
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

  private void architectures(String... texts) throws IOException {
    List<DrawnModel> models = new ArrayList<>();
    for (String text : texts) {
      ArchitectureSpec spec = ArchitectureSpec.parse(text);
      models.add(new DrawnModel(models.size(), spec, spec.complexity(Task.CIFAR10)));
    }
    ArchitecturesFile.write(
        folder.resolve("two.jsonl"),
        new ArchitecturesFile.Header(
            "two", Task.CIFAR10, 3, "none", false, texts.length, 0, 0, texts.length),
        models);
  }

  private Ran train(String words) {
    StringBuilder line = new StringBuilder("train ARCHS -o RUNS " + words);
    for (String option : List.of("--recipe RECIPE", "--data DATA", "--workers 1")) {
      if (!words.contains(option.substring(0, option.indexOf(' ')))) {
        line.append(' ').append(option);
      }
    }
    return Ran.dsa(
        (Object[])
            line.toString()
                .replace("ARCHS", folder.resolve("two.jsonl").toString())
                .replace("RECIPE", folder.resolve("tiny.yaml").toString())
                .replace("DATA", folder.resolve("data").toString())
                .replace("RUNS", folder.resolve("runs").toString())
                .split(" +"));
  }

  @Tag("slow")
  @Test
  void aPopulationGrowsAndAnUnusedClassifierIsSaidToBe() throws IOException {
    architectures("vanilla cifar:16 | 1x16 s2");
    Ran first = train("--device cpu --engine libtorch");
    assertEquals(ExitCode.OK, first.code(), first.toString());
    assertFalse(first.err().contains("auxiliary") || first.err().contains("grows"), first.err());
    architectures(
        "vanilla cifar:16 | 1x16 s2",
        "cells cifar:4 d3 aux | skip_connect(0)+none(1) -> 2 | max_pool_3x3(0)+none(1) -> 2");
    Ran second = train("--device cpu --engine libtorch");
    assertEquals(ExitCode.OK, second.code(), second.toString());
    assertTrue(second.err().contains("runs grows by 1 network to 2"), second.err());
    assertTrue(
        second.err().contains("auxiliary classifiers, of 1 network, count in params and flops"),
        second.err());
    assertEquals(2, RunLog.at(folder.resolve("runs/runs.jsonl")).read().runs().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"libtorch", "djl"})
  void bothEnginesTrainAPopulation(String engine) throws IOException {
    Ran ran = train("--device cpu --engine " + engine);
    assertEquals(ExitCode.OK, ran.code(), ran.toString());
    assertTrue(ran.err().contains("2 of 2 done"), ran.err());
    List<RunRecord> runs = RunLog.at(folder.resolve("runs/runs.jsonl")).read().runs();
    assertEquals(2, runs.size());
    for (RunRecord run : runs) {
      assertTrue(run.outcome() instanceof RunOutcome.Completed, run.toString());
      assertEquals(2, run.epochs().size());
      assertTrue(run.epochs().get(1).validationErrorPct().isPresent());
      assertEquals("cifar10-sample:bands", run.provenance().dataset());
      assertEquals(3, run.provenance().seed());
      assertTrue(
          run.provenance().engine().startsWith(engine.equals("djl") ? "djl" : "libtorch"),
          run.provenance().engine());
    }
    Ran status = Ran.dsa("status", folder.resolve("runs"));
    assertTrue(status.out().contains("2 of 2 done"), status.toString());
    assertTrue(status.out().contains("nobody trains it now"), status.toString());
    assertEquals(ExitCode.OK, Ran.dsa("status", folder.resolve("runs"), "--format", "json").code());
    assertEquals(ExitCode.OK, train("--device cpu --engine " + engine).code());
    assertEquals(2, RunLog.at(folder.resolve("runs/runs.jsonl")).read().runs().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--workers 0; 2; --workers 0 is below 1",
        "--workers 5000; 2; are more than this machine's",
        "--workers 65 --device cuda; 2; --workers 65 is above 64",
        "--threads 0; 2; --threads 0 is below 1",
        "--retries -1; 2; --retries -1 is below 0",
        "--timeout 0; 2; --timeout 0.0 is no time",
        "--engine torch; 2; --engine torch is none of libtorch, djl, pytorch, auto",
        "--device gpu; 2; --device gpu is none of cpu, cuda, mps, xpu, auto",
        "--recipe quick; 3; there is no recipe or recipe file 'quick'",
        "--data nowhere; 3; nowhere",
        "--recipe nds; 3; takes 5000 + 0 images of each class, but class 0 has 10",
      })
  void slipsEndInOneSentenceBeforeAnythingIsWritten(String words, int code, String sentence) {
    Ran ran = train(words);
    assertEquals(code, ran.code(), ran.toString());
    assertTrue(ran.err().contains(sentence), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
    assertFalse(Files.exists(folder.resolve("runs")), ran.err());
  }

  @Test
  void aRecipeWithAnUnknownKeyIsRefusedWithItsLine() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE.replace("mirror:", "miror:"));
    Ran ran = train("");
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().contains("tiny.yaml:13"), ran.err());
    assertTrue(ran.err().contains("mirror"), ran.err());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @ParameterizedTest
  @CsvSource({
    "djl, djl computes with precision fp32 only",
    "libtorch, libtorch computes in bf16 on GPUs only",
    "auto, libtorch computes in bf16 on GPUs only"
  })
  void aPrecisionThatTheEngineLacksIsRefusedBeforeAnythingIsWritten(String engine, String sentence)
      throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE.replace("fp32", "bf16"));
    Ran ran = train("--device cpu --engine " + engine);
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().startsWith("dsa: " + sentence), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void damagedImagesAreRefused() throws IOException {
    Path batch = folder.resolve("data/data_batch_2.bin");
    byte[] bytes = Files.readAllBytes(batch);
    Files.write(batch, Arrays.copyOf(bytes, bytes.length - 1));
    Ran ran = train("");
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().contains("data_batch_2.bin"), ran.err());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void inputsAreReadBeforeAnyGpuIsAskedAfter() throws IOException {
    Ran images = train("--data nowhere --engine djl --device cuda");
    assertEquals(ExitCode.BAD_INPUT, images.code(), images.toString());
    assertTrue(images.err().startsWith("dsa: nowhere"), images.err());
    Files.delete(folder.resolve("two.jsonl"));
    Ran networks = train("--engine djl --device cuda");
    assertEquals(ExitCode.BAD_INPUT, networks.code(), networks.toString());
    assertTrue(networks.err().contains("two.jsonl: does not exist"), networks.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | dsa: standard input: is empty; the command before the pipe wrote nothing",
        "[] | dsa: standard input:1: is not a JSON object",
      })
  void whatComesThroughAPipeIsCalledStandardInput(String piped, String sentence) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)));
    try {
      Ran ran =
          Ran.dsa(
              "train",
              "-",
              "--recipe",
              folder.resolve("tiny.yaml"),
              "--data",
              folder.resolve("data"),
              "-o",
              folder.resolve("runs"));
      assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
      assertEquals(sentence, ran.err().strip());
      assertFalse(Files.exists(folder.resolve("runs")));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aMissingGpuIsOneSentence() {
    Ran ran = train("--engine djl --device cuda");
    assertEquals(ExitCode.BAD_INPUT, ran.code(), ran.toString());
    assertTrue(ran.err().startsWith("dsa: no engine can train as asked; djl on cuda: "), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }

  @Tag("slow")
  @Test
  void aNetworkThatNoEngineCanBuildIsAFailureOfItsOwn() throws IOException {
    architectures(
        "vanilla cifar:16 | 1x16 s2 | 1x16 s2", "vanilla cifar:16 | 1x2000000 s2 | 1x16 s2");
    Ran ran = train("--device cpu --engine libtorch --retries 0");
    assertEquals(ExitCode.FAILED_RUNS, ran.code(), ran.toString());
    assertTrue(ran.err().contains("1 of 2 done, 1 failed"), ran.err());
    assertTrue(ran.err().contains("two-0001: failed: "), ran.err());
  }
}
