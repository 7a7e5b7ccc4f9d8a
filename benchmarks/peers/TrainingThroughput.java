import dsa.core.arch.ArchitectureSpec;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.EpochResult;
import dsa.trainer.Engines;
import dsa.trainer.checkpoint.Checkpoints;
import dsa.trainer.data.Cifar10;
import dsa.trainer.data.ImageSet;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Precision;
import dsa.trainer.network.ModelTrainer;
import dsa.trainer.recipe.TrainingRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Images a second of whole training steps (assembling and augmenting the batch, forward, backward,
 * update) of one network, after an epoch that is not counted, and the process's peak memory.
 *
 * <p>{@code java -cp dsa.jar benchmarks/peers/TrainingThroughput.java ENGINE THREADS BATCH IMAGES
 * ARCHITECTURE}; see {@code training.py}, which sets what the sweep's workers are started with.
 */
public final class TrainingThroughput {
  public static void main(String[] a) throws Exception {
    int threads = Integer.parseInt(a[1]);
    int batch = Integer.parseInt(a[2]);
    int count = Integer.parseInt(a[3]);
    TrainingRecipe recipe =
        new TrainingRecipe(
            "throughput",
            2,
            batch,
            0.01,
            TrainingRecipe.Schedule.COSINE_PER_EPOCH,
            0.9,
            true,
            5e-4,
            count,
            0,
            4,
            true,
            0.1,
            0,
            Precision.FP32);
    Engines.Choice choice = Engines.choose(Optional.of(a[0]), Optional.of(DeviceKind.CPU));
    EngineOptions options = new EngineOptions(DeviceKind.CPU, threads, Precision.FP32);
    Cifar10 images = new Cifar10("random", random(count, 1), random(10, 2), "random");
    try (ModelTrainer trainer = Engines.trainer(choice, options, images, System::nanoTime)) {
      List<EpochResult> epochs =
          trainer
              .train(
                  ArchitectureSpec.parse(a[4]),
                  recipe,
                  SeedPath.root(1),
                  Checkpoints.NONE,
                  epoch -> {})
              .epochs();
      int trained = recipe.stepsPerEpoch() * batch;
      System.out.printf(
          Locale.ROOT, "%.1f %.0f%n", trained / epochs.get(1).trainSeconds(), peakMegabytes());
    }
  }

  private static ImageSet random(int count, long seed) {
    RandomStream random = SeedPath.root(seed).generator();
    byte[] pixels = new byte[count * 3072];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return ImageSet.of(pixels, labels);
  }

  private static double peakMegabytes() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
