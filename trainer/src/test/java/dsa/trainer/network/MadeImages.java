package dsa.trainer.network;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.trainer.data.Cifar10;
import dsa.trainer.data.ImageSet;

/** Images like CIFAR-10's that can be learned: noise around one colour for each of ten classes. */
final class MadeImages {

  private static final int BYTES = ImageSet.CHANNELS * ImageSet.SIDE * ImageSet.SIDE;

  private MadeImages() {}

  /** As many images of each class, in turn. */
  static Cifar10 of(int train, int test) {
    return new Cifar10(
        "made",
        images(train, SeedPath.root(1).generator()),
        images(test, SeedPath.root(2).generator()),
        "made " + train + " and " + test);
  }

  private static ImageSet images(int count, RandomStream random) {
    byte[] pixels = new byte[count * BYTES];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / BYTES;
      int channel = i / (ImageSet.SIDE * ImageSet.SIDE) % ImageSet.CHANNELS;
      labels[image] = (byte) (image % 10);
      int color = 64 + (37 * (image % 10) * (channel + 2) + 50 * channel) % 128;
      pixels[i] = (byte) (color + random.nextInt(121) - 60);
    }
    return ImageSet.of(pixels, labels);
  }
}
