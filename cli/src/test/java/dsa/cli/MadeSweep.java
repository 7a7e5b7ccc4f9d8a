package dsa.cli;

import dsa.cli.console.ExitCode;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.Provenance;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.recipe.TrainingRecipes;
import dsa.trainer.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A sweep's folder as training leaves it, without the training. */
record MadeSweep(SweepFolder folder, Instant start) {

  /** Of {@code networks} ResNets by the recipe cpu-mini; nothing is trained yet. */
  static MadeSweep begin(Path folder, int networks, Instant start) throws IOException {
    return begin(folder, networks, start, "cpu-mini", 7);
  }

  /** The same by another recipe and with another seed. */
  static MadeSweep begin(Path folder, int networks, Instant start, String recipe, long seed)
      throws IOException {
    Path architectures = Files.createTempFile("networks", ".jsonl");
    try {
      Ran ran =
          Ran.dsa(
              "sample", "resnet", "-n", networks, "--seed", 1, "--distinct", "-o", architectures);
      if (ran.code() != ExitCode.OK) {
        throw new AssertionError(ran);
      }
      return new MadeSweep(
          SweepFolder.begin(
              folder, architectures, TrainingRecipes.find(recipe), seed, "cifar10", "d1"),
          start);
    } finally {
      Files.deleteIfExists(architectures);
    }
  }

  /** Logs a run of network {@code i}: two epochs, the first with the smaller error. */
  MadeSweep completed(int i, double error) throws IOException {
    List<EpochResult> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= 2; epoch++) {
      epochs.add(
          new EpochResult(epoch, 1, 30, OptionalDouble.empty(), error + 0.5 * (epoch - 1), 20, 5));
    }
    return log(i, RunOutcome.Completed.of(List.of(error, error + 0.5)), epochs);
  }

  MadeSweep diverged(int i) throws IOException {
    return log(i, new RunOutcome.Diverged(1), List.of());
  }

  MadeSweep failed(int i) throws IOException {
    return log(i, new RunOutcome.Failed("its worker was killed"), List.of());
  }

  private MadeSweep log(int i, RunOutcome outcome, List<EpochResult> epochs) throws IOException {
    DrawnModel model = folder.models().get(i);
    folder
        .log()
        .append(
            new RunRecord(
                folder.id(model),
                model,
                folder.recipe().name(),
                outcome,
                epochs,
                new Provenance(
                    folder.plan().seed(),
                    folder.plan().recipeHash(),
                    "cifar10",
                    "d1",
                    "0.2.0",
                    "libtorch 2.10.0",
                    "cpu some processor",
                    1,
                    "some VM",
                    "some system",
                    start.plusSeconds(60L * i),
                    start.plusSeconds(60L * i + 50))));
    return this;
  }

  Path path() {
    return folder.folder();
  }
}
