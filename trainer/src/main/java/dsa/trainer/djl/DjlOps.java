package dsa.trainer.djl;

import static dsa.trainer.djl.Failures.guard;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.mxnet.engine.MxGradientCollector;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.util.PairList;
import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.EngineInfo;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Norm;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Processor;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.engine.Variables;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * MXNet's arithmetic, its operators called by name: DJL's own methods leave results with whoever
 * made the first operand, which may be a weight, and hide what batch normalization returns. MXNet
 * computes on threads of its own while Java goes on; the end of a scope waits for it, so that no
 * more than a step is ever under way.
 */
final class DjlOps implements Ops<NDArray> {

  private final EngineInfo info;
  private final Engine mxnet;
  private final Deque<NDManager> scopes = new ArrayDeque<>();
  private FloatBuffer transfer = FloatBuffer.allocate(0);

  private DjlOps(EngineInfo info, Engine mxnet, NDManager life) {
    this.info = info;
    this.mxnet = mxnet;
    scopes.push(life);
  }

  static DjlOps open(Engine mxnet, String version, EngineOptions options) {
    EngineInfo info = new EngineInfo(version, "cpu " + Processor.describe(), options);
    return guard(() -> new DjlOps(info, mxnet, mxnet.newBaseManager(Device.cpu())));
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public Scope scope() {
    NDManager scope = guard(() -> manager().newSubManager());
    scopes.push(scope);
    return this::end;
  }

  private void end() {
    try {
      guard(JnaUtils::waitAll); // what failed on MXNet's threads is thrown here
    } finally {
      scopes.pop().close();
    }
  }

  private NDManager manager() {
    return scopes.element();
  }

  @Override
  public Tape<NDArray> tape() {
    GradientCollector collector = guard(mxnet::newGradientCollector);
    return new Tape<>() {
      @Override
      public void backward(NDArray loss) {
        guard(() -> collector.backward(loss));
      }

      @Override
      public void close() {
        collector.close();
      }
    };
  }

  /** What a call returns that no gradients are wanted of, such as one that changes a tensor. */
  private static <R> R untaped(Supplier<R> call) {
    return guard(
        () -> {
          boolean recording = MxGradientCollector.setRecording(false);
          try {
            return call.get();
          } finally {
            MxGradientCollector.setRecording(recording);
          }
        });
  }

  /** The results of an operator, in the innermost scope. */
  private NDList call(String operator, NDList inputs, PairList<String, Object> settings) {
    return guard(() -> manager().invoke(operator, inputs, settings));
  }

  private static PairList<String, Object> settings() {
    return new PairList<>();
  }

  private static PairList<String, Object> with(String name, Object value) {
    PairList<String, Object> settings = settings();
    settings.add(name, value);
    return settings;
  }

  private static String pair(Object first, Object second) {
    return "(" + first + ", " + second + ")";
  }

  // ---- tensors

  @Override
  public Variables<NDArray> variables(List<float[]> values, List<int[]> shapes) {
    return guard(
        () -> {
          List<NDArray> tensors = new ArrayList<>();
          for (int i = 0; i < values.size(); i++) {
            tensors.add(tensor(values.get(i), shapes.get(i)));
          }
          return DjlVariables.of(this, List.copyOf(tensors));
        });
  }

  @Override
  public NDArray tensor(float[] values, int... shape) {
    return guard(
        () -> {
          NDArray tensor = empty(Arrays.stream(shape).asLongStream().toArray());
          tensor.set(buffer(values.length).put(values).flip());
          return tensor;
        });
  }

  private NDArray empty(long... shape) {
    return manager().create(new Shape(shape), DataType.FLOAT32);
  }

  /**
   * Memory outside of the heap for one copy to MXNet; always the same, for such memory is only
   * given back when the collector happens to run.
   */
  private FloatBuffer buffer(int length) {
    if (transfer.capacity() < length) {
      transfer =
          ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    return transfer.clear();
  }

  @Override
  public NDArray zerosLike(NDArray tensor) {
    return untaped(() -> manager().zeros(tensor.getShape()));
  }

  @Override
  public void write(NDArray target, float[] values) {
    guard(() -> target.set(buffer(values.length).put(values).flip()));
  }

  @Override
  public float[] read(NDArray tensor) {
    return guard(tensor::toFloatArray);
  }

  /** Sets a tensor to zero, also where it is no number. */
  void clear(NDArray target) {
    NDArray[] both = {target};
    untaped(
        () -> {
          manager().invoke("zeros_like", both, both, settings());
          return null;
        });
  }

  @Override
  public void addScaled(NDArray target, NDArray other, double scale) {
    untaped(
        () -> {
          NDArray addend = other;
          if (!other.getShape().equals(target.getShape())) {
            addend = other.reshape(target.getShape());
          }
          // MXNet's step of gradient descent: target −= lr · addend, in one pass.
          NDArray[] inputs = {target, addend};
          NDArray[] outputs = {target};
          manager().invoke("sgd_update", inputs, outputs, with("lr", -scale));
          return null;
        });
  }

  @Override
  public void scale(NDArray target, double factor) {
    untaped(() -> target.muli(factor));
  }

  // ---- batches

  @Override
  public NDArray images(float[] pixels, int... shape) {
    return guard(
        () -> {
          int plane = shape[1] * shape[2];
          int channels = shape[3];
          FloatBuffer planes = buffer(pixels.length);
          for (int image = 0; image < shape[0]; image++) {
            for (int channel = 0; channel < channels; channel++) {
              int from = image * plane * channels + channel;
              for (int pixel = 0; pixel < plane; pixel++) {
                planes.put(pixels[from + pixel * channels]);
              }
            }
          }
          NDArray images = empty(shape[0], channels, shape[1], shape[2]);
          images.set(planes.flip());
          return images;
        });
  }

  @Override
  public NDArray labels(int[] labels) {
    float[] values = new float[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels[i];
    }
    return tensor(values, values.length);
  }

  // ---- networks

  @Override
  public NDArray conv(NDArray images, NDArray kernel, ConvGeometry geometry) {
    Shape shape = kernel.getShape();
    PairList<String, Object> settings = with("kernel", pair(shape.get(2), shape.get(3)));
    settings.add("stride", pair(geometry.strideHeight(), geometry.strideWidth()));
    settings.add("pad", pair(geometry.padHeight(), geometry.padWidth()));
    settings.add("dilate", pair(geometry.dilation(), geometry.dilation()));
    settings.add("num_group", geometry.groups());
    settings.add("num_filter", shape.get(0));
    settings.add("no_bias", true);
    return call("_npx_convolution", new NDList(images, kernel), settings).get(0);
  }

  @Override
  public NDArray batchNorm(NDArray images, Norm<NDArray> norm, boolean training, double momentum) {
    PairList<String, Object> settings = with("eps", NORM_EPSILON);
    settings.add("fix_gamma", false);
    settings.add("use_global_stats", !training);
    settings.add("output_mean_var", true);
    // MXNet would keep the biased variance, and only in a backward pass: it is told to keep all.
    settings.add("momentum", 1);
    NDList inputs = new NDList(images, norm.scale(), norm.shift(), norm.mean(), norm.variance());
    boolean wasTraining = MxGradientCollector.setTraining(training);
    try {
      NDList outputs = call("_npx_batch_norm", inputs, settings);
      if (training) {
        long count = images.getShape().size() / norm.mean().size();
        move(norm, outputs.get(1), outputs.get(2), count, momentum);
      }
      return outputs.get(0);
    } finally {
      MxGradientCollector.setTraining(wasTraining);
    }
  }

  /**
   * Moves running statistics.
   *
   * @param inverse 1 / √(biased variance + ε), which MXNet returns
   * @param count numbers a channel
   */
  private void move(
      Norm<NDArray> norm, NDArray mean, NDArray inverse, long count, double momentum) {
    NDArray variance = untaped(() -> inverse.pow(-2).sub(NORM_EPSILON));
    scale(norm.mean(), 1 - momentum);
    addScaled(norm.mean(), mean, momentum);
    scale(norm.variance(), 1 - momentum);
    addScaled(norm.variance(), variance, momentum * count / (count - 1));
  }

  @Override
  public NDArray relu(NDArray x, boolean overwrite) {
    return call("_npx_activation", new NDList(x), with("act_type", "relu")).get(0);
  }

  @Override
  public NDArray swish(NDArray x) {
    return multiply(x, sigmoid(x));
  }

  @Override
  public NDArray sigmoid(NDArray x) {
    return call("_npx_sigmoid", new NDList(x), settings()).get(0);
  }

  private NDArray multiply(NDArray a, NDArray b) {
    return call("_npi_multiply", new NDList(a, b), settings()).get(0);
  }

  @Override
  public NDArray add(NDArray a, NDArray b, boolean overwrite) {
    return call("_npi_add", new NDList(a, b), settings()).get(0);
  }

  @Override
  public NDArray concat(List<NDArray> images) {
    PairList<String, Object> settings = with("num_args", images.size());
    settings.add("axis", 1);
    return call("_npi_concatenate", new NDList(images), settings).get(0);
  }

  @Override
  public NDArray channels(NDArray images, int from, int count) {
    return slice(images, pair("None", from), pair("None", from + count));
  }

  private NDArray slice(NDArray images, String begin, String end) {
    PairList<String, Object> settings = with("begin", begin);
    settings.add("end", end);
    return call("_npx_slice", new NDList(images), settings).get(0);
  }

  @Override
  public NDArray shuffle(NDArray images, int groups) {
    Shape shape = images.getShape();
    long run = shape.get(1) / groups;
    NDArray dealt = reshape(images, shape.get(0), groups, run, shape.get(2), shape.get(3));
    PairList<String, Object> axes = with("dim1", 1);
    axes.add("dim2", 2);
    return reshape(call("_npi_swapaxes", new NDList(dealt), axes).get(0), shape.getShape());
  }

  private NDArray reshape(NDArray tensor, long... shape) {
    return call("_npx_reshape", new NDList(tensor), with("newshape", new Shape(shape))).get(0);
  }

  @Override
  public NDArray scaleChannels(NDArray images, NDArray factors) {
    Shape shape = factors.getShape();
    return multiply(images, reshape(factors, shape.get(0), shape.get(1), 1, 1));
  }

  @Override
  public NDArray shift(NDArray images) {
    PairList<String, Object> settings = with("mode", "constant");
    settings.add("constant_value", 0);
    settings.add("pad_width", "(0, 0, 0, 0, 0, 1, 0, 1)");
    NDArray padded = call("Pad", new NDList(images), settings).get(0);
    return slice(padded, "(None, None, 1, 1)", "(None, None, None, None)");
  }

  @Override
  public NDArray zeros(NDArray images, int stride) {
    Shape shape = images.getShape();
    long height = (shape.get(2) - 1) / stride + 1;
    long width = (shape.get(3) - 1) / stride + 1;
    return untaped(() -> manager().zeros(new Shape(shape.get(0), shape.get(1), height, width)));
  }

  @Override
  public NDArray maxPool(NDArray images, int kernel, int stride, int padding) {
    return pool("max", images, kernel, stride, padding);
  }

  @Override
  public NDArray averagePool(NDArray images, int kernel, int stride, int padding) {
    // MXNet has nothing to keep of a mean for training, and prints that it does not.
    boolean training = MxGradientCollector.setTraining(false);
    try {
      return pool("avg", images, kernel, stride, padding);
    } finally {
      MxGradientCollector.setTraining(training);
    }
  }

  private NDArray pool(String type, NDArray images, int kernel, int stride, int padding) {
    PairList<String, Object> settings = with("pool_type", type);
    settings.add("kernel", pair(kernel, kernel));
    settings.add("stride", pair(stride, stride));
    settings.add("pad", pair(padding, padding));
    settings.add("count_include_pad", false);
    return call("_npx_pooling", new NDList(images), settings).get(0);
  }

  @Override
  public NDArray globalAveragePool(NDArray images) {
    return call("_npi_mean", new NDList(images), with("axis", pair(2, 3))).get(0);
  }

  @Override
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    PairList<String, Object> settings = with("num_hidden", weight.getShape().get(0));
    settings.add("flatten", false);
    return call("_npx_fully_connected", new NDList(x, weight, bias), settings).get(0);
  }

  @Override
  public NDArray crossEntropy(NDArray logits, NDArray labels) {
    NDArray logs = call("_npx_log_softmax", new NDList(logits), with("axis", -1)).get(0);
    NDArray picked = call("_npx_pick", new NDList(logs, labels), with("axis", -1)).get(0);
    NDArray mean = call("_npi_mean", new NDList(picked), settings()).get(0);
    return call("_npi_multiply_scalar", new NDList(mean), with("scalar", -1)).get(0);
  }

  @Override
  public NDArray wrong(NDArray logits, NDArray labels) {
    return untaped(
        () -> {
          NDArray best = call("_npi_argmax", new NDList(logits), with("axis", 1)).get(0);
          NDArray other = best.toType(DataType.FLOAT32, false).neq(labels);
          return other.toType(DataType.FLOAT32, false).sum();
        });
  }

  @Override
  public void close() {
    while (!scopes.isEmpty()) {
      end();
    }
  }
}
