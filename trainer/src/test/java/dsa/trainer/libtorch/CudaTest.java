package dsa.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import java.util.Map;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Most machines have no GPU, and most that have one lack something. A user who is not told what is
 * missing cannot get it; and TensorFloat-32, where it is left on, halves the digits in silence.
 */
final class CudaTest {

  @Test
  void aBuildForTheProcessorSaysHowToBuildForGpus() {
    Assumptions.assumeFalse(Cuda.packaged(), "this is a build for GPUs");
    Availability availability = new LibtorchEngine().availability(DeviceKind.CUDA);
    assertFalse(availability.usable());
    assertTrue(availability.detail().contains("-Pcuda"), availability.detail());
    assertFalse(availability.detail().contains("\n"), availability.detail());
  }

  @Test
  void eachObstacleHasItsRemedy() {
    String missing =
        Cuda.obstacle(
            true,
            "/c/libtorch_cuda.so: libcudnn.so.9: cannot open shared object file: No such file");
    assertTrue(missing.contains("load, libcudnn.so.9 is missing"), missing);
    assertTrue(missing.contains("LD_LIBRARY_PATH"), missing);
    String driver = Cuda.obstacle(true, "Found no NVIDIA driver on your system.");
    assertTrue(driver.contains("no driver for CUDA 13"), driver);
    assertFalse(driver.contains("LD_LIBRARY_PATH"), driver);
    assertTrue(Cuda.obstacle(false, "").contains("-Pcuda"));
  }

  @Test
  void thirtyTwoBitArithmeticIsThirtyTwoBit() {
    try (Ops<?> ops = new LibtorchEngine().open(EngineOptions.cpu())) {
      Context context = torch.globalContext();
      context.setAllowTF32CuDNN(true);
      context.setAllowTF32CuBLAS(true);
      context.setBenchmarkCuDNN(false);
      Cuda.settle(context);
      assertFalse(context.allowTF32CuDNN());
      assertFalse(context.allowTF32CuBLAS());
      assertTrue(context.benchmarkCuDNN());
      context.setBenchmarkCuDNN(false);
      assertEquals(DeviceKind.CPU, ops.info().options().device());
    }
  }

  @Test
  void theNameAskedForIsThatOfTheFirstAllowedGpu() {
    assertTrue(Cuda.query(Map.of()).contains("--id=0"));
    assertTrue(Cuda.query(Map.of("CUDA_VISIBLE_DEVICES", "3,1")).contains("--id=3"));
  }
}
