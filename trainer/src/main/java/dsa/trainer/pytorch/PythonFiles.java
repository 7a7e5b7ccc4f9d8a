package dsa.trainer.pytorch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.complexity.Complexity;
import dsa.core.io.AtomicFile;
import dsa.core.io.SweepPlan;
import dsa.core.run.DrawnModel;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.network.NetworkTrainer;
import dsa.trainer.recipe.TrainingRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a sweep's folder has besides its own files when Python is to train it: the plans of its
 * networks ({@code plans.jsonl}, format {@code dsa.plans/1}), and the program that reads them
 * ({@code train.py}), which is a worker and, where there is no Java, a supervisor too.
 */
public final class PythonFiles {

  /** The Python file, in the folder of a sweep. */
  public static final String PROGRAM = "train.py";

  private static final String PLANS = "plans.jsonl";
  private static final String FORMAT = "dsa.plans/1";

  /** What every version of the program has near its beginning. */
  private static final String MARK = "Trains the networks of a dsa sweep";

  private PythonFiles() {}

  /**
   * Makes sure that a folder does not hold other files of these names.
   *
   * @throws FileSystemException if it does
   */
  public static void checkFree(Path folder) throws IOException {
    check(folder.resolve(PROGRAM), MARK);
    check(folder.resolve(PLANS), FORMAT);
  }

  private static void check(Path file, String mark) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (!new String(in.readNBytes(200), StandardCharsets.UTF_8).contains(mark)) {
        throw new FileSystemException(
            file.toString(), null, "is there already and no sweep's; give another folder");
      }
    }
  }

  /**
   * Writes both files, or replaces those of an earlier version.
   *
   * @param folder of the sweep
   * @param plan of the sweep
   * @param recipe of the sweep
   * @param models its networks
   * @param codeVersion of this program, for the provenance of runs
   */
  public static void write(
      Path folder,
      SweepPlan plan,
      TrainingRecipe recipe,
      List<DrawnModel> models,
      String codeVersion)
      throws IOException {
    checkFree(folder);
    AtomicFile.write(
        folder.resolve(PLANS),
        out -> {
          ObjectNode header =
              JsonNodeFactory.instance
                  .objectNode()
                  .put("format", FORMAT)
                  .put("architectures", plan.architectures())
                  .put("codeVersion", codeVersion);
          out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
          for (DrawnModel model : models) {
            out.write((line(plan, recipe, model) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    AtomicFile.writeText(folder.resolve(PROGRAM), program());
  }

  /** A network as one line: what its run is called, what it costs, and its plan. */
  static ObjectNode line(SweepPlan sweep, TrainingRecipe recipe, DrawnModel model) {
    Complexity complexity = model.complexity();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", PlanJson.FORMAT)
            .put("id", sweep.id(model.index()).value())
            .put("index", model.index())
            .put("architecture", model.spec().text())
            .put("params", complexity.params())
            .put("macs", complexity.macs())
            .put("ndsFlops", complexity.ndsFlops())
            .put("activations", complexity.activations());
    try {
      PlanJson.write(NetworkTrainer.plan(model.spec(), recipe), json);
    } catch (IllegalArgumentException | ArithmeticException e) {
      json.put("refused", String.valueOf(e.getMessage()));
    }
    return json;
  }

  /**
   * The words that start the program as a worker.
   *
   * @param python interpreter, by name or path
   * @param folder of a sweep that these files were written to
   * @param images folder of the images
   * @param device that was chosen
   * @param threads of arithmetic
   */
  public static List<String> workerCommand(
      String python, Path folder, Path images, DeviceKind device, int threads) {
    return List.of(
        python,
        folder.resolve(PROGRAM).toString(),
        "worker",
        folder.toString(),
        images.toString(),
        device.label(),
        String.valueOf(threads));
  }

  /** The text of the program. */
  static String program() {
    try (InputStream in = PythonFiles.class.getResourceAsStream(PROGRAM)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
