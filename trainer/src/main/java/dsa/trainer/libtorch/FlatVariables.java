package dsa.trainer.libtorch;

import dsa.trainer.engine.Variables;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Trainable tensors as views of one flat tensor, so that an optimiser's step is a few calls. */
final class FlatVariables implements Variables<Tensor> {

  private final List<Tensor> tensors;
  private final Tensor storage;
  private final Tensor gradients;

  private FlatVariables(List<Tensor> tensors, Tensor storage, Tensor gradients) {
    this.tensors = tensors;
    this.storage = storage;
    this.gradients = gradients;
  }

  static FlatVariables of(LibtorchOps ops, List<float[]> values, List<int[]> shapes) {
    int total = values.stream().mapToInt(v -> v.length).sum();
    Tensor storage = ops.tensor(new float[total], total);
    Tensor gradients = ops.zerosLike(storage);
    List<Tensor> tensors = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < values.size(); i++) {
      int length = values.get(i).length;
      Tensor view = view(storage, from, length, shapes.get(i)).detach();
      ops.write(view, values.get(i));
      view.requires_grad_(true);
      view.mutable_grad().put(view(gradients, from, length, shapes.get(i)));
      tensors.add(view);
      from += length;
    }
    return new FlatVariables(List.copyOf(tensors), storage, gradients);
  }

  /** A stretch of a flat tensor; kernels get their channels innermost. */
  private static Tensor view(Tensor flat, int from, int length, int[] shape) {
    Tensor stretch = flat.narrow(0, from, length);
    if (shape.length == 4) {
      return stretch.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
    }
    long[] sizes = new long[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape[i];
    }
    return stretch.view(sizes);
  }

  @Override
  public List<Tensor> tensors() {
    return tensors;
  }

  @Override
  public List<Tensor> storage() {
    return List.of(storage);
  }

  @Override
  public List<Tensor> gradients() {
    return List.of(gradients);
  }

  @Override
  public void clearGradients() {
    gradients.zero_();
  }
}
