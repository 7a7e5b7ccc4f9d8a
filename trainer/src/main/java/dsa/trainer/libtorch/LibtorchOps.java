package dsa.trainer.libtorch;

import static dsa.trainer.libtorch.Failures.guard;

import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.DeviceKind;
import dsa.trainer.engine.EngineInfo;
import dsa.trainer.engine.EngineOptions;
import dsa.trainer.engine.Norm;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Precision;
import dsa.trainer.engine.Scope;
import dsa.trainer.engine.Tape;
import dsa.trainer.engine.Variables;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's arithmetic. Images and kernels lie in memory with their channels innermost, which its
 * convolutions are fastest with.
 */
final class LibtorchOps implements Ops<Tensor> {

  /** The release that the presets are made of. */
  private static final String VERSION = "2.10.0";

  /** Numbers in the widest register of most processors. */
  private static final int VECTOR = 8;

  private static final Scalar EPSILON = new Scalar(NORM_EPSILON);

  private final EngineInfo info;
  private final Device device;
  private final boolean onCpu;
  private final boolean bf16;
  private final PointerScope life;
  private final AutoGradMode untaped;

  private LibtorchOps(EngineInfo info, Device device, PointerScope life, AutoGradMode untaped) {
    this.info = info;
    this.device = device;
    this.onCpu = info.options().device() == DeviceKind.CPU;
    this.bf16 = info.options().precision() == Precision.BF16;
    this.life = life;
    this.untaped = untaped;
  }

  static LibtorchOps open(EngineOptions options) {
    PointerScope life = new PointerScope();
    return guard(
        () -> {
          if (options.device() == DeviceKind.CUDA) {
            try {
              Cuda.open();
            } catch (RuntimeException e) {
              life.close();
              throw e;
            }
          }
          torch.set_num_threads(options.threads());
          AutoGradMode untaped = new AutoGradMode(false);
          Device device = new Device(options.device().label());
          String version = "libtorch " + VERSION;
          return new LibtorchOps(
              new EngineInfo(version, Devices.describe(options.device()), options),
              device,
              life,
              untaped);
        });
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public Scope scope() {
    PointerScope scope = new PointerScope();
    return scope::close;
  }

  @Override
  public void trim() {
    Pointer.trimMemory();
  }

  @Override
  public Tape<Tensor> tape() {
    AutoGradMode recording = new AutoGradMode(true);
    Autocast autocast = bf16 ? Autocast.on(info.options().device()) : null;
    return new Tape<>() {
      @Override
      public void backward(Tensor loss) {
        guard(
            () -> {
              loss.backward();
              return null;
            });
      }

      @Override
      public void close() {
        if (autocast != null) {
          autocast.close();
        }
        recording.close();
      }
    };
  }

  @Override
  public Variables<Tensor> variables(List<float[]> values, List<int[]> shapes) {
    return guard(() -> FlatVariables.of(this, values, shapes));
  }

  @Override
  public Tensor tensor(float[] values, int... shape) {
    return guard(() -> onDevice(floats(values, shape)));
  }

  /** A tensor of its own memory, on the processor. */
  private static Tensor floats(float[] values, int... shape) {
    try (FloatPointer pointer = new FloatPointer(values)) {
      Tensor borrowed = torch.from_blob(pointer, longs(shape));
      Tensor owned = borrowed.clone();
      borrowed.close();
      return owned;
    }
  }

  private Tensor onDevice(Tensor tensor) {
    return onCpu ? tensor : tensor.to(device, tensor.scalar_type());
  }

  private static long[] longs(int... shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }

  @Override
  public Tensor zerosLike(Tensor tensor) {
    return guard(() -> torch.zeros_like(tensor));
  }

  @Override
  public void write(Tensor target, float[] values) {
    guard(
        () -> {
          try (PointerScope scope = new PointerScope();
              AutoGradMode off = new AutoGradMode(false)) {
            long[] sizes = sizes(target);
            target.copy_(torch.from_blob(new FloatPointer(values), sizes));
            return null;
          }
        });
  }

  static long[] sizes(Tensor tensor) {
    long[] sizes = new long[(int) tensor.dim()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = tensor.size(i);
    }
    return sizes;
  }

  @Override
  public float[] read(Tensor tensor) {
    return guard(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.detach().to(torch.ScalarType.Float).cpu().contiguous();
            float[] values = new float[(int) plain.numel()];
            new FloatPointer(plain.data_ptr_float()).get(values);
            return values;
          }
        });
  }

  @Override
  public void addScaled(Tensor target, Tensor other, double scale) {
    guard(
        () -> {
          try (PointerScope scope = new PointerScope();
              AutoGradMode off = new AutoGradMode(false)) {
            return target.add_(other, new Scalar(scale)).isNull();
          }
        });
  }

  @Override
  public void scale(Tensor target, double factor) {
    guard(
        () -> {
          try (PointerScope scope = new PointerScope();
              AutoGradMode off = new AutoGradMode(false)) {
            return target.mul_(new Scalar(factor)).isNull();
          }
        });
  }

  @Override
  public Tensor images(float[] pixels, int... shape) {
    return guard(() -> onDevice(floats(pixels, shape)).permute(0, 3, 1, 2));
  }

  @Override
  public Tensor labels(int[] labels) {
    return guard(
        () -> {
          try (LongPointer pointer = new LongPointer(longs(labels))) {
            Tensor borrowed =
                torch.from_blob(
                    pointer, new long[] {labels.length}, new TensorOptions(torch.ScalarType.Long));
            return onDevice(borrowed.clone());
          }
        });
  }

  @Override
  public Batches<Tensor> batches(ImageSet set, PixelNormalization normalization) {
    return onCpu ? Ops.super.batches(set, normalization) : deviceBatches(set, normalization);
  }

  /** Batches of a set that lies on the device; the processor is faster with those of Java. */
  Batches<Tensor> deviceBatches(ImageSet set, PixelNormalization normalization) {
    return new DeviceBatches(device, set, normalization);
  }

  @Override
  public Tensor conv(Tensor images, Tensor kernel, ConvGeometry geometry) {
    return guard(() -> conv(images, kernel, new TensorOptional(), geometry));
  }

  private Tensor conv(Tensor images, Tensor kernel, TensorOptional bias, ConvGeometry geometry) {
    if (onCpu && skipsPixels(kernel, geometry) && images.size(1) % VECTOR != 0) {
      // oneDNN 3 without AVX-512 writes past the end of its buffers for these; read what is looked
      // at and nothing else: the same sums
      Tensor read = everySoManyth(images, 2, geometry.strideHeight());
      read = everySoManyth(read, 3, geometry.strideWidth());
      return conv(
          read.contiguous(torch.MemoryFormat.ChannelsLast),
          kernel,
          bias,
          new ConvGeometry(1, 0, 0, 1, geometry.groups()));
    }
    return torch.conv2d(
        images,
        kernel,
        bias,
        new long[] {geometry.strideHeight(), geometry.strideWidth()},
        new long[] {geometry.padHeight(), geometry.padWidth()},
        new long[] {geometry.dilation(), geometry.dilation()},
        geometry.groups());
  }

  /** Whether a kernel of one cell steps over pixels. */
  private static boolean skipsPixels(Tensor kernel, ConvGeometry geometry) {
    return kernel.size(2) == 1
        && kernel.size(3) == 1
        && geometry.strideHeight() * geometry.strideWidth() > 1;
  }

  private static Tensor everySoManyth(Tensor images, long dimension, long step) {
    return images.slice(
        dimension, new LongOptional(0), new LongOptional(images.size(dimension)), step);
  }

  @Override
  public Tensor batchNorm(Tensor images, Norm<Tensor> norm, boolean training, double momentum) {
    return guard(
        () -> {
          if (onCpu && images.size(1) % VECTOR != 0) {
            // with channels innermost the processor's kernel takes these one number at a time
            return batchNormed(images.contiguous(), norm, training, momentum)
                .contiguous(torch.MemoryFormat.ChannelsLast);
          }
          return batchNormed(images, norm, training, momentum);
        });
  }

  private static Tensor batchNormed(
      Tensor images, Norm<Tensor> norm, boolean training, double momentum) {
    return torch.batch_norm(
        images,
        new TensorOptional(norm.scale()),
        new TensorOptional(norm.shift()),
        new TensorOptional(norm.mean()),
        new TensorOptional(norm.variance()),
        training,
        momentum,
        NORM_EPSILON,
        true);
  }

  @Override
  public Tensor convNormed(
      Tensor images, Tensor kernel, ConvGeometry geometry, Norm<Tensor> norm, boolean rectified) {
    return guard(
        () -> {
          Tensor factor = norm.variance().add(EPSILON).rsqrt().mul(norm.scale());
          Tensor bias = norm.shift().sub(norm.mean().mul(factor));
          Tensor folded = kernel.mul(factor.view(factor.size(0), 1, 1, 1));
          Tensor out = conv(images, folded, new TensorOptional(bias), geometry);
          return rectified ? out.relu_() : out;
        });
  }

  @Override
  public Tensor relu(Tensor x, boolean overwrite) {
    return guard(() -> overwrite ? x.relu_() : torch.relu(x));
  }

  @Override
  public Tensor swish(Tensor x) {
    return guard(() -> torch.silu(x));
  }

  @Override
  public Tensor sigmoid(Tensor x) {
    return guard(() -> torch.sigmoid(x));
  }

  @Override
  public Tensor add(Tensor a, Tensor b, boolean overwrite) {
    return guard(() -> overwrite ? a.add_(b) : a.add(b));
  }

  @Override
  public Tensor concat(List<Tensor> images) {
    return guard(() -> torch.cat(new TensorVector(images.toArray(new Tensor[0])), 1));
  }

  @Override
  public Tensor channels(Tensor images, int from, int count) {
    return guard(() -> images.narrow(1, from, count));
  }

  @Override
  public Tensor shuffle(Tensor images, int groups) {
    return guard(
        () -> {
          long[] n = sizes(images);
          return images
              .permute(0, 2, 3, 1)
              .reshape(n[0], n[2], n[3], groups, n[1] / groups)
              .transpose(3, 4)
              .reshape(n[0], n[2], n[3], n[1])
              .permute(0, 3, 1, 2);
        });
  }

  @Override
  public Tensor scaleChannels(Tensor images, Tensor factors) {
    return guard(() -> images.mul(factors.view(factors.size(0), factors.size(1), 1, 1)));
  }

  @Override
  public Tensor shift(Tensor images) {
    return guard(() -> torch.constant_pad_nd(images, -1, 1, -1, 1));
  }

  @Override
  public Tensor zeros(Tensor images, int stride) {
    return guard(
        () -> {
          long[] n = sizes(images);
          return images
              .new_zeros(n[0], (n[2] - 1) / stride + 1, (n[3] - 1) / stride + 1, n[1])
              .permute(0, 3, 1, 2);
        });
  }

  @Override
  public Tensor maxPool(Tensor images, int kernel, int stride, int padding) {
    return guard(
        () ->
            torch.max_pool2d(
                images,
                new long[] {kernel, kernel},
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                false));
  }

  @Override
  public Tensor averagePool(Tensor images, int kernel, int stride, int padding) {
    return guard(
        () ->
            torch.avg_pool2d(
                images,
                new long[] {kernel, kernel},
                new long[] {stride, stride},
                new long[] {padding, padding},
                false,
                false,
                new LongOptional()));
  }

  @Override
  public Tensor globalAveragePool(Tensor images) {
    return guard(() -> images.mean(2, 3));
  }

  @Override
  public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    return guard(() -> torch.linear(x, weight, new TensorOptional(bias)));
  }

  @Override
  public Tensor crossEntropy(Tensor logits, Tensor labels) {
    return guard(() -> torch.cross_entropy_loss(logits.to(torch.ScalarType.Float), labels));
  }

  @Override
  public Tensor wrong(Tensor logits, Tensor labels) {
    return guard(
        () ->
            logits
                .detach()
                .argmax(new LongOptional(1), false)
                .ne(labels)
                .to(torch.ScalarType.Float)
                .sum());
  }

  @Override
  public void close() {
    untaped.close();
    life.close();
  }
}
