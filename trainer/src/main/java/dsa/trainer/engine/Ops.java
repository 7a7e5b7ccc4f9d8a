package dsa.trainer.engine;

import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import java.util.List;

/**
 * The arithmetic of one engine on one device: the small interface that engines implement and
 * everything else is written in. Images are tensors of logical shape (batch, channels, height,
 * width), whatever their layout in memory. Used by one thread, the one that opened it.
 *
 * <p>Tensors made while a {@link Scope} is open end with the innermost one; others end with {@link
 * #close}. A failing native call throws {@link EngineException} with one sentence.
 *
 * @param <T> the engine's tensor
 */
public interface Ops<T> extends AutoCloseable {

  /** Small number added to variances by {@link #batchNorm}. */
  double NORM_EPSILON = 1e-5;

  /** The engine and the device that compute. */
  EngineInfo info();

  /** Opens a scope for temporary tensors. */
  Scope scope();

  /**
   * Hands memory that nobody uses back to the system. Where tensors of many sizes come and go, it
   * otherwise lies about in pieces, more with every network.
   */
  default void trim() {}

  /** Starts to record for gradients. */
  Tape<T> tape();

  // ---- tensors

  /**
   * Makes trainable tensors, which live as long as others made here.
   *
   * @param values of each tensor, row by row: (out, in / groups, height, width) for kernels
   * @param shapes of each tensor
   */
  Variables<T> variables(List<float[]> values, List<int[]> shapes);

  /** A tensor that is no variable. */
  T tensor(float[] values, int... shape);

  /** A new tensor of zeros shaped like another. */
  T zerosLike(T tensor);

  // These four are never recorded by a tape.

  /** Overwrites a tensor with values row by row. */
  void write(T target, float[] values);

  /** The values of a tensor row by row, in its logical shape; waits for the device. */
  float[] read(T tensor);

  /** {@code target += scale * other}, in place. */
  void addScaled(T target, T other, double scale);

  /** {@code target *= factor}, in place. */
  void scale(T target, double factor);

  // ---- batches

  /**
   * A batch of images.
   *
   * @param pixels by image, row, column and then channel
   * @param shape batch, height, width, channels
   * @return a tensor of logical shape (batch, channels, height, width)
   */
  T images(float[] pixels, int... shape);

  /** The labels of a batch, as {@link #crossEntropy} and {@link #wrong} want them. */
  T labels(int[] labels);

  /**
   * Where batches of a set of images come from: assembled in Java, unless the engine keeps the set
   * on its device and assembles there. Both give the same numbers.
   */
  default Batches<T> batches(ImageSet set, PixelNormalization normalization) {
    return new HostBatches<>(this, set, normalization);
  }

  // ---- networks

  /**
   * A convolution without bias.
   *
   * @param kernel of shape (out, in / groups, height, width)
   */
  T conv(T images, T kernel, ConvGeometry geometry);

  /**
   * Batch normalization over batch, height and width, with {@link #NORM_EPSILON}.
   *
   * @param training whether to normalize by the batch's own (biased) statistics and to move the
   *     running ones; else by the running ones
   * @param momentum share of the batch's mean and unbiased variance in the new running ones
   */
  T batchNorm(T images, Norm<T> norm, boolean training, double momentum);

  /**
   * The normalized convolution of networks that are not being trained: {@code
   * batchNorm(conv(images, kernel), norm)} by the running statistics, then perhaps {@link #relu}.
   * An engine may compute it in one pass, with other rounding.
   *
   * @param rectified whether negative values become 0
   */
  default T convNormed(T images, T kernel, ConvGeometry geometry, Norm<T> norm, boolean rectified) {
    T normed = batchNorm(conv(images, kernel, geometry), norm, false, 0);
    return rectified ? relu(normed, true) : normed;
  }

  /**
   * max(0, x).
   *
   * @param overwrite whether nobody needs x any more, so that its memory may be used
   */
  T relu(T x, boolean overwrite);

  /** x · sigmoid(x). */
  T swish(T x);

  /** 1 / (1 + e⁻ˣ). */
  T sigmoid(T x);

  /**
   * The sum of two tensors of one shape.
   *
   * @param overwrite whether nobody needs a any more, so that its memory may be used
   */
  T add(T a, T b, boolean overwrite);

  /** Tensors joined along the channels. */
  T concat(List<T> images);

  /** Some of the channels: {@code count} of them, the first of which is {@code from}. */
  T channels(T images, int from, int count);

  /** Of {@code groups} equal runs of channels the first of each, then the second of each, … */
  T shuffle(T images, int groups);

  /** Each channel of each image times a factor of its own, of shape (batch, channels). */
  T scaleChannels(T images, T factors);

  /** Each map moved up and left by one pixel; zeros come in from below and from the right. */
  T shift(T images);

  /** Zeros, as many as a padded window of this stride would make of the images. */
  T zeros(T images, int stride);

  /** The maximum over square windows; padding never wins. */
  T maxPool(T images, int kernel, int stride, int padding);

  /** The mean over square windows of the cells inside the image; padding does not count. */
  T averagePool(T images, int kernel, int stride, int padding);

  /** The mean of each feature map: (batch, channels, height, width) to (batch, channels). */
  T globalAveragePool(T images);

  /**
   * {@code x · weightᵀ + bias}.
   *
   * @param x of shape (batch, in)
   * @param weight of shape (out, in)
   * @param bias of shape (out)
   */
  T linear(T x, T weight, T bias);

  /** The mean over the batch of −ln softmax(logits)[label], a scalar. */
  T crossEntropy(T logits, T labels);

  /** How many rows have their largest logit elsewhere than at the label, a scalar. */
  T wrong(T logits, T labels);

  @Override
  void close();
}
