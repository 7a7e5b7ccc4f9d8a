package dsa.trainer.libtorch;

import static dsa.trainer.libtorch.Failures.guard;

import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import java.util.function.IntToLongFunction;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Batches assembled on the device, where the whole set lies, a byte a pixel and channel. Only the
 * plan of a batch travels. Bytes become numbers by a table made in Java, so the numbers are those
 * of batches assembled in Java, bit for bit.
 */
final class DeviceBatches implements Batches<Tensor> {

  private static final int SIDE = ImageSet.SIDE;
  private static final int PLANE = SIDE * SIDE;
  private static final int CHANNELS = ImageSet.CHANNELS;

  private final Device device;
  private final Tensor pixels; // (image and place in it, channel), bytes
  private final Tensor classes; // (image)
  private final Tensor numbers; // (channel and byte), what a byte stands for
  private final Tensor firstNumber; // (channel), where a channel's 256 numbers begin
  private final Tensor steps; // 0 to SIDE - 1

  /** Copies the set to the device; its tensors end with the scope that is open now. */
  DeviceBatches(Device device, ImageSet set, PixelNormalization normalization) {
    this.device = device;
    this.pixels = guard(() -> pixels(set));
    this.classes = guard(() -> longs(set.size(), set::label));
    this.numbers = guard(() -> numbers(normalization));
    this.firstNumber = guard(() -> longs(CHANNELS, channel -> channel * 256L));
    this.steps = guard(() -> longs(SIDE, step -> step));
  }

  private Tensor pixels(ImageSet set) {
    Tensor planes =
        onDevice(new BytePointer(set.pixels()), torch.ScalarType.Byte, set.pixels().length);
    return planes
        .view(set.size(), CHANNELS, PLANE)
        .permute(0, 2, 1)
        .contiguous()
        .view((long) set.size() * PLANE, CHANNELS);
  }

  private Tensor numbers(PixelNormalization normalization) {
    float[] table = new float[CHANNELS * 256];
    for (int i = 0; i < table.length; i++) {
      table[i] = normalization.of(i / 256, (byte) (i % 256));
    }
    return onDevice(new FloatPointer(table), torch.ScalarType.Float, table.length);
  }

  private Tensor longs(int count, IntToLongFunction value) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.applyAsLong(i);
    }
    return onDevice(new LongPointer(values), torch.ScalarType.Long, count);
  }

  /**
   * A tensor of its own memory with the values behind {@code pointer}. The copy need not be waited
   * for: CUDA returns from it when it has read memory that is not pinned.
   */
  private Tensor onDevice(Pointer pointer, torch.ScalarType type, long count) {
    try (pointer) {
      Tensor borrowed = torch.from_blob(pointer, new long[] {count}, new TensorOptions(type));
      Tensor owned = borrowed.to(device, type, true, true, new MemoryFormatOptional());
      borrowed.close();
      return owned;
    }
  }

  @Override
  public Tensor images(BatchPlan plan) {
    return guard(
        () -> {
          int size = plan.size();
          Tensor image = column(size, plan::image);
          Tensor y = steps.view(1, SIDE, 1).add(column(size, plan::down));
          Tensor x = steps.view(1, 1, SIDE).add(column(size, plan::right));
          Tensor insideY = inside(y);
          Tensor insideX = inside(x);
          Tensor outside = insideY.ne(y).logical_or(insideX.ne(x));
          Tensor place =
              image
                  .mul(new Scalar((long) PLANE))
                  .add(insideY.mul(new Scalar((long) SIDE)))
                  .add(mirrored(insideX, column(size, i -> plan.mirrored(i) ? 1 : 0)));
          Tensor bytes = pixels.index_select(0, place.view(-1)).to(torch.ScalarType.Long);
          return numbers
              .index_select(0, bytes.add(firstNumber).view(-1))
              .view(size, SIDE, SIDE, CHANNELS)
              .masked_fill_(outside.unsqueeze(3), new Scalar(0.0))
              .permute(0, 3, 1, 2);
        });
  }

  /** One number an image, shaped to be combined with rows and columns. */
  private Tensor column(int size, IntToLongFunction value) {
    return longs(size, value).view(size, 1, 1);
  }

  /** The nearest places inside the image. */
  private static Tensor inside(Tensor places) {
    return places.clamp_min(new Scalar(0L)).clamp_max(new Scalar(SIDE - 1L));
  }

  /** {@code x}, or SIDE − 1 − x where {@code mirrored} is 1. */
  private static Tensor mirrored(Tensor x, Tensor mirrored) {
    return x.add(mirrored.mul(x.mul(new Scalar(-2L)).add(new Scalar(SIDE - 1L))));
  }

  @Override
  public Tensor labels(BatchPlan plan) {
    return guard(() -> classes.index_select(0, longs(plan.size(), plan::image)));
  }
}
