package dsa.trainer.data;

import java.util.Arrays;

/**
 * Labelled square colour images in memory. As published they are 32 x 32, a byte a pixel and
 * channel; smaller ones are means over areas of those, kept exactly as whole sums. Immutable.
 */
public final class ImageSet {

  /** Colours of an image. */
  public static final int CHANNELS = 3;

  /** Rows and columns of an image as published. */
  public static final int SIDE = 32;

  private final int side;
  private final int shares; // how many whole shares of a byte a level is the sum of
  private final byte[] pixels; // of images as published
  private final short[] sums; // of smaller ones
  private final byte[] labels;

  private ImageSet(int side, int shares, byte[] pixels, short[] sums, byte[] labels) {
    this.side = side;
    this.shares = shares;
    this.pixels = pixels;
    this.sums = sums;
    this.labels = labels;
  }

  /**
   * A set of images as published; the arrays are not copied and must not be changed afterwards.
   *
   * @param pixels image by image: the red plane row by row, then green, then blue
   * @param labels one an image, 0 or more
   */
  public static ImageSet of(byte[] pixels, byte[] labels) {
    if (pixels.length != labels.length * CHANNELS * SIDE * SIDE) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + pixels.length + " bytes of pixels");
    }
    return new ImageSet(SIDE, 1, pixels, new short[0], labels);
  }

  /**
   * These images, reduced: each pixel is the mean of the area that it covers, where a pixel of the
   * published image counts by the share of it inside (16 rows and columns: the mean of two by two).
   *
   * @param smaller rows and columns, a multiple of 4 from 8 to 32
   * @return this set for 32
   * @throws IllegalArgumentException for other sides, or if these are reduced already
   */
  public ImageSet reduced(int smaller) {
    if (smaller == side) {
      return this;
    }
    if (smaller < 8 || smaller > SIDE || smaller % 4 != 0 || side != SIDE) {
      throw new IllegalArgumentException(
          "images of side " + side + " cannot be reduced to side " + smaller);
    }
    int[][] weights = weights(smaller);
    int each = Arrays.stream(weights[0]).sum();
    short[] reduced = new short[size() * CHANNELS * smaller * smaller];
    int[] rows = new int[smaller * SIDE];
    for (int plane = 0; plane < size() * CHANNELS; plane++) {
      int from = plane * SIDE * SIDE;
      Arrays.fill(rows, 0);
      for (int y = 0; y < smaller; y++) {
        for (int down = y * SIDE / smaller; down < SIDE && weights[y][down] > 0; down++) {
          for (int x = 0; x < SIDE; x++) {
            rows[y * SIDE + x] += weights[y][down] * (pixels[from + down * SIDE + x] & 0xff);
          }
        }
      }
      int to = plane * smaller * smaller;
      for (int y = 0; y < smaller; y++) {
        for (int x = 0; x < smaller; x++) {
          int sum = 0;
          for (int right = x * SIDE / smaller; right < SIDE && weights[x][right] > 0; right++) {
            sum += weights[x][right] * rows[y * SIDE + right];
          }
          reduced[to + y * smaller + x] = (short) sum;
        }
      }
    }
    return new ImageSet(smaller, each * each, new byte[0], reduced, labels);
  }

  /**
   * How much of each row of a published image lies in each row of a smaller one, in equal parts.
   */
  private static int[][] weights(int smaller) {
    int unit = Integer.lowestOneBit(smaller); // the greatest common divisor with 32
    int[][] weights = new int[smaller][SIDE];
    for (int y = 0; y < smaller; y++) {
      for (int row = 0; row < SIDE; row++) {
        int from = Math.max(y * SIDE, row * smaller);
        int to = Math.min((y + 1) * SIDE, (row + 1) * smaller);
        weights[y][row] = Math.max(0, to - from) / unit;
      }
    }
    return weights;
  }

  /** Rows and columns of an image. */
  public int side() {
    return side;
  }

  /** How many images. */
  public int size() {
    return labels.length;
  }

  /** The label of an image. */
  public int label(int image) {
    return labels[image];
  }

  /**
   * The bytes of all images, plane by plane; must not be changed.
   *
   * @throws IllegalStateException if the images are reduced
   */
  public byte[] pixels() {
    if (side != SIDE) {
      throw new IllegalStateException("images of side " + side + " are no bytes");
    }
    return pixels;
  }

  /**
   * How bright a pixel is, of {@link #greatestLevel}.
   *
   * @param place plane by plane, image by image
   */
  public int level(int place) {
    return side == SIDE ? pixels[place] & 0xff : sums[place];
  }

  /** The level of white: 255 times the {@link #shares}. */
  public int greatestLevel() {
    return 255 * shares;
  }

  /** How many equal shares of published pixels a level adds up; 1 in images as published. */
  public int shares() {
    return shares;
  }

  /** The images at some places of this set, in that order. */
  public ImageSet subset(int[] images) {
    int length = CHANNELS * side * side;
    boolean whole = side == SIDE;
    byte[] somePixels = new byte[whole ? images.length * length : 0];
    short[] someSums = new short[whole ? 0 : images.length * length];
    byte[] someLabels = new byte[images.length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(
          whole ? pixels : sums,
          images[i] * length,
          whole ? somePixels : someSums,
          i * length,
          length);
      someLabels[i] = labels[images[i]];
    }
    return new ImageSet(side, shares, somePixels, someSums, someLabels);
  }

  /**
   * Writes the i-th image of a batch by row, column and then channel, with zeros (the mean colour)
   * where the crop leaves the image.
   *
   * @param numbers what the levels of this set stand for
   */
  public void copyTo(
      BatchPlan plan, int i, PixelNormalization.Table numbers, float[] target, int offset) {
    int plane = side * side;
    int image = plan.image(i) * CHANNELS * plane;
    int down = plan.down(i);
    int right = plan.right(i);
    boolean mirrored = plan.mirrored(i);
    if (down != 0 || right != 0) {
      Arrays.fill(target, offset, offset + CHANNELS * plane, 0f);
    }
    for (int channel = 0; channel < CHANNELS; channel++) {
      int first = image + channel * plane;
      for (int y = Math.max(0, -down); y < Math.min(side, side - down); y++) {
        int row = first + (y + down) * side;
        int to = offset + y * side * CHANNELS + channel;
        for (int x = Math.max(0, -right); x < Math.min(side, side - right); x++) {
          int column = mirrored ? side - 1 - (x + right) : x + right;
          target[to + x * CHANNELS] = numbers.of(channel, level(row + column));
        }
      }
    }
  }
}
