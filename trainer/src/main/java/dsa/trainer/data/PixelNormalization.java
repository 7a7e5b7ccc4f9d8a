package dsa.trainer.data;

/**
 * Makes bytes of 0 to 255 into numbers around zero: {@code (byte / 255 − mean) / deviation}, for
 * red, green and blue.
 */
public final class PixelNormalization {

  /** The means and standard deviations of CIFAR-10's training images that pycls uses. */
  public static final PixelNormalization CIFAR10 =
      new PixelNormalization(
          new float[] {125.3f / 255, 123.0f / 255, 113.9f / 255},
          new float[] {63.0f / 255, 62.1f / 255, 66.7f / 255});

  private final float[][] values = new float[ImageSet.CHANNELS][256];

  /**
   * @param mean by channel, in [0, 1]
   * @param deviation by channel, above 0
   */
  PixelNormalization(float[] mean, float[] deviation) {
    for (int channel = 0; channel < ImageSet.CHANNELS; channel++) {
      for (int value = 0; value < 256; value++) {
        values[channel][value] = (value / 255f - mean[channel]) / deviation[channel];
      }
    }
  }

  /** The number a byte stands for. */
  public float of(int channel, byte value) {
    return values[channel][value & 0xff];
  }
}
