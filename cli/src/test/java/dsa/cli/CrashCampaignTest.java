package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dsa.cli.console.ExitCode;
import dsa.core.io.RunLog;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.RunOutcome;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever kills a sweep, the same command must lead to the population that an undisturbed sweep
 * gives, byte for byte. The whole campaign: {@code mvn -B verify -Pslow -pl cli -am
 * -Dtest=CrashCampaignTest -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.jvm=-Ddsa.kills=100}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and limits are those of Unix")
@Tag("slow")
final class CrashCampaignTest {

  private static final int MODELS = 24;
  private static final int KILLS = Integer.getInteger("dsa.kills", 5);
  private static final long PATIENCE_SECONDS = 1800;

  private static final String RECIPE =
      """
      format: dsa.recipe/1
      name: tiny
      epochs: 3
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

  @TempDir static Path folder;
  private static Path undisturbed;

  @BeforeAll
  static void trainOnceInPeace() throws Exception {
    CifarSample.write(folder.resolve("data"), "noise", images(100, 1), images(50, 2));
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE);
    Ran drawn =
        Ran.dsa(
            "sample",
            "resnext-a",
            "-n",
            MODELS,
            "--seed",
            1,
            "--max-flops",
            "0.006B",
            "--distinct",
            "-o",
            folder.resolve("architectures.jsonl"));
    assertEquals(0, drawn.code(), drawn.toString());
    Path runs = folder.resolve("peace");
    assertEquals(0, finish(runs));
    undisturbed = collected(runs);
    assertEquals(MODELS + 1, Files.readString(undisturbed).lines().count()); // and the header
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

  // ---- the program as processes

  private static List<String> train(Path runs) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dsa.cli.Main",
            "train",
            folder.resolve("architectures.jsonl").toString(),
            "--recipe",
            folder.resolve("tiny.yaml").toString(),
            "--engine",
            "libtorch",
            "--device",
            "cpu",
            "--workers",
            String.valueOf(Math.min(2, Runtime.getRuntime().availableProcessors())),
            "--data",
            folder.resolve("data").toString(),
            "-o",
            runs.toString()));
  }

  private static Process start(Path runs) throws IOException {
    return start(train(runs));
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said.txt").toFile()))
        .start();
  }

  /** Runs the command until it ends by itself. */
  private static int finish(Path runs) throws IOException, InterruptedException {
    return await(start(runs));
  }

  private static int await(Process process) throws IOException, InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return process.exitValue();
  }

  private static String said() throws IOException {
    return Files.readString(folder.resolve("said.txt"));
  }

  private static String lastWords() throws IOException {
    List<String> lines = said().lines().toList();
    return lines.get(lines.size() - 1);
  }

  private static Path collected(Path runs) {
    Path file = runs.resolveSibling(runs.getFileName() + ".csv");
    Ran ran = Ran.dsa("collect", runs, "-o", file, "--name", "campaign");
    assertEquals(0, ran.code(), ran.toString());
    return file;
  }

  private static void assertSameAsUndisturbed(Path runs) throws IOException {
    List<String> completed =
        RunLog.at(runs.resolve("runs.jsonl")).read().runs().stream()
            .filter(run -> run.outcome() instanceof RunOutcome.Completed)
            .map(run -> run.id().value())
            .sorted()
            .toList();
    assertEquals(MODELS, completed.size());
    assertEquals(MODELS, completed.stream().distinct().count());
    assertEquals(Files.readString(undisturbed), Files.readString(collected(runs)));
    try (Stream<Path> left = Files.list(runs.resolve("checkpoints"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static List<ProcessHandle> workers(Process supervisor) {
    return supervisor.descendants().filter(ProcessHandle::isAlive).toList();
  }

  private static void waitForCheckpoint(Path runs) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (checkpoints(runs).isEmpty()) {
      assertTrue(System.nanoTime() < end, "no checkpoint came");
      Thread.sleep(20);
    }
  }

  private static List<Path> checkpoints(Path runs) throws IOException {
    Path checkpoints = runs.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.filter(file -> file.toString().endsWith(".ckpt")).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // one went while it was listed
    }
  }

  // ---- the campaign

  @Test
  void killedAnywhereAnytimeTheSweepComesToTheSamePopulation() throws Exception {
    RandomStream random = SeedPath.root(9).child("kills").generator();
    int kills = 0;
    for (int round = 0; kills < KILLS; round++) {
      Path runs = folder.resolve("killed-" + round);
      int code = -1;
      while (code != 0) {
        Process supervisor = start(runs);
        while (supervisor.isAlive()) {
          if (supervisor.waitFor(300 + random.nextInt(4000), TimeUnit.MILLISECONDS)
              || kills >= KILLS) {
            break;
          }
          List<ProcessHandle> workers = workers(supervisor);
          if (random.nextInt(2) == 0 || workers.isEmpty()) {
            supervisor.destroyForcibly();
          } else {
            workers.get(random.nextInt(workers.size())).destroyForcibly();
          }
          kills++;
        }
        code = await(supervisor);
        boolean gaveUp = // as it does when three workers in turn are killed while they start
            code == ExitCode.BAD_INPUT && lastWords().contains("workers end before they can train");
        assertTrue(code == 0 || code == 137 || code == ExitCode.FAILED_RUNS || gaveUp, said());
      }
      assertSameAsUndisturbed(runs);
    }
    assertTrue(kills >= KILLS);
  }

  @Test
  void abortsDamagedCheckpointsAndACutLogDoNoHarm() throws Exception {
    Path runs = folder.resolve("damaged");
    Process supervisor = start(runs);
    waitForCheckpoint(runs);
    for (ProcessHandle worker : workers(supervisor)) { // as native code does that gives up
      new ProcessBuilder("kill", "-ABRT", String.valueOf(worker.pid())).start().waitFor();
    }
    waitForCheckpoint(runs);
    Thread.sleep(1500);
    supervisor.destroyForcibly();
    assertEquals(137, await(supervisor));
    Thread.sleep(500);
    for (Path checkpoint : checkpoints(runs)) {
      byte[] bytes = Files.readAllBytes(checkpoint);
      bytes[bytes.length / 2] ^= 1;
      Files.write(checkpoint, bytes);
    }
    Files.writeString(
        runs.resolve("runs.jsonl"),
        "{\"format\":\"dsa.run/2\",\"id\":\"resnext-a-00",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertEquals(0, finish(runs));
    assertTrue(said().contains("was aborted by native code"), said());
    assertTrue(said().contains("the last line was cut short"), said());
    assertSameAsUndisturbed(runs);
  }

  @Test
  void aRequestToEndEndsCleanlyAndTheSameCommandGoesOn() throws Exception {
    Path runs = folder.resolve("ended");
    Process supervisor = start(runs);
    waitForCheckpoint(runs);
    List<ProcessHandle> workers = workers(supervisor);
    supervisor.destroy(); // SIGTERM
    assertEquals(143, await(supervisor));
    assertTrue(said().contains("stopped, the same command goes on"), said());
    assertFalse(workers.stream().anyMatch(ProcessHandle::isAlive));
    assertTrue(
        RunLog.at(runs.resolve("runs.jsonl")).read().runs().stream()
            .noneMatch(run -> run.outcome() instanceof RunOutcome.Failed));
    assertEquals(0, finish(runs));
    assertSameAsUndisturbed(runs);
  }

  @Test
  void twoSupervisorsDoNotShareAFolder() throws Exception {
    Path runs = folder.resolve("shared");
    Process first = start(runs);
    waitForCheckpoint(runs);
    Process second = start(runs);
    assertEquals(ExitCode.BAD_INPUT, await(second));
    assertTrue(said().contains("is being trained by process " + first.pid() + " already"), said());
    assertEquals(0, await(first));
    assertSameAsUndisturbed(runs);
  }

  @Test
  void workersThatRunOutOfMemoryAreFailuresOfTheirNetworksAlone() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "only Linux limits a process's memory so");
    Path runs = folder.resolve("poor");
    Process supervisor = start(runs);
    waitForCheckpoint(runs);
    for (ProcessHandle worker : workers(supervisor)) {
      // the JVM and libtorch are in; the next big tensors are not
      Process limit =
          new ProcessBuilder("prlimit", "--data=200000000", "--pid", String.valueOf(worker.pid()))
              .start();
      assertEquals(0, limit.waitFor());
    }
    int code = await(supervisor);
    assertTrue(code == 0 || code == ExitCode.FAILED_RUNS, said());
    assertTrue(said().contains("memory") || said().contains("its worker"), said());
    while (code != 0) {
      code = finish(runs);
    }
    assertSameAsUndisturbed(runs);
  }

  @Test
  void aFullDiskStopsTheSweepInOneSentenceAndNothingIsLost() throws Exception {
    Path disk = mounted("full", "size=400k");
    try {
      Path runs = disk.resolve("runs");
      Process supervisor = start(runs);
      waitForCheckpoint(runs);
      fill(disk.resolve("filler"));
      assertEquals(ExitCode.BAD_INPUT, await(supervisor));
      assertTrue(said().contains("No space left on device"), said());
      Files.delete(disk.resolve("filler"));
      assertEquals(0, finish(runs));
      assertSameAsUndisturbed(runs);
    } finally {
      unmount(disk);
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsRefusedAtOnce() throws Exception {
    Path disk = mounted("locked", "ro");
    try {
      assertEquals(ExitCode.BAD_INPUT, finish(disk.resolve("runs")));
      assertTrue(said().contains("its file system is read-only"), said());
    } finally {
      unmount(disk);
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    Arrays.fill(block, (byte) 1);
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e.toString());
    }
  }

  /** A small file system of its own, which takes a superuser. */
  private static Path mounted(String name, String options) throws Exception {
    Path disk = Files.createDirectory(folder.resolve(name));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()).start();
    String why = new String(mount.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(mount.waitFor() == 0, "no file system can be mounted here: " + why);
    return disk;
  }

  private static void unmount(Path disk) throws Exception {
    assertEquals(0, new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor());
  }
}
