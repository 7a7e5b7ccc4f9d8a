package dsa.trainer.network;

import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Variables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * An engine that counts what it is told to do: from the shapes of the kernels it is given and the
 * sizes of the tensors it makes, not from the plan.
 */
final class CountedOps {

  private final Ops<Object> ops;
  private final int batch;
  private final IdentityHashMap<Object, int[]> shapes = new IdentityHashMap<>();
  private long macs;
  private long activations;

  /**
   * Counts for an engine.
   *
   * @param batch how many images at a time it is given
   */
  CountedOps(Ops<Object> engine, int batch) {
    this.batch = batch;
    ops = counting(engine);
  }

  @SuppressWarnings("unchecked") // a proxy of one interface
  private Ops<Object> counting(Ops<Object> engine) {
    return (Ops<Object>)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, method, arguments) -> {
              try {
                Object made = method.invoke(engine, arguments);
                count(engine, method.getName(), arguments, made);
                return made;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void count(Ops<Object> engine, String method, Object[] arguments, Object made) {
    switch (method) {
      case "variables" -> {
        Variables<?> variables = (Variables<?>) made;
        List<?> given = (List<?>) arguments[1];
        for (int i = 0; i < given.size(); i++) {
          shapes.put(variables.tensors().get(i), (int[]) given.get(i));
        }
      }
      case "conv", "convNormed" -> {
        int[] kernel = shapes.get(arguments[1]); // outputs, inputs of a group, height, width
        long outputs = engine.read(made).length / batch;
        macs += outputs * kernel[1] * kernel[2] * kernel[3];
        activations += outputs;
      }
      case "maxPool", "averagePool" -> activations += engine.read(made).length / batch;
      case "linear" -> {
        int[] weight = shapes.get(arguments[1]); // outputs, inputs
        macs += (long) weight[0] * (weight[1] + 1);
        activations += weight[0];
      }
      default -> {}
    }
  }

  /** The engine to compute with. */
  Ops<Object> ops() {
    return ops;
  }

  /** Multiply-adds of one image; a bias is one. */
  long macs() {
    return macs;
  }

  /** Numbers that convolutions, pools and linear layers made of one image. */
  long activations() {
    return activations;
  }
}
