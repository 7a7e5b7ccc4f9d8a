package dsa.trainer.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.run.DrawnModel;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A message that the supervisor reads otherwise than the worker meant it loses a result of hours;
 * workers in other languages are written after these lines.
 */
final class WorkerMessageTest {

  @Test
  void theLinesAreSealed() {
    Map<String, WorkerMessage> lines = new LinkedHashMap<>();
    lines.put(
        "ready libtorch 2.10.0|cpu AMD EPYC|1",
        new WorkerMessage.Ready(new WorkerSetup("libtorch 2.10.0", "cpu AMD EPYC", 1)));
    lines.put("unable no engine works", new WorkerMessage.Unable("no engine works"));
    lines.put("step 7 2 30 97 612.5", new WorkerMessage.StepDone(7, 2, 30, 97, 612.5));
    lines.put(
        "epoch 7 2 45.25 612.5",
        new WorkerMessage.EpochDone(7, 2, OptionalDouble.of(45.25), 612.5));
    lines.put(
        "epoch 7 1 - 612.5", new WorkerMessage.EpochDone(7, 1, OptionalDouble.empty(), 612.5));
    lines.put("warning no room", new WorkerMessage.Warning("no room"));
    lines.put("failed 7 out of memory", new WorkerMessage.Failed(7, "out of memory"));
    lines.put("refused 0 too large", new WorkerMessage.Refused(0, "too large"));
    lines.forEach(
        (line, message) -> {
          assertEquals(line, message.text());
          assertEquals(Optional.of(message), WorkerMessage.parse(line));
        });
  }

  @Test
  void aResultIsTheLineOfTheRunLog() {
    ArchitectureSpec spec = ArchitectureSpec.parse("residual cifar:16 | 1x16 s1");
    WorkerMessage result =
        new WorkerMessage.Result(
            new RunRecord(
                new RunId("toy-0003"),
                new DrawnModel(3, spec, spec.complexity(Task.CIFAR10)),
                "quick",
                new RunOutcome.Diverged(2),
                List.of(),
                new Provenance(
                    1, "r", "d", "c", "0", "e", "cpu", 1, "j", "o", Instant.EPOCH, Instant.EPOCH)));
    assertEquals(Optional.of(result), WorkerMessage.parse(result.text()));
  }

  @Test
  void reasonsAreOneLine() {
    WorkerMessage failed = new WorkerMessage.Failed(1, "first\n  second\r\nthird");
    assertEquals("failed 1 first second third", failed.text());
    assertEquals(Optional.of(failed), WorkerMessage.parse(failed.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a library greets its users",
        "ready",
        "ready libtorch|cpu",
        "ready libtorch|cpu|one",
        "step 7 2 30 97",
        "epoch 7 2 forty 612.5",
        "failed x y",
        "{\"format\":\"dsa.run/",
        "{}",
        "unable",
      })
  void whatLibrariesWriteIsNoMessage(String line) {
    assertEquals(Optional.empty(), WorkerMessage.parse(line));
  }
}
