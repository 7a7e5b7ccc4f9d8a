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
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Batches assembled on the device, where the whole set lies, a byte a pixel and channel, or two of
 * reduced images. Only the plan of a batch travels. Levels become numbers by a table made in Java,
 * so the numbers are those of batches assembled in Java, bit for bit.
 */
final class DeviceBatches implements Batches<Tensor> {

  private static final int CHANNELS = ImageSet.CHANNELS;

  private final Device device;
  private final int side;
  private final Tensor pixels; // (image and place in it, channel), levels
  private final Tensor classes; // (image)
  private final Tensor numbers; // (channel and level), what a level stands for
  private final Tensor firstNumber; // (channel), where a channel's numbers begin
  private final Tensor steps; // 0 to side - 1

  /** Copies the set to the device; its tensors end with the scope that is open now. */
  DeviceBatches(Device device, ImageSet set, PixelNormalization normalization) {
    this.device = device;
    this.side = set.side();
    this.pixels = guard(() -> pixels(set));
    this.classes = guard(() -> longs(set.size(), set::label));
    this.numbers = guard(() -> numbers(normalization.table(set), set.greatestLevel() + 1));
    this.firstNumber =
        guard(() -> longs(CHANNELS, channel -> channel * (set.greatestLevel() + 1L)));
    this.steps = guard(() -> longs(side, step -> step));
  }

  private Tensor pixels(ImageSet set) {
    long plane = (long) side * side;
    return levels(set)
        .view(set.size(), CHANNELS, plane)
        .permute(0, 2, 1)
        .contiguous()
        .view(set.size() * plane, CHANNELS);
  }

  private Tensor levels(ImageSet set) {
    if (side == ImageSet.SIDE) {
      return onDevice(new BytePointer(set.pixels()), torch.ScalarType.Byte, set.pixels().length);
    }
    short[] levels = new short[set.size() * CHANNELS * side * side];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (short) set.level(i);
    }
    return onDevice(new ShortPointer(levels), torch.ScalarType.Short, levels.length);
  }

  private Tensor numbers(PixelNormalization.Table numbers, int levels) {
    float[] table = new float[CHANNELS * levels];
    for (int i = 0; i < table.length; i++) {
      table[i] = numbers.of(i / levels, i % levels);
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
          Tensor y = steps.view(1, side, 1).add(column(size, plan::down));
          Tensor x = steps.view(1, 1, side).add(column(size, plan::right));
          Tensor insideY = inside(y);
          Tensor insideX = inside(x);
          Tensor outside = insideY.ne(y).logical_or(insideX.ne(x));
          Tensor place =
              image
                  .mul(new Scalar((long) side * side))
                  .add(insideY.mul(new Scalar((long) side)))
                  .add(mirrored(insideX, column(size, i -> plan.mirrored(i) ? 1 : 0)));
          Tensor levels = pixels.index_select(0, place.view(-1)).to(torch.ScalarType.Long);
          return numbers
              .index_select(0, levels.add(firstNumber).view(-1))
              .view(size, side, side, CHANNELS)
              .masked_fill_(outside.unsqueeze(3), new Scalar(0.0))
              .permute(0, 3, 1, 2);
        });
  }

  /** One number an image, shaped to be combined with rows and columns. */
  private Tensor column(int size, IntToLongFunction value) {
    return longs(size, value).view(size, 1, 1);
  }

  /** The nearest places inside the image. */
  private Tensor inside(Tensor places) {
    return places.clamp_min(new Scalar(0L)).clamp_max(new Scalar(side - 1L));
  }

  /** {@code x}, or side − 1 − x where {@code mirrored} is 1. */
  private Tensor mirrored(Tensor x, Tensor mirrored) {
    return x.add(mirrored.mul(x.mul(new Scalar(-2L)).add(new Scalar(side - 1L))));
  }

  @Override
  public Tensor labels(BatchPlan plan) {
    return guard(() -> classes.index_select(0, longs(plan.size(), plan::image)));
  }
}
