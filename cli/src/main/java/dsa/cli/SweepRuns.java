package dsa.cli;

import dsa.core.io.MalformedFileException;
import dsa.core.io.RunLog;
import dsa.core.io.foreign.PopulationFile;
import dsa.core.run.ErrorKind;
import dsa.core.run.Populations;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.trainer.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The runs of a sweep that are in, whether or not it goes on.
 *
 * @param path as the user gave it
 * @param name of the population unless it is given another: the folder's, or the log's
 * @param runs in the order of the log
 * @param networks how many the sweep has; those in the log, if that is all there is
 * @param missing of them, those the log says nothing about yet
 * @param warning one sentence if the log's last line was cut short
 */
record SweepRuns(
    Path path,
    String name,
    List<RunRecord> runs,
    int networks,
    int missing,
    Optional<String> warning) {

  private static final String LOG = "runs.jsonl";
  private static final String PLAN = "sweep.json";

  /**
   * Those of a sweep's folder or of a log by itself.
   *
   * @throws IllegalArgumentException if a folder is no sweep's
   * @throws MalformedFileException if a file is no run log
   */
  static SweepRuns open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (Files.isDirectory(path)) {
      return ofFolder(path, path);
    }
    if (isLogOfSweep(path)) {
      return ofFolder(path, path.toAbsolutePath().getParent());
    }
    if (!PopulationFile.isRunLog(path)) {
      throw new MalformedFileException(
          path.toString(), 0, "is neither a sweep's folder nor a run log; 'dsa train' makes both");
    }
    RunLog.Contents contents = RunLog.at(path).read();
    String file = path.getFileName().toString();
    int dot = file.lastIndexOf('.');
    return new SweepRuns(
        path,
        dot > 0 ? file.substring(0, dot) : file,
        contents.runs(),
        ids(contents).size(),
        0,
        contents.warning());
  }

  /** Whether a file is the log in a sweep's folder, and so stands for the folder. */
  static boolean isLogOfSweep(Path file) {
    return file.endsWith(LOG) && Files.exists(file.toAbsolutePath().resolveSibling(PLAN));
  }

  private static SweepRuns ofFolder(Path path, Path folder) throws IOException {
    SweepFolder sweep = SweepFolder.open(folder);
    RunLog.Contents contents = sweep.runs();
    Set<RunId> logged = ids(contents);
    Path absolute = folder.toAbsolutePath().normalize();
    Path last = absolute.getFileName();
    return new SweepRuns(
        path,
        last == null ? sweep.plan().space() : last.toString(),
        contents.runs(),
        sweep.models().size(),
        (int) sweep.models().stream().filter(m -> !logged.contains(sweep.id(m))).count(),
        contents.warning());
  }

  private static Set<RunId> ids(RunLog.Contents contents) {
    return contents.runs().stream().map(RunRecord::id).collect(Collectors.toSet());
  }

  /**
   * The population of the runs that came to a result.
   *
   * @throws IllegalArgumentException if none did
   */
  Populations.Collected collect(String population, ErrorKind error) {
    if (runs.stream().allMatch(run -> run.outcome() instanceof RunOutcome.Failed)) {
      throw new IllegalArgumentException(
          path
              + ": none of "
              + networks
              + (networks == 1 ? " network" : " networks")
              + " has come to a result"
              + (missing > 0 ? " yet; see 'dsa status " + path + "'" : ""));
    }
    return Populations.of(population, runs.stream(), error);
  }

  /** How many networks are in, for a note. */
  String account(Populations.Collected collected) {
    return collected.circumstances().results()
        + " of "
        + networks
        + " networks are in ("
        + collected.circumstances().diverged()
        + " diverged), "
        + collected.circumstances().failed()
        + " failed, "
        + missing
        + " missing, "
        + collected.merged()
        + " reruns merged";
  }
}
