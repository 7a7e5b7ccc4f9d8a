package dsa.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of several GPUs each worker must be shown the one of its turn, and on one machine no other. */
final class SweepSettingsTest {

  private static SweepSettings settings(List<String> gpus) {
    return new SweepSettings(5, 1, Optional.empty(), List.of("worker"), Map.of("A", "1"), gpus);
  }

  @Test
  void workersTakeTurnsOnGpus() {
    List<String> shown =
        IntStream.rangeClosed(1, 5)
            .mapToObj(
                worker ->
                    settings(List.of("2", "GPU-7")).environment(worker).get("CUDA_VISIBLE_DEVICES"))
            .toList();
    assertEquals(List.of("2", "GPU-7", "2", "GPU-7", "2"), shown);
  }

  @Test
  void withoutGpusNothingIsSaidOfThem() {
    Map<String, String> environment = settings(List.of()).environment(3);
    assertFalse(environment.containsKey("CUDA_VISIBLE_DEVICES"), environment.toString());
    assertEquals(Map.of("A", "1", "DSA_WORKER", "3"), environment);
  }
}
