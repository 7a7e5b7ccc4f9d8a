package dsa.cli;

import dsa.trainer.Engines;
import dsa.trainer.ModelTrainer;
import dsa.trainer.data.Cifar10;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.sweep.SweepFolder;
import dsa.trainer.sweep.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains what its supervisor, {@code dsa train}, tells it by standard input. */
@Command(
    name = "train-worker",
    hidden = true,
    description = "Train networks of a sweep; started by 'dsa train', not by hand.",
    mixinStandardHelpOptions = true)
final class TrainWorkerCommand implements Callable<Integer> {

  @ParentCommand private Dsa dsa;

  @Parameters(paramLabel = "RUNS", description = "Folder of the sweep.")
  private Path folder;

  @Mixin private EngineOption engine;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = dsa.console().out();
    try {
      SweepFolder sweep = SweepFolder.open(folder);
      Cifar10 images = Cifar10.read(data.folder());
      Engines.Choice choice = Engines.choose(engine.engine(), engine.device());
      EngineOptions options =
          new EngineOptions(choice.device(), engine.threads(), sweep.recipe().precision());
      try (ModelTrainer trainer = Engines.trainer(choice, options, images, System::nanoTime)) {
        new Worker(sweep, images, trainer, TrainCommand.codeVersion(), InstantSource.system(), out)
            .work(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                () -> Runtime.getRuntime().halt(ExitCode.INTERNAL_FAILURE));
      }
      return ExitCode.OK;
    } catch (EngineException e) {
      out.println("useless " + e.getMessage().replaceAll("\\s*\\R\\s*", " "));
      return ExitCode.BAD_INPUT;
    }
  }
}
