package dsa.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep of days is worth what its log holds after the machine went down: every finished run, and
 * no half line that makes the file unreadable. The golden lines seal the format.
 */
public final class RunLogTest {

  private static final String GOLDEN =
      """
      {"format":"dsa.run/3","id":"a/0","index":0,"architecture":"residual cifar:16 | 3x16 s1 |\
       3x32 s2 | 3x64 s2","params":272474,"macs":40813194,"ndsFlops":41816714,\
      "activations":200714,"recipe":"quick","outcome":"completed","minTestErrorPct":7.25,\
      "lastTestErrorPct":7.5,"epochs":[{"trainLoss":1.5,"trainErrorPct":40.0,"testErrorPct":50.0,\
      "trainSeconds":2.5,"evaluationSeconds":0.5},{"trainLoss":1.5,"trainErrorPct":40.0,\
      "trainSeconds":2.5,"evaluationSeconds":0.0,"cpuSeconds":3.25},{"trainLoss":1.5,"trainErrorPct":40.0,\
      "testErrorPct":7.25,"trainSeconds":2.5,"evaluationSeconds":0.5},{"trainLoss":1.5,\
      "trainErrorPct":40.0,"validationErrorPct":8.5,"testErrorPct":7.5,"trainSeconds":2.5,\
      "evaluationSeconds":0.5}],"provenance":{"seed":42,\
      "recipeHash":"r1","dataset":"cifar10","datasetChecksum":"d1","codeVersion":"0.1.0",\
      "engine":"none 1","device":"cpu","threads":1,"jvm":"17","os":"linux","start":"2026-01-01T00:00:00Z",\
      "end":"2026-01-01T00:00:01.500Z"}}
      {"format":"dsa.run/3","id":"a/1","index":1,"architecture":"residual cifar:16 | 3x16 s1 |\
       3x32 s2 | 3x64 s2","params":272474,"macs":40813194,"ndsFlops":41816714,\
      "activations":200714,"recipe":"quick","outcome":"diverged","divergedInEpoch":3,"provenance":{"seed":42,\
      "recipeHash":"r1","dataset":"cifar10","datasetChecksum":"d1","codeVersion":"0.1.0",\
      "engine":"none 1","device":"cpu","threads":1,"jvm":"17","os":"linux","start":"2026-01-01T00:00:00Z",\
      "end":"2026-01-01T00:00:01.500Z"}}
      """;

  @TempDir Path folder;

  /** A run of ResNet-20; {@code name} is its id and {@code index} its place. */
  public static RunRecord run(String name, int index, RunOutcome outcome) {
    ArchitectureSpec spec =
        ArchitectureSpec.parse("residual cifar:16 | 3x16 s1 | 3x32 s2 | 3x64 s2");
    return new RunRecord(
        new RunId(name),
        new DrawnModel(index, spec, spec.complexity(Task.CIFAR10)),
        "quick",
        outcome,
        outcome instanceof RunOutcome.Completed completed
            ? epochs(completed.testErrorByEpoch())
            : List.of(),
        new Provenance(
            42,
            "r1",
            "cifar10",
            "d1",
            "0.1.0",
            "none 1",
            "cpu",
            1,
            "17",
            "linux",
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:01.500Z")));
  }

  private static List<EpochResult> epochs(List<Double> testErrors) {
    List<EpochResult> epochs = new ArrayList<>();
    for (int i = 0; i < testErrors.size(); i++) {
      OptionalDouble validation = i < 2 ? OptionalDouble.empty() : OptionalDouble.of(8.5);
      epochs.add(
          new EpochResult(epochs.size() + 1, 1.5, 40, validation, testErrors.get(i), 2.5, 0.5));
      if (i == 0) {
        epochs.add(
            new EpochResult(
                2,
                1.5,
                40,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                2.5,
                0,
                OptionalDouble.of(3.25)));
      }
    }
    return epochs;
  }

  private static final RunRecord FIRST =
      run("a/0", 0, RunOutcome.Completed.of(List.of(50.0, 7.25, 7.5)));
  private static final RunRecord SECOND = run("a/1", 1, new RunOutcome.Diverged(3));
  private static final RunRecord THIRD = run("a/2", 2, new RunOutcome.Failed("out of memory"));

  @Test
  void theFormatIsSealed() throws IOException {
    Path file = folder.resolve("new folder/runs.jsonl");
    RunLog log = RunLog.at(file);
    log.append(FIRST);
    log.append(SECOND);
    assertEquals(GOLDEN, Files.readString(file));
  }

  @Test
  void logsOfTheVersionBeforeAreRead() throws IOException {
    Path file = folder.resolve("runs.jsonl");
    Files.writeString(file, RunLog.line(SECOND).replace("dsa.run/3", "dsa.run/2") + "\n");
    assertEquals(List.of(SECOND), RunLog.at(file).read().runs());
  }

  @Test
  void aCompletedRunWhoseLastEpochWasNotEvaluatedIsRefused() throws IOException {
    String cut =
        RunLog.line(FIRST)
            .replace("\"validationErrorPct\":8.5,\"testErrorPct\":7.5,", "")
            .replace("\"lastTestErrorPct\":7.5", "\"lastTestErrorPct\":7.25");
    String message =
        assertThrows(IllegalArgumentException.class, () -> RunLog.parse(cut)).getMessage();
    assertEquals("the last epoch has no number 'testErrorPct'", message);
  }

  @Test
  void whatIsReadIsWhatWasAppended() throws IOException {
    RunLog log = RunLog.at(folder.resolve("runs.jsonl"));
    assertEquals(new RunLog.Contents(List.of(), Optional.empty()), log.read());
    for (RunRecord run : List.of(FIRST, SECOND, THIRD)) {
      log.append(run);
    }
    assertEquals(new RunLog.Contents(List.of(FIRST, SECOND, THIRD), Optional.empty()), log.read());
    assertEquals(Set.of(FIRST.id(), SECOND.id()), log.read().finished());
    assertEquals(
        log.read(), RunLog.read("a log", Files.newInputStream(folder.resolve("runs.jsonl"))));
  }

  @Test
  void aLogCutAtAnyByteKeepsItsWholeLinesAndTakesTheNextRun() throws IOException {
    byte[] whole = GOLDEN.getBytes(UTF_8);
    int firstLine = GOLDEN.indexOf('\n') + 1;
    for (int cut = firstLine; cut < whole.length - 1; cut += 7) {
      Path file = folder.resolve("runs" + cut + ".jsonl");
      Files.write(file, Arrays.copyOf(whole, cut));
      RunLog log = RunLog.at(file);
      assertEquals(List.of(FIRST), log.read().runs());
      assertEquals(cut > firstLine, log.read().warning().isPresent(), "cut at " + cut);
      log.append(THIRD);
      assertEquals(new RunLog.Contents(List.of(FIRST, THIRD), Optional.empty()), log.read());
    }
  }

  /** What a power cut leaves: half a character, or a file already longer than what was written. */
  @Test
  void aLastLineThatIsNoTextWasCutShort() throws IOException {
    byte[] first = GOLDEN.substring(0, GOLDEN.indexOf('\n') + 1).getBytes(UTF_8);
    byte[] whole = RunLog.line(run("a/2", 2, new RunOutcome.Failed("né…"))).getBytes(UTF_8);
    int cut = new String(whole, UTF_8).indexOf('é') + 1;
    byte[] undecodable = whole.clone();
    undecodable[cut] = 'x';
    List<byte[]> tails =
        List.of(
            Arrays.copyOf(whole, cut),
            undecodable,
            new byte[1],
            new byte[5000],
            Arrays.copyOf(Arrays.copyOf(whole, 40), 4096),
            Arrays.copyOf(whole, whole.length + 7));
    for (byte[] tail : tails) {
      Path file = Files.write(folder.resolve("runs.jsonl"), first);
      Files.write(file, tail, StandardOpenOption.APPEND);
      RunLog log = RunLog.at(file);
      assertEquals(List.of(FIRST), log.read().runs());
      assertEquals(
          file + ":2: the last line was cut short and is left out",
          log.read().warning().orElseThrow());
      log.append(THIRD);
      assertEquals(new RunLog.Contents(List.of(FIRST, THIRD), Optional.empty()), log.read());
    }
    Path zeros = Files.write(folder.resolve("zeros.jsonl"), new byte[100]);
    assertTrue(RunLog.at(zeros).read().warning().isPresent());
    RunLog.at(zeros).append(THIRD);
    assertEquals(List.of(THIRD), RunLog.at(zeros).read().runs());
  }

  @Test
  void aLineInTheMiddleThatIsNoTextIsNamed() throws IOException {
    Path file = folder.resolve("runs.jsonl");
    Files.writeString(file, GOLDEN + "\0\0\n");
    assertFault(file, ":3: holds a zero byte");
    Files.write(file, new byte[] {'{', (byte) 0xC3, '\n', '{'});
    assertFault(file, ":1: is not UTF-8 text");
    Files.writeString(file, "{".repeat((1 << 22) + 1));
    assertFault(file, ":1: is longer than 4 MiB");
  }

  @Test
  void aLastRunThatOnlyLacksItsNewlineIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("runs.jsonl"), GOLDEN.strip());
    RunLog log = RunLog.at(file);
    assertEquals(new RunLog.Contents(List.of(FIRST, SECOND), Optional.empty()), log.read());
    log.append(THIRD);
    assertEquals(List.of(FIRST, SECOND, THIRD), log.read().runs());
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws IOException {
    Path file = folder.resolve("runs.jsonl");
    Files.writeString(file, GOLDEN);
    Files.writeString(file, "{\"format\":\"dsa.r\n", StandardOpenOption.APPEND);
    assertFault(file, ":3: is not one JSON object; remove the line");
  }

  @Test
  void otherVersionsAndContradictionsAreRefused() throws IOException {
    Path file = folder.resolve("runs.jsonl");
    Files.writeString(file, GOLDEN.replace("dsa.run/3", "dsa.run/4"));
    assertFault(file, ":1: unknown format 'dsa.run/4'; this version reads dsa.run/2 and dsa.run/3");
    Files.writeString(file, GOLDEN.replace("\"minTestErrorPct\":7.25", "\"minTestErrorPct\":7"));
    assertFault(file, ":1: test errors min=7.0 last=7.5 are not those of the curve");
    Files.writeString(file, GOLDEN.replace("\"threads\":1", "\"threads\":0"));
    assertFault(file, ":1: threads=0 < 1");
    Files.writeString(file, GOLDEN.replace("\"trainLoss\":1.5", "\"trainLoss\":-1"));
    assertFault(file, ":1: epoch 1 has a loss or a time below 0");
    Files.writeString(file, GOLDEN.replace("\"divergedInEpoch\":3", "\"divergedInEpoch\":0"));
    assertFault(file, ":2: diverged in epoch 0 < 1");
    Files.writeString(file, GOLDEN.replace("\"outcome\":\"diverged\"", "\"outcome\":\"odd\""));
    assertFault(file, ":2: outcome 'odd' is none of completed, diverged, failed");
  }

  private static void assertFault(Path file, String end) {
    MalformedFileException fault =
        assertThrows(MalformedFileException.class, () -> RunLog.at(file).read());
    assertTrue(fault.getMessage().startsWith(file + end), fault.getMessage());
  }
}
