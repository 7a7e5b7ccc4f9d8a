package dsa.core.run;

import java.time.Instant;

/**
 * Under what circumstances a run was made: enough to repeat it or to say why it cannot be repeated.
 *
 * @param seed the study's root seed
 * @param recipeHash of the training recipe's settings
 * @param dataset such as {@code cifar10}
 * @param datasetChecksum of the files read
 * @param codeVersion of this program
 * @param engine name and version
 * @param device such as {@code cpu} or a GPU's name
 * @param threads of arithmetic; another number sums in another order
 * @param jvm name and version
 * @param os name, version and architecture
 * @param start when training began
 * @param end when training ended, not before {@code start}
 */
public record Provenance(
    long seed,
    String recipeHash,
    String dataset,
    String datasetChecksum,
    String codeVersion,
    String engine,
    String device,
    int threads,
    String jvm,
    String os,
    Instant start,
    Instant end) {

  /** Rejects an end before the start and fewer than one thread. */
  public Provenance {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + " < 1");
    }
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("run ends at " + end + ", before it starts at " + start);
    }
  }

  /**
   * The provenance of a run made on this machine by this Java. If the clock was set back meanwhile,
   * the run ends when it started.
   */
  public static Provenance here(
      long seed,
      String recipeHash,
      String dataset,
      String datasetChecksum,
      String codeVersion,
      String engine,
      String device,
      int threads,
      Instant start,
      Instant end) {
    return new Provenance(
        seed,
        recipeHash,
        dataset,
        datasetChecksum,
        codeVersion,
        engine,
        device,
        threads,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        start,
        end.isBefore(start) ? start : end);
  }
}
