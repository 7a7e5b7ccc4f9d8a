package dsa.populations;

import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.RefusedException;
import dsa.core.io.Remark;
import dsa.core.io.Remedy;
import dsa.core.io.RunLog;
import dsa.core.io.SweepFiles;
import dsa.core.run.ErrorKind;
import dsa.core.run.Metric;
import dsa.core.run.Populations;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import dsa.populations.builtin.BuiltInPopulations;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The runs of a sweep that are in, whether or not it goes on.
 *
 * @param from the path or name they were asked for by
 * @param name of the population unless it is given another: the folder's, or the log's
 * @param runs in the order of the log
 * @param networks how many the sweep has; those in the log, if that is all there is
 * @param missing of them, those the log says nothing about yet
 * @param kind what they are, for a remark
 * @param warning one sentence if the log's last line was cut short
 */
public record SweepRuns(
    String from,
    String name,
    List<RunRecord> runs,
    int networks,
    int missing,
    Kind kind,
    Optional<String> warning) {

  /** What runs are read from. */
  public enum Kind {
    /** The folder of a sweep. */
    SWEEP,
    /** A log by itself. */
    LOG,
    /** The program. */
    BUILT_IN
  }

  /** Copies the runs. */
  public SweepRuns {
    runs = List.copyOf(runs);
  }

  /**
   * Those of a sweep's folder or of a log by itself.
   *
   * @throws RefusedException if a folder is no sweep's
   * @throws MalformedFileException if a file is no run log
   */
  public static SweepRuns open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (Files.isDirectory(path)) {
      return ofFolder(path, path);
    }
    if (isLogOfSweep(path)) {
      return ofFolder(path, path.toAbsolutePath().getParent());
    }
    try (InputStream in = new BufferedInputStream(InputFile.open(path), 1 << 16)) {
      in.mark(64);
      String head = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1).strip();
      in.reset();
      if (!RunLog.announces(head)) {
        throw new MalformedFileException(
            path.toString(), 0, "is neither a sweep's folder nor a run log", Remedy.TRAIN_BOTH);
      }
      return ofLog(path, in);
    }
  }

  /** Whether a file has the name of a sweep's log. */
  static boolean isLog(Path file) {
    return file.endsWith(SweepFiles.RUNS);
  }

  /** Whether a file is the log in a sweep's folder, and so stands for the folder. */
  static boolean isLogOfSweep(Path file) {
    return isLog(file) && Files.exists(file.toAbsolutePath().resolveSibling(SweepFiles.PLAN));
  }

  /** Those of a log that is no sweep's; one of the name that sweeps' logs have is its folder's. */
  static SweepRuns ofLog(Path path, InputStream in) throws IOException {
    RunLog.Contents contents = RunLog.read(path.toString(), in);
    String file = path.getFileName().toString();
    int dot = file.lastIndexOf('.');
    String name = dot > 0 ? file.substring(0, dot) : file;
    return new SweepRuns(
        path.toString(),
        isLog(path) ? nameOf(path.toAbsolutePath().getParent(), name) : name,
        contents.runs(),
        ids(contents).size(),
        0,
        Kind.LOG,
        contents.warning());
  }

  private static SweepRuns ofFolder(Path path, Path folder) throws IOException {
    SweepFiles sweep = SweepFiles.open(folder);
    RunLog.Contents contents = sweep.runs();
    Set<RunId> logged = ids(contents);
    return new SweepRuns(
        path.toString(),
        nameOf(folder, sweep.plan().space()),
        contents.runs(),
        sweep.models().size(),
        (int)
            sweep.models().stream()
                .filter(model -> !logged.contains(sweep.plan().id(model.index())))
                .count(),
        Kind.SWEEP,
        contents.warning());
  }

  /** Those of a population that comes with the program. */
  static SweepRuns builtIn(String name, BuiltInPopulations builtIn) throws IOException {
    RunLog.Contents contents = builtIn.open(name);
    return new SweepRuns(
        name, name, contents.runs(), ids(contents).size(), 0, Kind.BUILT_IN, contents.warning());
  }

  private static String nameOf(Path folder, String otherwise) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    return last == null ? otherwise : last.toString();
  }

  private static Set<RunId> ids(RunLog.Contents contents) {
    return contents.runs().stream().map(RunRecord::id).collect(Collectors.toSet());
  }

  /** The population of these runs under its own name, with remarks. */
  OpenedPopulation read(Metric metric) {
    Populations.Collected collected =
        metric == Metric.TEST_ERROR ? collect(name, ErrorKind.MIN) : collect(name, metric);
    List<Remark> remarks = new ArrayList<>();
    warning.map(Remark::of).ifPresent(remarks::add);
    String taken =
        metric == Metric.TEST_ERROR ? "smallest error over the epochs, " : metric.quantity() + ", ";
    if (kind == Kind.SWEEP) {
      remarks.add(Remark.of("a sweep: " + taken + account(collected)));
    } else if (kind == Kind.LOG) {
      remarks.add(
          Remark.of(
              "a run log: "
                  + taken
                  + collected.merged()
                  + " reruns merged, "
                  + collected.circumstances().failed()
                  + " failed runs left out"));
    }
    return new OpenedPopulation(
        collected.population(), from, remarks, List.of(), Optional.of(collected.circumstances()));
  }

  /**
   * The population of the test errors of the runs that came to a result.
   *
   * @throws RefusedException if none did
   * @throws IllegalArgumentException if they make no population, see {@link Populations#of}
   */
  public Populations.Collected collect(String population, ErrorKind error) {
    checkResults();
    return Populations.of(population, runs.stream(), error);
  }

  /**
   * The population of a metric of the runs that came to a result; of {@link Metric#TEST_ERROR} the
   * smallest over the epochs.
   *
   * @throws RefusedException if none did
   * @throws IllegalArgumentException if they make no population, see {@link Populations#of}
   */
  public Populations.Collected collect(String population, Metric metric) {
    checkResults();
    return Populations.of(population, runs.stream(), metric);
  }

  private void checkResults() {
    if (runs.stream().allMatch(run -> run.outcome() instanceof RunOutcome.Failed)) {
      String none =
          from
              + ": none of "
              + networks
              + (networks == 1 ? " network" : " networks")
              + " has come to a result";
      if (missing > 0) {
        throw new RefusedException(none + " yet", Remedy.SWEEP_STATUS);
      }
      throw new IllegalArgumentException(none);
    }
  }

  /** How many networks are in, for a remark. */
  private String account(Populations.Collected collected) {
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
