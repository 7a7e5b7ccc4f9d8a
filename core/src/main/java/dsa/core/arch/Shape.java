package dsa.core.arch;

import java.util.Locale;

/**
 * The size of one image or feature map.
 *
 * @param channels feature maps, at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Shape(int channels, int height, int width) {

  /** Rejects sizes below 1. */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "shape %dx%dx%d has a side below 1", channels, height, width));
    }
  }

  /** How many numbers the map holds. */
  public long elements() {
    return (long) channels * height * width;
  }

  /**
   * This map after a padded operation of the given strides: each side becomes ⌊(side − 1)/stride⌋ +
   * 1.
   */
  Shape strided(int newChannels, int strideHeight, int strideWidth) {
    return new Shape(newChannels, (height - 1) / strideHeight + 1, (width - 1) / strideWidth + 1);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
