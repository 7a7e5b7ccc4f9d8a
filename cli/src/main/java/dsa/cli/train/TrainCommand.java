package dsa.cli.train;

import dsa.cli.console.Completion;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.Require;
import dsa.core.io.MalformedFileException;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.process.EngineChoice;
import dsa.trainer.process.EngineProbe;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.recipe.TrainingRecipes;
import dsa.trainer.sweep.Sweep;
import dsa.trainer.sweep.SweepBusyException;
import dsa.trainer.sweep.SweepImages;
import dsa.trainer.sweep.SweepNetworks;
import dsa.trainer.sweep.SweepOptions;
import dsa.trainer.sweep.SweepProgress;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a population. */
@Command(
    name = "train",
    description = {
      "Train the networks of an architectures file on CIFAR-10, each in turn or several at once.",
      "",
      "Every finished run is one line of RUNS/runs.jsonl, on disk before the next begins; a run in"
          + " progress is kept after each epoch. Whatever interrupts it (Ctrl-C, a crash, a full"
          + " disk), the same command goes on where it was. A network that crashes, runs out of"
          + " memory or takes too long is tried again, then recorded as failed; the others go on.",
      "",
      "A sweep grows when it is given more networks of which the first are those that it has: draw"
          + " them by the same command with a larger -n."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa sample resnet -n 64 --seed 1 --max-flops 0.02B --distinct -o resnet.jsonl",
      "  dsa train resnet.jsonl --recipe cpu-mini --workers 2 -o runs/resnet",
      "  dsa status runs/resnet",
      "  dsa collect runs/resnet -o resnet.csv",
      "",
      "Exit codes: 0 all done, 4 done with failed runs.",
      "",
      "Reads: an architectures file, CIFAR-10 ('dsa data fetch').  Writes: a folder, see"
          + " docs/formats.md."
    })
public final class TrainCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "standard input";

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARCHITECTURES",
      description = "A file that 'dsa sample' wrote, or - for standard input.")
  private Path architectures;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      completionCandidates = Completion.Recipes.class,
      required = true,
      description = "A built-in recipe (nds, nds-mb, gpu-10, cpu-mini) or a recipe file.")
  private String recipeName;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "RUNS",
      required = true,
      description = "Folder of the sweep, made if it does not exist.")
  private Path folder;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Root of what is random in training. Default: the seed that the networks were drawn"
              + " with.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Processes that train at once; on several GPUs they take turns. Default: one for each"
              + " core, or for the threads given; one for each GPU.")
  private Optional<Integer> workers = Optional.empty();

  @Mixin private EngineOption engine;

  @Mixin private DataOption data;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often a failed run is tried again. Default: ${DEFAULT-VALUE}.")
  private int retries;

  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      description = "Give an attempt at one network up after so long. Default: never.")
  private Optional<Double> timeout = Optional.empty();

  /** The command, speaking to {@code console}. */
  public TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    engine.check(spec);
    Require.that(retries >= 0, spec, "--retries " + retries + " is below 0");
    timeout.ifPresent(
        minutes ->
            Require.that(
                minutes > 0 && minutes < 1e6, spec, "--timeout " + minutes + " is no time"));
    workers.ifPresent(
        given -> Require.that(given >= 1, spec, "--workers " + given + " is below 1"));
    SweepOptions options =
        new SweepOptions(
            engine.choice(),
            workers,
            retries,
            timeout.map(minutes -> Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000)))),
            seed,
            Optional.of(data.folder()));
    options.engine().device().ifPresent(device -> checkWorkers(options.engine(), device));
    TrainingRecipe recipe = TrainingRecipes.find(recipeName);
    SweepNetworks networks = networks();
    SweepImages images = SweepImages.read(options.imageFolder(), recipe);
    TrainMeter meter = new TrainMeter(console);
    DeviceKind device = // may take minutes
        options.engine().resolved(EngineProbe.withDefaults(), meter::note);
    options.engine().check(device, recipe.precision());
    checkWorkers(options.engine(), device);
    try {
      return train(Sweep.begin(folder, networks, recipe, images, device, options, meter), meter);
    } catch (SweepBusyException e) {
      throw new FileSystemException(
          e.getFile(), null, e.getReason() + "; see it with 'dsa status " + folder + "'");
    }
  }

  private int train(Sweep sweep, TrainMeter meter) throws IOException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(sweep, ended), "stop the sweep");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      SweepProgress progress = sweep.run();
      meter.end(progress, folder);
      return progress.failed() > 0 ? ExitCode.FAILED_RUNS : ExitCode.OK;
    } finally {
      meter.close();
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process is ending, and the hook waits for this
      }
    }
  }

  private static void stop(Sweep sweep, CountDownLatch ended) {
    sweep.stop();
    try {
      ended.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkWorkers(EngineChoice choice, DeviceKind device) {
    int most = choice.mostWorkers(device);
    int given = workers.orElse(choice.defaultWorkers(device));
    Require.that(
        given <= most,
        spec,
        device != DeviceKind.CPU
            ? "--workers " + given + " is above " + most
            : String.format(
                Locale.ROOT,
                "--workers %d of %d thread%s each are more than this machine's %d cores; at most"
                    + " %d",
                given,
                choice.threads(),
                choice.threads() == 1 ? "" : "s",
                Runtime.getRuntime().availableProcessors(),
                most));
  }

  private SweepNetworks networks() throws IOException {
    if (!architectures.toString().equals("-")) {
      return SweepNetworks.read(architectures);
    }
    PushbackInputStream piped = new PushbackInputStream(System.in);
    int first = piped.read();
    if (first < 0) {
      throw new MalformedFileException(
          STANDARD_INPUT, 0, "is empty; the command before the pipe wrote nothing");
    }
    piped.unread(first);
    return SweepNetworks.read(STANDARD_INPUT, piped);
  }

  /** What a run came to, for one line of text. */
  static String inWords(RunRecord run) {
    if (run.outcome() instanceof RunOutcome.Completed completed) {
      return String.format(
          Locale.ROOT,
          "%.2f %% test error after %d epochs in %s",
          completed.lastTestError(),
          run.epochs().size(),
          TrainMeter.time(run.seconds()));
    } else if (run.outcome() instanceof RunOutcome.Diverged d) {
      return "diverged in epoch " + d.epoch();
    } else if (run.outcome() instanceof RunOutcome.Failed failed) {
      return "failed: " + failed.reason();
    }
    throw new AssertionError(run.outcome());
  }
}
