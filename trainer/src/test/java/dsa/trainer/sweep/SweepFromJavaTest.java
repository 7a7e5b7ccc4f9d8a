package dsa.trainer.sweep;

import dsa.trainer.process.EngineChoice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.io.ArchitecturesFile;
import dsa.core.run.DrawnModel;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.RunRecord;
import dsa.trainer.data.CifarSample;
import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the command line can start, nobody can build upon. */
final class SweepFromJavaTest {

  @TempDir Path temporary;

  private SweepNetworks networks() throws IOException {
    List<DrawnModel> models = new ArrayList<>();
    for (String text :
        List.of("vanilla cifar:16 | 1x16 s2", "bottleneck cifar:16 | 1x32 s2 b8 g4")) {
      ArchitectureSpec spec = ArchitectureSpec.parse(text);
      models.add(new DrawnModel(models.size(), spec, spec.complexity(Task.CIFAR10)));
    }
    Path file = temporary.resolve("two.jsonl");
    ArchitecturesFile.write(
        file,
        new ArchitecturesFile.Header("two", Task.CIFAR10, 3, "none", false, 2, 0, 0, 2),
        models);
    return SweepNetworks.read(file);
  }

  private Path images() throws IOException {
    int count = 100;
    byte[] pixels = new byte[count * 3072];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      Arrays.fill(pixels, i * 3072, (i + 1) * 3072, (byte) (labels[i] * 25));
    }
    ImageSet images = ImageSet.of(pixels, labels);
    Path folder = temporary.resolve("images");
    CifarSample.write(folder, "bands", images, images);
    return folder;
  }

  private TrainingRecipe recipe() throws IOException {
    Path file = temporary.resolve("tiny.yaml");
    Files.writeString(
        file,
        TrainingRecipes.text(TrainingRecipes.find("cpu-mini"))
            .replaceFirst("(?m)^epochs:.*$", "epochs: 1")
            .replaceFirst("(?m)^batchSize:.*$", "batchSize: 20")
            .replaceFirst("(?m)^trainImages:.*$", "trainImages: 100")
            .replaceFirst("(?m)^validationImages:.*$", "validationImages: 0")
            .replaceFirst("(?m)^preciseNormImages:.*$", "preciseNormImages: 0"));
    return TrainingRecipes.read(file);
  }

  @Test
  void aSweepIsBegunResumedAndCollectedInAFewLines() throws Exception {
    Path runs = temporary.resolve("runs");
    SweepOptions options =
        SweepOptions.withDefaults()
            .withImages(images())
            .withWorkers(1)
            .withEngine(EngineChoice.withDefaults().withDevice(DeviceKind.CPU));
    Sweep sweep = Sweep.begin(runs, networks(), recipe(), options, SweepListener.NONE);
    SweepProgress progress = sweep.run();
    assertEquals(2, progress.done(), progress.toString());
    Population population = sweep.folder().collect(ErrorKind.MIN).population();
    assertEquals("runs", population.name());
    assertEquals(2, population.models().size());
    RunRecord run = sweep.folder().runs().runs().get(0);
    assertEquals(3, run.provenance().seed(), "that of the draw");
    assertTrue(run.provenance().codeVersion().contains("arithmetic"), run.toString());

    assertEquals(2, Sweep.resume(runs, options, SweepListener.NONE).run().done());
    assertThrows(
        IllegalArgumentException.class,
        () -> Sweep.resume(runs, options.withSeed(4), SweepListener.NONE));
    IllegalArgumentException many =
        assertThrows(
            IllegalArgumentException.class,
            () -> Sweep.resume(runs, options.withWorkers(9999), SweepListener.NONE));
    assertTrue(many.getMessage().startsWith("9999 workers are more than"), many.getMessage());
  }
}
