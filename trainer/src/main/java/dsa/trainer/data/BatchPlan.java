package dsa.trainer.data;

import dsa.core.random.RandomStream;

/**
 * Which images a batch is made of, and how each is shifted and mirrored: chosen in Java, so that
 * every engine and device sees the same batch.
 */
public final class BatchPlan {

  private final int[] images;
  private final int[] down;
  private final int[] right;
  private final boolean[] mirrored;

  private BatchPlan(int[] images, int[] down, int[] right, boolean[] mirrored) {
    this.images = images;
    this.down = down;
    this.right = right;
    this.mirrored = mirrored;
  }

  /** The images from {@code from} up to but not including {@code to} of an order, as they are. */
  public static BatchPlan plain(int[] order, int from, int to) {
    int size = to - from;
    int[] images = new int[size];
    System.arraycopy(order, from, images, 0, size);
    return new BatchPlan(images, new int[size], new int[size], new boolean[size]);
  }

  /**
   * The same images, each mirrored left to right with probability one half, then shifted by up to
   * {@code pad} pixels in both directions, all equally likely: a crop out of the padded image.
   *
   * @param pad 0 for no shift
   * @param mirror whether to mirror
   */
  public static BatchPlan augmented(
      int[] order, int from, int to, int pad, boolean mirror, RandomStream random) {
    BatchPlan plan = plain(order, from, to);
    for (int i = 0; i < plan.size(); i++) {
      plan.mirrored[i] = mirror && random.nextInt(2) == 1;
      plan.down[i] = random.nextInt(2 * pad + 1) - pad;
      plan.right[i] = random.nextInt(2 * pad + 1) - pad;
    }
    return plan;
  }

  /** How many images. */
  public int size() {
    return images.length;
  }

  /** The place of the i-th image in its set. */
  public int image(int i) {
    return images[i];
  }

  /** Rows by which the crop lies below the image's top: output row y shows row y + down. */
  public int down(int i) {
    return down[i];
  }

  /** Columns by which the crop lies right of the (mirrored) image's left side. */
  public int right(int i) {
    return right[i];
  }

  /** Whether the image is mirrored left to right before it is cropped. */
  public boolean mirrored(int i) {
    return mirrored[i];
  }
}
