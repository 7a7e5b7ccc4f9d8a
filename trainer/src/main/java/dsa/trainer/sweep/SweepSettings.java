package dsa.trainer.sweep;

import dsa.trainer.engine.DeviceKind;
import dsa.trainer.process.EngineChoice;
import dsa.trainer.process.Gpus;
import dsa.trainer.process.OwnProcess;
import dsa.trainer.pytorch.PythonFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the processes of a sweep are run.
 *
 * @param workers processes that train at once, at least 1
 * @param retries how often a run that crashed, failed or took too long is tried again
 * @param timeout for one attempt at one network; empty for none
 * @param command that starts a worker
 * @param environment added to a worker's
 * @param gpus that workers take turns on; empty to show each worker what this process sees
 */
record SweepSettings(
    int workers,
    int retries,
    Optional<Duration> timeout,
    List<String> command,
    Map<String, String> environment,
    List<String> gpus) {

  /** Rejects fewer than one worker and fewer than no retries. */
  SweepSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("workers=" + workers + " < 1");
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries=" + retries + " < 0");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    gpus = List.copyOf(gpus);
  }

  /**
   * Workers of this module, started by the same Java, or those of a Python.
   *
   * @param device that was chosen
   * @param workers how many
   */
  static SweepSettings of(
      SweepOptions options, Path folder, SweepImages images, DeviceKind device, int workers) {
    EngineChoice engine = options.engine();
    Path absolute = folder.toAbsolutePath();
    return new SweepSettings(
        workers,
        options.retries(),
        options.timeout(),
        engine.isPytorch()
            ? PythonFiles.workerCommand(
                engine.python(), folder, images.folder(), device, engine.threads())
            : OwnProcess.command(
                WorkerMain.class,
                List.of(
                    "-XX:+UseSerialGC",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=" + absolute.resolve("worker-crash-%p.log"),
                    "-XX:ReplayDataFile=" + absolute.resolve("worker-replay-%p.log")),
                WorkerMain.arguments(
                    folder, images.folder(), engine.engine(), device, engine.threads())),
        natives(engine.threads()),
        device == DeviceKind.CUDA ? Gpus.visible(System.getenv()) : List.of());
  }

  /**
   * What a worker finds in its environment besides.
   *
   * @param number of the worker, from 1
   */
  Map<String, String> environment(int number) {
    Map<String, String> own = new HashMap<>(environment);
    own.put("DSA_WORKER", String.valueOf(number));
    if (!gpus.isEmpty()) {
      own.put(Gpus.VARIABLE, gpus.get((number - 1) % gpus.size()));
    }
    return own;
  }

  /**
   * What native libraries read when they start. Freed memory is kept for the next step instead of
   * being handed to the system and asked for again, in pages as large as it has: on Linux that is
   * up to a third of a small network's time (docs/performance.md).
   */
  private static Map<String, String> natives(int threads) {
    return Map.of(
        "OMP_NUM_THREADS",
        String.valueOf(threads),
        "OPENBLAS_NUM_THREADS",
        String.valueOf(threads),
        "MALLOC_ARENA_MAX",
        "1",
        "MALLOC_MMAP_MAX_",
        "0",
        "MALLOC_TRIM_THRESHOLD_",
        String.valueOf(1L << 34),
        "MALLOC_TOP_PAD_",
        String.valueOf(1L << 26),
        "GLIBC_TUNABLES",
        "glibc.malloc.hugetlb=1");
  }
}
