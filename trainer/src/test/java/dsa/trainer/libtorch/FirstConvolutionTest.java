package dsa.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.trainer.engine.Engine.Availability;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Ops;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/**
 * A device that loads and computes nonsense, or in fewer digits than it was told, must not be
 * called usable: its models would all be a little worse, and nothing would fail.
 */
final class FirstConvolutionTest {

  /** Ops whose convolutions are wrong by a share of each value. */
  private static Ops<?> wrongBy(double share, Ops<?> right) {
    return (Ops<?>)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(right, arguments);
                if (method.getName().equals("read")) {
                  float[] values = (float[]) result;
                  for (int i = 0; i < values.length; i++) {
                    values[i] *= (float) (1 + share);
                  }
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aDeviceIsUsableOnlyIfItComputesWhatTheProcessorDoes() {
    LibtorchEngine engine = new LibtorchEngine();
    try (Ops<?> ops = engine.open(EngineOptions.cpu())) {
      assertEquals(0, FirstConvolution.difference(ops, ops));
      Availability right = engine.compared(wrongBy(1e-6, ops), "cuda");
      assertTrue(right.usable(), right.detail());
      Availability rounded = engine.compared(wrongBy(5e-4, ops), "cuda");
      assertFalse(rounded.usable(), rounded.detail());
      assertTrue(rounded.detail().contains("by 5.0e-04"), rounded.detail());
      assertFalse(engine.compared(wrongBy(Double.NaN, ops), "cuda").usable());
    }
  }
}
