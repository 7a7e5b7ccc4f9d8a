package dsa.trainer.data;

/**
 * Makes brightness in [0, 1] into numbers around zero: {@code (brightness − mean) / deviation}, for
 * red, green and blue.
 */
public final class PixelNormalization {

  /** The means and standard deviations of CIFAR-10's training images that pycls uses. */
  public static final PixelNormalization CIFAR10 =
      new PixelNormalization(
          new float[] {125.3f / 255, 123.0f / 255, 113.9f / 255},
          new float[] {63.0f / 255, 62.1f / 255, 66.7f / 255});

  private final float[] mean;
  private final float[] deviation;

  /**
   * @param mean by channel, in [0, 1]
   * @param deviation by channel, above 0
   */
  PixelNormalization(float[] mean, float[] deviation) {
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  /** The numbers of all levels of a set of images. */
  public Table table(ImageSet set) {
    float[][] values = new float[ImageSet.CHANNELS][set.greatestLevel() + 1];
    for (int channel = 0; channel < values.length; channel++) {
      for (int level = 0; level < values[channel].length; level++) {
        values[channel][level] =
            (level / (float) set.greatestLevel() - mean[channel]) / deviation[channel];
      }
    }
    return new Table(values);
  }

  /** What each level of a set of images stands for. */
  public static final class Table {

    private final float[][] values;

    private Table(float[][] values) {
      this.values = values;
    }

    /** The number that a level of a channel stands for. */
    public float of(int channel, int level) {
      return values[channel][level];
    }
  }
}
