package dsa.trainer.data;

import java.util.Arrays;

/** Labelled 32 x 32 colour images in memory, a byte a pixel and channel. Immutable. */
public final class ImageSet {

  /** Colours of an image. */
  public static final int CHANNELS = 3;

  /** Rows and columns of an image. */
  public static final int SIDE = 32;

  private static final int PLANE = SIDE * SIDE;

  private final byte[] pixels;
  private final byte[] labels;

  private ImageSet(byte[] pixels, byte[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * A set of images; the arrays are not copied and must not be changed afterwards.
   *
   * @param pixels image by image: the red plane row by row, then green, then blue
   * @param labels one an image, 0 or more
   */
  public static ImageSet of(byte[] pixels, byte[] labels) {
    if (pixels.length != labels.length * CHANNELS * PLANE) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + pixels.length + " bytes of pixels");
    }
    return new ImageSet(pixels, labels);
  }

  /** How many images. */
  public int size() {
    return labels.length;
  }

  /** The label of an image. */
  public int label(int image) {
    return labels[image];
  }

  /** The bytes of all images, plane by plane; must not be changed. */
  public byte[] pixels() {
    return pixels;
  }

  /** The images at some places of this set, in that order. */
  public ImageSet subset(int[] images) {
    byte[] somePixels = new byte[images.length * CHANNELS * PLANE];
    byte[] someLabels = new byte[images.length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(
          pixels, images[i] * CHANNELS * PLANE, somePixels, i * CHANNELS * PLANE, CHANNELS * PLANE);
      someLabels[i] = labels[images[i]];
    }
    return new ImageSet(somePixels, someLabels);
  }

  /**
   * Writes the i-th image of a batch by row, column and then channel, with zeros (the mean colour)
   * where the crop leaves the image.
   */
  public void copyTo(
      BatchPlan plan, int i, PixelNormalization normalization, float[] target, int offset) {
    int image = plan.image(i) * CHANNELS * PLANE;
    int down = plan.down(i);
    int right = plan.right(i);
    boolean mirrored = plan.mirrored(i);
    if (down != 0 || right != 0) {
      Arrays.fill(target, offset, offset + CHANNELS * PLANE, 0f);
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      int plane = image + channel * PLANE;
      for (int y = Math.max(0, -down); y < Math.min(SIDE, SIDE - down); y++) {
        int row = plane + (y + down) * SIDE;
        int to = offset + y * SIDE * CHANNELS + channel;
        for (int x = Math.max(0, -right); x < Math.min(SIDE, SIDE - right); x++) {
          int column = mirrored ? SIDE - 1 - (x + right) : x + right;
          target[to + x * CHANNELS] = normalization.of(channel, pixels[row + column]);
        }
      }
    }
  }
}
