package dsa.trainer.libtorch;

import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.Ops;
import dsa.trainer.engine.Scope;

/** One convolution on two devices: the first thing to know of a device nobody has computed on. */
final class FirstConvolution {

  /** More than rounding to 32 bits explains, and less than TensorFloat-32 makes. */
  static final double TOLERANCE = 1e-4;

  private static final int BATCH = 8;
  private static final int SIDE = 16;
  private static final int CHANNELS = 16;
  private static final int KERNEL = 3;

  private FirstConvolution() {}

  /** The largest difference between the results, as a share of the largest of them. */
  static double difference(Ops<?> one, Ops<?> other) {
    float[] a = result(one);
    float[] b = result(other);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i]));
      difference = Math.max(difference, Math.abs(a[i] - b[i])); // Math.max keeps NaN
    }
    return difference / largest;
  }

  private static <T> float[] result(Ops<T> ops) {
    try (Scope scope = ops.scope()) {
      T images = ops.images(wave(BATCH * SIDE * SIDE * CHANNELS), BATCH, SIDE, SIDE, CHANNELS);
      T kernel =
          ops.tensor(
              wave(CHANNELS * CHANNELS * KERNEL * KERNEL), CHANNELS, CHANNELS, KERNEL, KERNEL);
      return ops.read(ops.conv(images, kernel, ConvGeometry.same(KERNEL, 1, 1)));
    }
  }

  private static float[] wave(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) Math.sin(1.7 * i);
    }
    return values;
  }
}
