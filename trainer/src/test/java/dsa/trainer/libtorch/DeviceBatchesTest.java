package dsa.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;
import dsa.trainer.engine.Batches;
import dsa.trainer.engine.EngineOptions;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A GPU assembles its batches by other code than a processor. If the two differ by a pixel, models
 * trained on the one cannot be compared with models trained on the other, and no error curve would
 * show it.
 */
final class DeviceBatchesTest {

  private static final int IMAGES = 40;

  private LibtorchOps ops;
  private ImageSet set;
  private Batches<Tensor> host;
  private Batches<Tensor> onDevice;

  @BeforeEach
  void open() {
    ops = (LibtorchOps) new LibtorchEngine().open(EngineOptions.cpu());
    RandomStream random = SeedPath.root(7).generator();
    byte[] pixels = new byte[IMAGES * ImageSet.CHANNELS * ImageSet.SIDE * ImageSet.SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 10);
    }
    set = ImageSet.of(pixels, labels);
    host = ops.batches(set, PixelNormalization.CIFAR10);
    onDevice = ops.deviceBatches(set, PixelNormalization.CIFAR10);
  }

  @Test
  void batchesOfReducedImagesAreThoseOfTheHost() {
    for (int side : new int[] {16, 24}) {
      host = ops.batches(set.reduced(side), PixelNormalization.CIFAR10);
      onDevice = ops.deviceBatches(set.reduced(side), PixelNormalization.CIFAR10);
      assertSame(BatchPlan.plain(order(), 3, 67));
      assertSame(
          BatchPlan.augmented(order(), 0, 2 * IMAGES, 2, true, SeedPath.root(1).generator()));
    }
  }

  @AfterEach
  void close() {
    ops.close();
  }

  /** All images, some of them twice, out of order. */
  private static int[] order() {
    return IntStream.range(0, 2 * IMAGES).map(i -> 7 * i % IMAGES).toArray();
  }

  private void assertSame(BatchPlan plan) {
    Tensor expected = host.images(plan);
    Tensor actual = onDevice.images(plan);
    assertArrayEquals(LibtorchOps.sizes(expected), LibtorchOps.sizes(actual));
    assertArrayEquals(ops.read(expected), ops.read(actual), 0f);
    assertArrayEquals(ops.read(host.labels(plan)), ops.read(onDevice.labels(plan)), 0f, "labels");
  }

  @Test
  void plainBatchesAreThoseOfTheHost() {
    assertSame(BatchPlan.plain(order(), 3, 67));
  }

  @Test
  void shiftedAndMirroredBatchesAreThoseOfTheHost() {
    assertSame(BatchPlan.augmented(order(), 0, 2 * IMAGES, 4, true, SeedPath.root(1).generator()));
  }

  @Test
  void cropsThatLeaveTheImageAltogetherAreThoseOfTheHost() {
    assertSame(BatchPlan.augmented(order(), 0, 2 * IMAGES, 40, true, SeedPath.root(2).generator()));
  }

  @Test
  void channelsLieInnermostAsConvolutionsWantThem() {
    Tensor images = onDevice.images(BatchPlan.plain(order(), 0, 8));
    assertTrue(images.is_contiguous(torch.MemoryFormat.ChannelsLast));
  }
}
