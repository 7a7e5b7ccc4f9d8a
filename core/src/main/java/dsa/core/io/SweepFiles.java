package dsa.core.io;

import dsa.core.run.DrawnModel;
import dsa.core.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What anybody can read of a sweep's folder, while it is trained or after: its plan, its networks
 * and the log of its runs (docs/formats.md).
 *
 * @param folder where it is
 * @param plan what makes its runs one population
 * @param models its networks, in the order of the file
 */
public record SweepFiles(Path folder, SweepPlan plan, List<DrawnModel> models) {

  /** Bytes; a plan has a few hundred. */
  private static final int LARGEST_PLAN = 1 << 20;

  /** The file of the plan. */
  public static final String PLAN = "sweep.json";

  /** The file of the networks. */
  public static final String ARCHITECTURES = "architectures.jsonl";

  /** The file of the networks while some are added. */
  public static final String NEXT = "architectures.next.jsonl";

  /** The log of the runs. */
  public static final String RUNS = "runs.jsonl";

  /** Copies the networks. */
  public SweepFiles {
    models = List.copyOf(models);
  }

  /**
   * Those of a folder.
   *
   * @throws RefusedException if it holds no sweep
   * @throws MalformedFileException if its plan cannot be read, or its networks are not those of the
   *     plan
   */
  public static SweepFiles open(Path folder) throws IOException {
    Path file = folder.resolve(PLAN);
    if (!Files.exists(file)) {
      throw new RefusedException(
          folder + ": holds no sweep (no " + PLAN + ")", Remedy.TRAIN_A_SWEEP);
    }
    SweepPlan plan = readPlan(file);
    Path architectures = folder.resolve(ARCHITECTURES);
    if (!isOf(plan, architectures)) {
      Path next = folder.resolve(NEXT); // of a growth that was interrupted
      if (!isOf(plan, next)) {
        throw changed(architectures);
      }
      architectures = next;
    }
    List<DrawnModel> models = new ArrayList<>();
    ArchitecturesFile.read(architectures, models::add);
    return new SweepFiles(folder, plan, models);
  }

  /** The fault of a file that is not what it was when the sweep began. */
  public static MalformedFileException changed(Path file) {
    return new MalformedFileException(
        file.toString(), 0, "has been changed since the sweep began; restore it");
  }

  /**
   * The plan in a file.
   *
   * @throws MalformedFileException if it holds none of this version
   */
  public static SweepPlan readPlan(Path file) throws IOException {
    try {
      return SweepPlan.parse(InputFile.text(file, LARGEST_PLAN));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file.toString(), 0, String.valueOf(e.getMessage()));
    }
  }

  /** Whether {@code architectures} is there and the very file that a plan was made for. */
  public static boolean isOf(SweepPlan plan, Path architectures) throws IOException {
    return Files.exists(architectures)
        && Checksum.of("SHA-256", architectures).equals(plan.architectures());
  }

  /** The log of its runs, which need not exist yet. */
  public RunLog log() {
    return RunLog.at(folder.resolve(RUNS));
  }

  /**
   * The runs in the log.
   *
   * @throws MalformedFileException if one of them is not of this sweep's plan
   */
  public RunLog.Contents runs() throws IOException {
    Map<RunId, DrawnModel> byId = byId();
    return log().read(run -> plan.fault(byId, run));
  }

  /** The networks by the identities of their runs. */
  public Map<RunId, DrawnModel> byId() {
    return models.stream()
        .collect(Collectors.toMap(model -> plan.id(model.index()), Function.identity()));
  }
}
