package dsa.cli;

import dsa.core.arch.CellSpec;
import dsa.core.io.MalformedFileException;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.ModelTrainer;
import dsa.trainer.TrainingImages;
import dsa.trainer.TrainingRecipe;
import dsa.trainer.TrainingRecipes;
import dsa.trainer.data.Cifar10;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.sweep.Sweep;
import dsa.trainer.sweep.SweepFolder;
import dsa.trainer.sweep.SweepNetworks;
import dsa.trainer.sweep.SweepProgress;
import dsa.trainer.sweep.SweepSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains a population. */
@Command(
    name = "train",
    description = {
      "Train the networks of an architectures file on CIFAR-10, each in turn or several at once.",
      "",
      "Every finished run is one line of RUNS/runs.jsonl, on disk before the next begins; a run in progress is kept"
          + " after each epoch. Whatever interrupts it (Ctrl-C, a crash, a full disk), the same command goes on where"
          + " it was. A network that crashes, runs out of memory or takes too long is tried again, then recorded as"
          + " failed; the others go on.",
      "",
      "A sweep grows when it is given more networks of which the first are those that it has: draw them by the same"
          + " command with a larger -n."
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
      "Reads: an architectures file, CIFAR-10 ('dsa data fetch').  Writes: a folder, see docs/formats.md."
    })
final class TrainCommand implements Callable<Integer> {

  private static final int MOST_GPU_WORKERS = 64;
  private static final String STANDARD_INPUT = "standard input";

  @ParentCommand private Dsa dsa;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ARCHITECTURES",
      description = "A file that 'dsa sample' wrote, or - for standard input.")
  private Path architectures;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
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
          "Root of what is random in training. Default: the seed that the networks were drawn with.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Processes that train at once. Default: one for each core, or for the threads given; one on a GPU.")
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
    engine.device().ifPresent(this::workers);
    TrainingRecipe recipe = TrainingRecipes.find(recipeName);
    SweepNetworks networks = networks();
    Dataset dataset = dataset(recipe);
    // may take minutes
    DeviceKind device = engine.resolved(EngineProbe.withDefaults(), dsa.console().err()::println);
    engine.check(device, recipe.precision());
    int processes = workers(device);
    SweepFolder sweepFolder =
        SweepFolder.begin(
            folder,
            networks,
            recipe,
            seed.orElse(networks.header().seed()),
            dataset.name(),
            dataset.checksum());
    SweepSettings settings =
        new SweepSettings(
            processes,
            retries,
            timeout.map(minutes -> Duration.ofMillis(Math.round(minutes * 60_000))),
            command(device),
            environment());
    TrainMeter meter = new TrainMeter(dsa.console());
    remarks(sweepFolder).forEach(meter::note);
    Sweep sweep =
        new Sweep(
            sweepFolder, settings, codeVersion(), meter, InstantSource.system(), System::nanoTime);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(sweep, ended), "stop the sweep");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      SweepProgress progress = sweep.run();
      meter.end(progress, sweepFolder.folder());
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

  /** This program and how it computes, for the provenance of runs. */
  static String codeVersion() {
    return Dsa.Version.number() + ", " + ModelTrainer.ARITHMETIC;
  }

  /** What is said before it begins. */
  private static List<String> remarks(SweepFolder sweep) {
    List<String> remarks = new ArrayList<>();
    if (sweep.added() > 0) {
      remarks.add(
          sweep.folder() + " grows by " + networks(sweep.added()) + " to " + sweep.models().size());
    }
    long auxiliary =
        sweep.models().stream()
            .filter(model -> model.spec() instanceof CellSpec cells && cells.auxiliary())
            .count();
    if (auxiliary > 0) {
      remarks.add(
          "auxiliary classifiers, of "
              + networks(auxiliary)
              + ", count in params and flops but take no part in training");
    }
    return remarks;
  }

  private static String networks(long count) {
    return count + (count == 1 ? " network" : " networks");
  }

  private static void stop(Sweep sweep, CountDownLatch ended) {
    sweep.stop();
    try {
      ended.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int workers(DeviceKind device) {
    int cores = Runtime.getRuntime().availableProcessors();
    boolean gpu = device == DeviceKind.CUDA;
    int most = gpu ? MOST_GPU_WORKERS : Math.max(1, cores / engine.threads());
    int processes = workers.orElse(gpu ? 1 : most);
    Require.that(
        processes <= most,
        spec,
        gpu
            ? "--workers " + processes + " is above " + most
            : String.format(
                Locale.ROOT,
                "--workers %d of %d thread%s each are more than this machine's %d cores; at most %d",
                processes,
                engine.threads(),
                engine.threads() == 1 ? "" : "s",
                cores,
                most));
    return processes;
  }

  private SweepNetworks networks() throws IOException {
    if (!architectures.toString().equals("-")) {
      return SweepNetworks.read(architectures);
    }
    byte[] piped = System.in.readAllBytes();
    if (piped.length == 0) {
      throw new MalformedFileException(
          STANDARD_INPUT, 0, "is empty; the command before the pipe wrote nothing");
    }
    return SweepNetworks.of(STANDARD_INPUT, piped);
  }

  /** The images themselves are the workers' matter. */
  private record Dataset(String name, String checksum) {}

  private Dataset dataset(TrainingRecipe recipe) throws IOException {
    Cifar10 images = Cifar10.read(data.folder());
    try {
      TrainingImages.split(images.train(), recipe);
    } catch (IllegalArgumentException e) { // every network would fail for it
      throw new IllegalArgumentException(
          data.folder() + ": " + e.getMessage() + "; give a smaller recipe or more images", e);
    }
    return new Dataset(images.name(), images.checksum());
  }

  private List<String> command(DeviceKind device) {
    List<String> arguments = new ArrayList<>(List.of("train-worker", folder.toString()));
    arguments.addAll(engine.arguments(device));
    arguments.addAll(List.of("--data", data.folder().toString()));
    return OwnProcess.command(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.toAbsolutePath().resolve("worker-crash-%p.log"),
            "-XX:ReplayDataFile=" + folder.toAbsolutePath().resolve("worker-replay-%p.log")),
        arguments);
  }

  /**
   * What native libraries read when they start. Freed memory is kept for the next step instead of
   * being handed to the system and asked for again, in pages as large as it has: on Linux that is
   * up to a third of a small network's time (docs/performance.md).
   */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    String threads = String.valueOf(engine.threads());
    environment.put("OMP_NUM_THREADS", threads);
    environment.put("OPENBLAS_NUM_THREADS", threads);
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_MAX_", "0");
    environment.put("MALLOC_TRIM_THRESHOLD_", String.valueOf(1L << 34));
    environment.put("MALLOC_TOP_PAD_", String.valueOf(1L << 26));
    environment.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    return environment;
  }

  /** What a run came to, for one line of text. */
  static String inWords(RunRecord run) {
    if (run.outcome() instanceof RunOutcome.Completed completed) {
      double seconds =
          run.epochs().stream().mapToDouble(e -> e.trainSeconds() + e.evaluationSeconds()).sum();
      return String.format(
          Locale.ROOT,
          "%.2f %% test error after %d epochs in %s",
          completed.lastTestError(),
          run.epochs().size(),
          TrainMeter.time(seconds));
    } else if (run.outcome() instanceof RunOutcome.Diverged d) {
      return "diverged in epoch " + d.epoch();
    } else if (run.outcome() instanceof RunOutcome.Failed failed) {
      return "failed: " + failed.reason();
    }
    throw new AssertionError(run.outcome());
  }
}
