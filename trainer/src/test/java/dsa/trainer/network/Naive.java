package dsa.trainer.network;

import dsa.core.random.RandomStream;
import dsa.trainer.engine.ConvGeometry;
import dsa.trainer.engine.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;

/** What engines are held to: a tensor of doubles, and operations as loops that hide nothing. */
final class Naive {

  private final int[] shape;
  private final double[] values;

  private Naive(int... shape) {
    this.shape = shape.clone();
    this.values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
  }

  /** Numbers between −1 and 1 that a float holds exactly. */
  static Naive random(RandomStream random, int... shape) {
    Naive tensor = new Naive(shape);
    for (int i = 0; i < tensor.values.length; i++) {
      tensor.values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return tensor;
  }

  /** The same numbers, each by a factor and a summand, as floats hold them. */
  Naive times(double factor, double summand) {
    Naive tensor = new Naive(shape);
    for (int i = 0; i < values.length; i++) {
      tensor.values[i] = (float) (values[i] * factor + summand);
    }
    return tensor;
  }

  static Naive of(float[] values, int... shape) {
    Naive tensor = new Naive(shape);
    for (int i = 0; i < values.length; i++) {
      tensor.values[i] = values[i];
    }
    return tensor;
  }

  /** The point some steps from here along a direction; not rounded. */
  Naive moved(Naive direction, double steps) {
    Naive tensor = new Naive(shape);
    for (int i = 0; i < values.length; i++) {
      tensor.values[i] = values[i] + steps * direction.values[i];
    }
    return tensor;
  }

  /** Numbers no two of which are nearer than 1 / length, in random order, all below −1. */
  static Naive distinct(RandomStream random, int... shape) {
    Naive tensor = new Naive(shape);
    double[] values = tensor.values;
    for (int i = 0; i < values.length; i++) {
      int other = random.nextInt(i + 1);
      values[i] = values[other];
      values[other] = (float) (-2 + (double) i / values.length);
    }
    return tensor;
  }

  int[] shape() {
    return shape.clone();
  }

  int length() {
    return values.length;
  }

  double value(int i) {
    return values[i];
  }

  float[] floats() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private int at(int n, int c, int y, int x) {
    return ((n * shape[1] + c) * shape[2] + y) * shape[3] + x;
  }

  private boolean inside(int y, int x) {
    return y >= 0 && y < shape[2] && x >= 0 && x < shape[3];
  }

  /** The derivatives of {@code loss}, which reads this tensor, by central differences. */
  Naive gradient(DoubleSupplier loss) {
    double step = 1e-4; // leaves an error of about 1e-8 · f''' + 1e-12 · f
    Naive gradient = new Naive(shape);
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + step;
      double above = loss.getAsDouble();
      values[i] = value - step;
      double below = loss.getAsDouble();
      values[i] = value;
      gradient.values[i] = (above - below) / (2 * step);
    }
    return gradient;
  }

  /** An output element computed from its place. */
  private interface Element {
    double at(int n, int c, int y, int x);
  }

  private static Naive fill(int n, int c, int height, int width, Element element) {
    Naive out = new Naive(n, c, height, width);
    for (int i = 0; i < out.values.length; i++) {
      out.values[i] =
          element.at(
              i / (c * height * width), i / (height * width) % c, i / width % height, i % width);
    }
    return out;
  }

  static Naive conv(Naive images, Naive kernel, ConvGeometry g) {
    int inEach = kernel.shape[1];
    int outEach = kernel.shape[0] / g.groups();
    int kernelHeight = kernel.shape[2];
    int kernelWidth = kernel.shape[3];
    return fill(
        images.shape[0],
        kernel.shape[0],
        (images.shape[2] + 2 * g.padHeight() - g.dilation() * (kernelHeight - 1) - 1)
                / g.strideHeight()
            + 1,
        (images.shape[3] + 2 * g.padWidth() - g.dilation() * (kernelWidth - 1) - 1)
                / g.strideWidth()
            + 1,
        (n, c, y, x) -> {
          double sum = 0;
          for (int in = 0; in < inEach; in++) {
            for (int i = 0; i < kernelHeight; i++) {
              for (int j = 0; j < kernelWidth; j++) {
                int row = y * g.strideHeight() - g.padHeight() + i * g.dilation();
                int column = x * g.strideWidth() - g.padWidth() + j * g.dilation();
                if (images.inside(row, column)) {
                  int channel = c / outEach * inEach + in;
                  sum +=
                      images.values[images.at(n, channel, row, column)]
                          * kernel.values[kernel.at(c, in, i, j)];
                }
              }
            }
          }
          return sum;
        });
  }

  /** By channel. */
  static Naive mean(Naive images) {
    Naive mean = new Naive(images.shape[1]);
    int plane = images.shape[2] * images.shape[3];
    for (int i = 0; i < images.values.length; i++) {
      mean.values[i / plane % images.shape[1]] +=
          images.values[i] / (images.shape[0] * (double) plane);
    }
    return mean;
  }

  /** By channel, divided by n − {@code lost}. */
  static Naive variance(Naive images, int lost) {
    Naive mean = mean(images);
    Naive variance = new Naive(images.shape[1]);
    int plane = images.shape[2] * images.shape[3];
    for (int i = 0; i < images.values.length; i++) {
      int channel = i / plane % images.shape[1];
      double distance = images.values[i] - mean.values[channel];
      variance.values[channel] += distance * distance / (images.shape[0] * plane - lost);
    }
    return variance;
  }

  static Naive normalized(Naive images, Naive scale, Naive shift, Naive mean, Naive variance) {
    return fill(
        images.shape[0],
        images.shape[1],
        images.shape[2],
        images.shape[3],
        (n, c, y, x) ->
            (images.values[images.at(n, c, y, x)] - mean.values[c])
                    / Math.sqrt(variance.values[c] + Ops.NORM_EPSILON)
                    * scale.values[c]
                + shift.values[c]);
  }

  private Naive each(DoubleUnaryOperator function) {
    Naive out = new Naive(shape);
    for (int i = 0; i < values.length; i++) {
      out.values[i] = function.applyAsDouble(values[i]);
    }
    return out;
  }

  static Naive relu(Naive x) {
    return x.each(value -> Math.max(0, value));
  }

  static Naive sigmoid(Naive x) {
    return x.each(value -> 1 / (1 + Math.exp(-value)));
  }

  static Naive swish(Naive x) {
    return x.each(value -> value / (1 + Math.exp(-value)));
  }

  static Naive add(Naive a, Naive b) {
    Naive out = new Naive(a.shape);
    for (int i = 0; i < out.values.length; i++) {
      out.values[i] = a.values[i] + b.values[i];
    }
    return out;
  }

  static Naive concat(List<Naive> images) {
    Naive first = images.get(0);
    return fill(
        first.shape[0],
        images.stream().mapToInt(image -> image.shape[1]).sum(),
        first.shape[2],
        first.shape[3],
        (n, c, y, x) -> {
          int channel = c;
          for (Naive image : images) {
            if (channel < image.shape[1]) {
              return image.values[image.at(n, channel, y, x)];
            }
            channel -= image.shape[1];
          }
          throw new AssertionError("channel " + c);
        });
  }

  private static Naive like(Naive images, int channels, Element element) {
    return fill(images.shape[0], channels, images.shape[2], images.shape[3], element);
  }

  static Naive channels(Naive images, int from, int count) {
    return like(images, count, (n, c, y, x) -> images.values[images.at(n, from + c, y, x)]);
  }

  static Naive shuffle(Naive images, int groups) {
    int run = images.shape[1] / groups;
    return like(
        images,
        images.shape[1],
        (n, c, y, x) -> images.values[images.at(n, c % groups * run + c / groups, y, x)]);
  }

  static Naive scaleChannels(Naive images, Naive factors) {
    int channels = images.shape[1];
    return like(
        images,
        channels,
        (n, c, y, x) -> images.values[images.at(n, c, y, x)] * factors.values[n * channels + c]);
  }

  static Naive shift(Naive images) {
    return like(
        images,
        images.shape[1],
        (n, c, y, x) ->
            images.inside(y + 1, x + 1) ? images.values[images.at(n, c, y + 1, x + 1)] : 0);
  }

  static Naive zeros(Naive images, int stride) {
    int height = (images.shape[2] - 1) / stride + 1;
    int width = (images.shape[3] - 1) / stride + 1;
    return new Naive(images.shape[0], images.shape[1], height, width);
  }

  static Naive pool(Naive images, int kernel, int stride, int padding, boolean maximum) {
    return fill(
        images.shape[0],
        images.shape[1],
        (images.shape[2] + 2 * padding - kernel) / stride + 1,
        (images.shape[3] + 2 * padding - kernel) / stride + 1,
        (n, c, y, x) -> {
          double most = Double.NEGATIVE_INFINITY;
          double sum = 0;
          int cells = 0;
          for (int row = y * stride - padding; row < y * stride - padding + kernel; row++) {
            for (int column = x * stride - padding;
                column < x * stride - padding + kernel;
                column++) {
              if (images.inside(row, column)) {
                double value = images.values[images.at(n, c, row, column)];
                most = Math.max(most, value);
                sum += value;
                cells++;
              }
            }
          }
          return maximum ? most : sum / cells;
        });
  }

  static Naive globalAveragePool(Naive images) {
    Naive out = new Naive(images.shape[0], images.shape[1]);
    int plane = images.shape[2] * images.shape[3];
    for (int i = 0; i < images.values.length; i++) {
      out.values[i / plane] += images.values[i] / plane;
    }
    return out;
  }

  static Naive linear(Naive x, Naive weight, Naive bias) {
    int inputs = weight.shape[1];
    int outputs = weight.shape[0];
    Naive out = new Naive(x.shape[0], outputs);
    for (int i = 0; i < out.values.length; i++) {
      double sum = bias.values[i % outputs];
      for (int j = 0; j < inputs; j++) {
        sum += x.values[i / outputs * inputs + j] * weight.values[i % outputs * inputs + j];
      }
      out.values[i] = sum;
    }
    return out;
  }

  static double crossEntropy(Naive logits, int... labels) {
    int classes = logits.shape[1];
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      double[] values = Arrays.copyOfRange(logits.values, row * classes, (row + 1) * classes);
      double most = Arrays.stream(values).max().orElseThrow();
      double scale = Arrays.stream(values).map(value -> Math.exp(value - most)).sum();
      sum += Math.log(scale) + most - values[labels[row]];
    }
    return sum / labels.length;
  }
}
