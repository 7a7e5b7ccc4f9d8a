package dsa.trainer.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a sweep is run; none of it changes what comes out.
 *
 * @param workers processes that train at once, at least 1
 * @param retries how often a run that crashed, failed or took too long is tried again
 * @param timeout for one attempt at one network; empty for none
 * @param command that starts a worker
 * @param environment added to a worker's
 */
public record SweepSettings(
    int workers,
    int retries,
    Optional<Duration> timeout,
    List<String> command,
    Map<String, String> environment) {

  /** Rejects fewer than one worker and fewer than no retries. */
  public SweepSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("workers=" + workers + " < 1");
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries=" + retries + " < 0");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
