package dsa.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.io.RunLog;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.checkpoint.Checkpoints;
import dsa.trainer.engine.EngineInfo;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.network.ModelTrainer;
import dsa.trainer.network.TrainingProgress;
import dsa.trainer.network.TrainingResult;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker fails to say after hours of training is lost. */
final class WorkerTest {

  @TempDir Path temporary;

  /** Knows every network's error beforehand. */
  private static final class Instantly implements ModelTrainer {

    @Override
    public EngineInfo info() {
      return new EngineInfo("fake 1", "cpu X", EngineOptions.cpu());
    }

    @Override
    public TrainingResult train(
        ArchitectureSpec architecture,
        TrainingRecipe recipe,
        SeedPath seed,
        Checkpoints checkpoints,
        TrainingProgress progress) {
      return new TrainingResult(
          RunOutcome.Completed.of(List.of(50.0)),
          List.of(new EpochResult(1, 1.5, 50, OptionalDouble.empty(), 50, 1, 1)));
    }

    @Override
    public void close() {}
  }

  private SweepFolder folder() throws IOException {
    ArchitectureSpec spec = ArchitectureSpec.parse("residual cifar:16 | 1x16 s1");
    Path file = temporary.resolve("architectures.jsonl");
    ArchitecturesFile.write(
        file,
        new ArchitecturesFile.Header("toy", Task.CIFAR10, 1, "none", false, 1, 0, 0, 1),
        List.of(new DrawnModel(0, spec, spec.complexity(Task.CIFAR10))));
    return SweepFolder.begin(
        temporary.resolve("runs"), file, TrainingRecipes.find("cpu-mini"), 1, "cifar10", "c1");
  }

  @Test
  void aClockSetBackDuringARunCostsNoResult() throws IOException {
    AtomicLong now = new AtomicLong(1_000_000);
    InstantSource backwards = () -> Instant.ofEpochSecond(now.getAndDecrement());
    StringWriter said = new StringWriter();
    new Worker(
            folder(), new Instantly(), "test", backwards, System::nanoTime, new PrintWriter(said))
        .work(
            new BufferedReader(new StringReader("train 0\n")),
            () -> {
              // the order was the last
            });
    List<String> runs = said.toString().lines().filter(line -> line.startsWith("{")).toList();
    assertEquals(1, runs.size(), said.toString());
    RunRecord run = RunLog.parse(runs.get(0));
    assertTrue(run.outcome() instanceof RunOutcome.Completed, said.toString());
    assertEquals(run.provenance().start(), run.provenance().end());
  }
}
