package dsa.trainer.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workers that all take the first GPU leave the others idle, at the same price. */
final class GpusTest {

  private static final String TWO =
      """
      GPU 0: NVIDIA H200 (UUID: GPU-6c)
        MIG 1g.18gb Device 0: (UUID: MIG-1)
      GPU 1: NVIDIA H200 (UUID: GPU-7d)
      """;

  @Test
  void theDriversToolListsThem() {
    assertEquals(List.of("0", "1"), Gpus.visible(Map.of(), () -> TWO));
    assertEquals(List.of(), Gpus.visible(Map.of(), () -> ""));
    assertEquals(List.of(), Gpus.visible(Map.of(), () -> "No devices were found\n"));
  }

  @Test
  void whatTheUserAllowsCountsMore() {
    assertEquals(List.of("3", "1"), visible("3, 1"));
    assertEquals(List.of("GPU-6c"), visible("GPU-6c"));
    assertEquals(List.of("0"), visible("0,-1,1"));
    assertEquals(List.of(), visible(""));
  }

  private static List<String> visible(String allowed) {
    return Gpus.visible(Map.of("CUDA_VISIBLE_DEVICES", allowed), () -> TWO);
  }
}
