package dsa.trainer.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Precision;
import dsa.trainer.engine.Scope;
import org.junit.jupiter.api.Test;

/**
 * An engine that quietly computes otherwise than asked gives a population the wrong provenance; one
 * that fails with a page of C++ leaves the user alone.
 */
final class DjlEngineTest {

  private static final DjlEngine ENGINE = new DjlEngine();

  private static void refused(String sentence, EngineOptions options) {
    EngineException failure = assertThrows(EngineException.class, () -> ENGINE.open(options));
    assertEquals(sentence, failure.getMessage());
    assertFalse(failure.outOfMemory());
  }

  @Test
  void theProcessorIsAvailable() {
    Availability availability = ENGINE.availability(DeviceKind.CPU);
    assertTrue(availability.usable(), availability.detail());
    assertTrue(
        availability.detail().matches("djl [0-9.]+ with MXNet [0-9.]+ on cpu .+"),
        availability.detail());
    try (Ops<?> ops = ENGINE.open(EngineOptions.cpu())) {
      assertEquals(availability.detail(), ops.info().engine() + " on " + ops.info().device());
      assertEquals(EngineOptions.cpu(), ops.info().options());
    }
  }

  @Test
  void otherDevicesPrecisionsAndThreadsAreRefused() {
    String cpuOnly =
        "djl trains on the processor only, for no MXNet library for current CUDA is published;"
            + " engine libtorch trains on GPUs";
    assertEquals(new Availability(false, cpuOnly), ENGINE.availability(DeviceKind.CUDA));
    refused(cpuOnly, new EngineOptions(DeviceKind.CUDA, 1, Precision.FP32));
    refused(
        "djl computes with precision fp32 only, not with bf16; engine libtorch does on GPUs",
        new EngineOptions(DeviceKind.CPU, 1, Precision.BF16));
    refused(
        "djl takes its number of threads from the environment variable OMP_NUM_THREADS, which is"
            + " 1: set it to 3 before dsa starts",
        new EngineOptions(DeviceKind.CPU, 3, Precision.FP32));
  }

  @Test
  void aFailureIsOneSentenceAndTheEngineWorksOn() {
    try (DjlOps ops = (DjlOps) ENGINE.open(EngineOptions.cpu())) {
      try (Scope scope = ops.scope()) {
        EngineException failure =
            assertThrows(
                EngineException.class,
                () ->
                    ops.conv(
                        ops.tensor(new float[32], 1, 2, 4, 4),
                        ops.tensor(new float[3], 1, 3, 1, 1),
                        ConvGeometry.same(1, 1, 1)));
        assertEquals(
            "djl failed: Shape inconsistent, Provided = [1,3,1,1], inferred shape=(1,2,1,1)",
            failure.getMessage());
        assertFalse(failure.outOfMemory());
        assertEquals(7, ops.read(ops.tensor(new float[] {7}, 1))[0]);
      }
    }
  }

  @Test
  void exhaustedMemoryIsTold() {
    String said = // by MXNet in an address space of 4 GB
        """
        MXNet engine call failed: MXNetError: Failed to allocate CPU Memory
        Stack trace:
          File "../src/storage/./cpu_device_storage.h", line 75
        """;
    EngineException failure =
        assertThrows(
            EngineException.class,
            () ->
                Failures.guard(
                    () -> {
                      throw new ai.djl.engine.EngineException(said);
                    }));
    assertEquals("djl ran out of memory: Failed to allocate CPU Memory", failure.getMessage());
    assertTrue(failure.outOfMemory());
  }
}
