package dsa.trainer.network;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.random.SeedPath;
import dsa.trainer.Engines;
import dsa.trainer.engine.Engine;
import dsa.trainer.engine.Ops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Native tensors are invisible to Java's collector: one that a step forgets stops a sweep after
 * some hours, far from its cause.
 */
@Tag("slow")
final class EngineMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final StagedSpec MODEL =
      StagedSpec.cifar(
          BlockType.RESIDUAL,
          List.of(StageSpec.plain(1, 16, 1), StageSpec.plain(1, 16, 2), StageSpec.plain(1, 16, 2)));

  static List<Engine> engines() {
    return Engines.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void twoHundredStepsAndTenModelsLeaveNothingBehind(Engine engine) throws IOException {
    assumeTrue(Files.isReadable(STATUS), "skipped: resident memory is only known on Linux");
    try (Ops<Object> ops = EnginesUnderTest.open(engine)) {
      train(ops, 10); // memory that is kept for good reasons: thread stacks, caches, Java's heap
      double least = Double.POSITIVE_INFINITY;
      for (int stretch = 0; stretch < 3; stretch++) {
        double before = residentMib();
        train(ops, 10);
        // what is forgotten is forgotten every time, what allocators keep is not
        least = Math.min(least, residentMib() - before);
      }
      // One step's activations take 5 MiB, its smallest feature map 40 KiB, its images 120 KiB.
      assertTrue(least < 16, engine.name() + ": each 200 steps took " + least + " MiB or more");
    }
  }

  /** Trains models, each for 20 steps. */
  private static void train(Ops<Object> ops, int models) {
    for (int model = 0; model < models; model++) {
      EnginesAgreeTest.losses(ops, MODEL, 20, SeedPath.root(model));
    }
  }

  private static double residentMib() throws IOException {
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
