package dsa.trainer.djl;

import ai.djl.mxnet.engine.GradReq;
import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import dsa.trainer.engine.Variables;
import java.nio.IntBuffer;
import java.util.List;

/** Trainable tensors, each with a gradient that backward passes add to. */
final class DjlVariables implements Variables<NDArray> {

  private final DjlOps ops;
  private final List<NDArray> tensors;
  private final List<NDArray> gradients;

  private DjlVariables(DjlOps ops, List<NDArray> tensors, List<NDArray> gradients) {
    this.ops = ops;
    this.tensors = tensors;
    this.gradients = gradients;
  }

  static DjlVariables of(DjlOps ops, List<NDArray> tensors) {
    List<NDArray> gradients = tensors.stream().map(ops::zerosLike).toList();
    for (int i = 0; i < tensors.size(); i++) {
      // Not DJL's setRequiresGradient: with it a second backward pass overwrites the first.
      IntBuffer add = IntBuffer.wrap(new int[] {GradReq.ADD.getValue()});
      JnaUtils.autogradMarkVariables(1, handle(tensors.get(i)), add, handle(gradients.get(i)));
    }
    return new DjlVariables(ops, tensors, gradients);
  }

  private static com.sun.jna.Pointer handle(NDArray array) {
    return ((MxNDArray) array).getHandle();
  }

  @Override
  public List<NDArray> tensors() {
    return tensors;
  }

  @Override
  public List<NDArray> storage() {
    return tensors;
  }

  @Override
  public List<NDArray> gradients() {
    return gradients;
  }

  @Override
  public void clearGradients() {
    gradients.forEach(ops::clear);
  }
}
