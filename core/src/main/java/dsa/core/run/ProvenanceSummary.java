package dsa.core.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Under what circumstances the runs behind a population were made: the {@link Provenance} of all of
 * them together. What should be one and the same for all runs and is not stands in its list with
 * every value, sorted.
 *
 * @param results runs that came to a result, at least 1
 * @param diverged those of them whose loss became non-finite
 * @param failed runs that never came to a result; nothing else here is about them
 * @param recipe name of the training recipe
 * @param recipeHash of its settings
 * @param dataset such as {@code cifar10}
 * @param datasetChecksum of the files read
 * @param seeds root seeds
 * @param engines names and versions
 * @param devices such as {@code cpu} or a GPU's name
 * @param threads of arithmetic
 * @param codeVersions of this program
 * @param jvms names and versions
 * @param systems operating systems: names, versions and architectures
 * @param firstStart when the first run began
 * @param lastEnd when the last one ended
 * @param trainingSeconds wall-clock time of all epochs, evaluation included, added up over the runs
 */
public record ProvenanceSummary(
    int results,
    int diverged,
    int failed,
    String recipe,
    String recipeHash,
    String dataset,
    String datasetChecksum,
    List<Long> seeds,
    List<String> engines,
    List<String> devices,
    List<Integer> threads,
    List<String> codeVersions,
    List<String> jvms,
    List<String> systems,
    Instant firstStart,
    Instant lastEnd,
    double trainingSeconds) {

  /** Copies the lists. */
  public ProvenanceSummary {
    seeds = List.copyOf(seeds);
    engines = List.copyOf(engines);
    devices = List.copyOf(devices);
    threads = List.copyOf(threads);
    codeVersions = List.copyOf(codeVersions);
    jvms = List.copyOf(jvms);
    systems = List.copyOf(systems);
  }

  /**
   * Those of some runs.
   *
   * @param runs with results, at least one, all of one recipe and data set
   * @param failed how many others there were
   */
  static ProvenanceSummary of(List<RunRecord> runs, int failed) {
    RunRecord one = runs.get(0);
    return new ProvenanceSummary(
        runs.size(),
        (int) runs.stream().filter(run -> run.outcome() instanceof RunOutcome.Diverged).count(),
        failed,
        one.recipe(),
        one.provenance().recipeHash(),
        one.provenance().dataset(),
        one.provenance().datasetChecksum(),
        values(runs, Provenance::seed),
        values(runs, Provenance::engine),
        values(runs, Provenance::device),
        values(runs, Provenance::threads),
        values(runs, Provenance::codeVersion),
        values(runs, Provenance::jvm),
        values(runs, Provenance::os),
        of(runs, Provenance::start).min(Instant::compareTo).orElseThrow(),
        of(runs, Provenance::end).max(Instant::compareTo).orElseThrow(),
        runs.stream()
            .flatMap(run -> run.epochs().stream())
            .mapToDouble(epoch -> epoch.trainSeconds() + epoch.evaluationSeconds())
            .sum());
  }

  private static <T> Stream<T> of(List<RunRecord> runs, Function<Provenance, T> property) {
    return runs.stream().map(run -> property.apply(run.provenance()));
  }

  private static <T> List<T> values(List<RunRecord> runs, Function<Provenance, T> property) {
    return of(runs, property).distinct().sorted().toList();
  }

  /**
   * All but times and machines' details in words, the same for the same runs in whatever order they
   * were made.
   */
  public String inWords() {
    return String.format(
        Locale.ROOT,
        "%d %s with seed %s by %s on %s with %s %s, recipe %s (%s), data set %s (%s), dsa %s",
        results,
        results == 1 ? "training run" : "training runs",
        join(seeds),
        join(engines),
        join(devices),
        join(threads),
        threads.equals(List.of(1)) ? "thread" : "threads",
        recipe,
        recipeHash,
        dataset,
        datasetChecksum,
        join(codeVersions));
  }

  /** Some values for people: {@code a}, or {@code a and b}. */
  public static String join(Collection<?> values) {
    return String.join(" and ", values.stream().map(String::valueOf).toList());
  }
}
