package dsa.trainer.sweep;

import dsa.trainer.process.WorkerMessage;
import dsa.trainer.process.WorkerSetup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.run.DrawnModel;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A network that is forgotten, or tried for ever, is found out at the end of a sweep of days. */
final class SweepPartsTest {

  private static final long SECOND = 1_000_000_000L;

  private static RunRecord run(int index, RunOutcome outcome) {
    ArchitectureSpec spec = ArchitectureSpec.parse("residual cifar:16 | 1x16 s1");
    return new RunRecord(
        new RunId("toy-" + index),
        new DrawnModel(index, spec, spec.complexity(Task.CIFAR10)),
        "quick",
        outcome,
        List.of(),
        new Provenance(
            1, "r", "d", "c", "0", "e", "cpu", 1, "j", "o", Instant.EPOCH, Instant.EPOCH));
  }

  @Test
  void aNetworkThatFailedIsNextUntilItHasFailedTooOften() {
    NetworkQueue queue = new NetworkQueue(List.of(4, 5), 1);
    assertEquals(Optional.of(4), queue.next());
    assertEquals(Optional.empty(), queue.failed(4, "it crashed"));
    assertEquals(List.of(4, 5), queue.places());
    assertEquals(Optional.of(4), queue.next());
    assertEquals(Optional.of("it crashed (2 attempts)"), queue.failed(4, "it crashed"));
    assertEquals(Optional.of(5), queue.next());
    assertTrue(queue.isEmpty());
    assertEquals(Optional.empty(), queue.next());
    assertEquals(Optional.of("no"), new NetworkQueue(List.of(), 0).failed(4, "no"));
  }

  @Test
  void aNetworkThatIsPutBackHasNotFailed() {
    NetworkQueue queue = new NetworkQueue(List.of(4), 1);
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.of(4), queue.next());
      queue.putBack(4);
    }
    assertFalse(queue.isEmpty());
    queue.next();
    assertEquals(Optional.empty(), queue.failed(4, "it crashed"));
  }

  @Test
  void resultsAndFailuresAreCountedApart() {
    SweepTally tally =
        SweepTally.of(
            List.of(
                run(0, new RunOutcome.Completed(7, 8, List.of())),
                run(1, new RunOutcome.Diverged(2)),
                run(2, new RunOutcome.Failed("no")),
                run(3, new RunOutcome.Completed(6, 9, List.of()))));
    assertEquals(new SweepTally(3, 1, 1, OptionalDouble.of(6)), tally);
    assertEquals(new SweepTally(0, 0, 0, OptionalDouble.empty()), SweepTally.NONE);
  }

  @Test
  void anAttemptIsFollowedWithinItsEpochs() {
    Attempt attempt = new Attempt(3, 4, Instant.EPOCH, 0);
    assertEquals(0, attempt.running("a", 0).share());
    attempt.heard(new WorkerMessage.StepDone(3, 1, 5, 10, 100));
    assertEquals(0.125, attempt.running("a", SECOND).share());
    assertEquals(100, attempt.imagesPerSecond());
    assertEquals(OptionalDouble.empty(), attempt.secondsLeft(SECOND));
    attempt.heard(new WorkerMessage.EpochDone(3, 1, OptionalDouble.of(60), 120), 8 * SECOND);
    attempt.heard(new WorkerMessage.EpochDone(3, 2, OptionalDouble.empty(), 110), 16 * SECOND);
    SweepProgress.Running running = attempt.running("a", 20 * SECOND);
    assertEquals(new SweepProgress.Running("a", 2, 4, 0, OptionalDouble.of(60), 20), running);
    assertEquals(0.5, running.share());
    assertEquals(OptionalDouble.of(32), attempt.secondsOfNetwork());
    assertEquals(OptionalDouble.of(12), attempt.secondsLeft(20 * SECOND));
    assertEquals(OptionalDouble.of(0), attempt.secondsLeft(50 * SECOND));
  }

  @Test
  void theTimeLeftIsSharedByWorkersButNoShorterThanTheLongestNetwork() {
    Complexity small = new Complexity(1, 1000, 1000, 0);
    Complexity large = new Complexity(1, 9000, 9000, 0);
    TimeLeft left = new TimeLeft();
    assertEquals(OptionalDouble.empty(), left.of(List.of(small), List.of(), a -> large, 2, 0));
    left.add(small, 10);
    assertEquals(
        OptionalDouble.of(50), left.of(List.of(small, large), List.of(), a -> large, 2, 0));
    Attempt attempt = new Attempt(0, 2, Instant.EPOCH, 0);
    assertEquals(
        OptionalDouble.of(80),
        left.of(List.of(small), List.of(attempt), a -> large, 2, 10 * SECOND));
  }

  @Test
  void processorsOfAnotherNameAreTheSameKindOfDevice() {
    WorkerSetup one = new WorkerSetup("libtorch 2", "cpu AMD", 1);
    assertTrue(one.fits(new WorkerSetup("libtorch 2", "cpu Intel", 1)));
    assertFalse(one.fits(new WorkerSetup("libtorch 2", "cuda H200", 1)));
    assertFalse(one.fits(new WorkerSetup("libtorch 2", "cpu AMD", 2)));
    assertFalse(one.fits(new WorkerSetup("libtorch 3", "cpu AMD", 1)));
  }
}
