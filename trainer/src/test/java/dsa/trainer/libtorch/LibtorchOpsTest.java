package dsa.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.trainer.engine.EngineOptions;
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
}
