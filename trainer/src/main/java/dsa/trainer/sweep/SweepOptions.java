package dsa.trainer.sweep;

import dsa.trainer.process.EngineChoice;
import dsa.trainer.data.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sweep is run. Only the seed, the engine, the device and the number of threads change what
 * comes out.
 *
 * @param engine what computes
 * @param workers processes that train at once, at least 1; empty for {@link
 *     EngineChoice#defaultWorkers}
 * @param retries how often a run that crashed, failed or took too long is tried again
 * @param timeout for one attempt at one network; empty for none
 * @param seed root of what is random in training; empty for the one that the networks were drawn
 *     with
 * @param images folder of CIFAR-10; empty for the default of this user
 */
public record SweepOptions(
    EngineChoice engine,
    Optional<Integer> workers,
    int retries,
    Optional<Duration> timeout,
    Optional<Long> seed,
    Optional<Path> images) {

  /** Rejects fewer than one worker, fewer than no retries and no time at all. */
  public SweepOptions {
    if (workers.isPresent() && workers.get() < 1) {
      throw new IllegalArgumentException("workers=" + workers.get() + " < 1");
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries=" + retries + " < 0");
    }
    if (timeout.isPresent() && !(timeout.get().toMillis() > 0)) {
      throw new IllegalArgumentException("timeout=" + timeout.get() + " is not above 0");
    }
  }

  /** One retry, no time limit, the rest as the machine and the networks have it. */
  public static SweepOptions withDefaults() {
    return new SweepOptions(
        EngineChoice.withDefaults(),
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Another choice of what computes. */
  public SweepOptions withEngine(EngineChoice choice) {
    return new SweepOptions(choice, workers, retries, timeout, seed, images);
  }

  /** So many processes at once. */
  public SweepOptions withWorkers(int count) {
    return new SweepOptions(engine, Optional.of(count), retries, timeout, seed, images);
  }

  /** So many further attempts at a run that failed. */
  public SweepOptions withRetries(int count) {
    return new SweepOptions(engine, workers, count, timeout, seed, images);
  }

  /** So much time for one attempt at one network. */
  public SweepOptions withTimeout(Duration limit) {
    return new SweepOptions(engine, workers, retries, Optional.of(limit), seed, images);
  }

  /** Another root of what is random in training. */
  public SweepOptions withSeed(long root) {
    return new SweepOptions(engine, workers, retries, timeout, Optional.of(root), images);
  }

  /** Images in another folder. */
  public SweepOptions withImages(Path folder) {
    return new SweepOptions(engine, workers, retries, timeout, seed, Optional.of(folder));
  }

  /** Where the images are. */
  public Path imageFolder() {
    return DataFolder.of(
        images,
        System.getenv(),
        System.getProperty("os.name"),
        Path.of(System.getProperty("user.home")));
  }
}
