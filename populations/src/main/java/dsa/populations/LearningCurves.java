package dsa.populations;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.run.EpochResult;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.populations.builtin.BuiltInPopulations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The learning curves of a sweep's networks, of those that have whole ones.
 *
 * @param name of the population
 * @param networks in canonical form, all different: of several runs of one the first
 * @param testErrorsPct of each network the test error after each epoch, percent
 * @param trainLosses of each network the mean training loss of each epoch, nats
 * @param leftOut runs that diverged, failed, were not evaluated after every epoch, or repeat a
 *     network
 */
public record LearningCurves(
    String name,
    List<ArchitectureSpec> networks,
    List<List<Double>> testErrorsPct,
    List<List<Double>> trainLosses,
    int leftOut) {

  /** Copies the lists. */
  public LearningCurves {
    networks = List.copyOf(networks);
    testErrorsPct = testErrorsPct.stream().map(List::copyOf).toList();
    trainLosses = trainLosses.stream().map(List::copyOf).toList();
  }

  /**
   * The curves of a sweep's folder, a run log or a population that comes with the program.
   *
   * @param text a path or a name, or {@code name=} before either
   * @throws IllegalArgumentException if it names neither, or no run has a whole curve
   */
  public static LearningCurves open(String text) throws IOException {
    int equals = text.indexOf('=');
    boolean named = equals > 0 && !Files.exists(Path.of(text));
    String source = named ? text.substring(equals + 1) : text;
    Path path = Path.of(source);
    String builtIn = source.toLowerCase(Locale.ROOT);
    SweepRuns runs;
    if (Files.exists(path)) {
      runs = SweepRuns.open(path);
    } else if (BuiltInPopulations.OURS.names().contains(builtIn)) {
      runs = SweepRuns.builtIn(builtIn, BuiltInPopulations.OURS);
    } else {
      throw new IllegalArgumentException(
          "there is no sweep '"
              + source
              + "'; learning curves are in the folders of sweeps, their logs, and the populations"
              + " that come with the program: "
              + String.join(", ", BuiltInPopulations.OURS.names()));
    }
    return of(named ? text.substring(0, equals) : runs.name(), runs.runs());
  }

  private static LearningCurves of(String name, List<RunRecord> runs) {
    List<ArchitectureSpec> networks = new ArrayList<>();
    List<List<Double>> errors = new ArrayList<>();
    List<List<Double>> losses = new ArrayList<>();
    Set<ArchitectureSpec> seen = new HashSet<>();
    int longest =
        runs.stream()
            .filter(LearningCurves::isWhole)
            .mapToInt(run -> run.epochs().size())
            .max()
            .orElse(0);
    int leftOut = 0;
    for (RunRecord run : RunRecord.latest(runs.stream()).values()) {
      ArchitectureSpec network = run.model().spec().canonical();
      if (!isWhole(run) || run.epochs().size() < longest || !seen.add(network)) {
        leftOut++;
        continue;
      }
      networks.add(network);
      errors.add(EpochResult.testErrors(run.epochs()));
      losses.add(run.epochs().stream().map(EpochResult::trainLoss).toList());
    }
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": no run was evaluated after every epoch, so that there are no learning curves");
    }
    return new LearningCurves(name, networks, errors, losses, leftOut);
  }

  private static boolean isWhole(RunRecord run) {
    return run.outcome() instanceof RunOutcome.Completed completed
        && !run.epochs().isEmpty()
        && completed.testErrorByEpoch().size() == run.epochs().size();
  }
}
