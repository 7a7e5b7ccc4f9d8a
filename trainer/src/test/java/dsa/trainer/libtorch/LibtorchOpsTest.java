package dsa.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineException;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Precision;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.engine.Variables;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * A sum over steps that is recorded for gradients keeps every step's graph alive: memory grows
 * until the worker is killed, days into a long training.
 */
final class LibtorchOpsTest {

  @Test
  @SuppressWarnings("unchecked")
  void sumsAreNotRecordedNotEvenOnATape() {
    try (LibtorchOps ops = (LibtorchOps) new LibtorchEngine().open(EngineOptions.cpu());
        Scope scope = ops.scope()) {
      Variables<Tensor> variables =
          ops.variables(
              List.of(new float[] {1, 2}, new float[2]), List.of(new int[] {2, 1}, new int[] {2}));
      Tensor sum = ops.tensor(new float[1], 1);
      try (Tape<Tensor> tape = ops.tape()) {
        Tensor logits =
            ops.linear(
                ops.tensor(new float[] {1}, 1, 1),
                variables.tensors().get(0),
                variables.tensors().get(1));
        Tensor loss = ops.crossEntropy(logits, ops.labels(new int[] {1}));
        assertTrue(loss.requires_grad());
        ops.addScaled(sum, loss, 1);
        assertFalse(sum.requires_grad());
        ops.scale(sum, 2);
        ops.write(sum, new float[] {3});
        assertFalse(sum.requires_grad());
        tape.backward(loss);
      }
    }
  }

  /** 1/3 in bfloat16 has 8 bits; the logic is that of GPUs, where alone it is offered. */
  @Test
  void onATapeConvolutionsComputeInBf16IfAskedAndBehindItInFp32() {
    EngineOptions options = new EngineOptions(DeviceKind.CPU, 1, Precision.BF16);
    EngineException refused =
        assertThrows(EngineException.class, () -> new LibtorchEngine().open(options));
    assertTrue(refused.getMessage().contains("in bf16 on GPUs only"), refused.getMessage());
    try (LibtorchOps plain = (LibtorchOps) new LibtorchEngine().open(EngineOptions.cpu());
        LibtorchOps ops = LibtorchOps.open(options);
        Scope scope = ops.scope()) {
      assertEquals(Precision.FP32, plain.info().options().precision());
      Tensor images = ops.images(new float[] {1, 2, 3, 4}, 1, 2, 2, 1);
      Tensor kernel = ops.tensor(new float[] {1f / 3}, 1, 1, 1, 1);
      ConvGeometry geometry = new ConvGeometry(1, 0, 0, 1, 1);
      float[] exact = ops.read(ops.conv(images, kernel, geometry));
      assertArrayEquals(new float[] {1f / 3, 2f / 3, 1, 4f / 3}, exact, 1e-6f);
      try (Tape<Tensor> tape = ops.tape()) {
        float[] coarse = ops.read(ops.conv(images, kernel, geometry));
        assertEquals(0.33398438f, coarse[0]);
        assertEquals(0.66796875f, coarse[1]);
      }
      assertArrayEquals(exact, ops.read(ops.conv(images, kernel, geometry)));
    }
  }
}
