package dsa.trainer.engine;

import dsa.trainer.data.BatchPlan;
import dsa.trainer.data.ImageSet;
import dsa.trainer.data.PixelNormalization;

/** Batches assembled in Java and copied to the device. */
final class HostBatches<T> implements Batches<T> {

  private final Ops<T> ops;
  private final ImageSet set;
  private final PixelNormalization.Table numbers;
  private float[] pixels = new float[0];

  HostBatches(Ops<T> ops, ImageSet set, PixelNormalization normalization) {
    this.ops = ops;
    this.set = set;
    this.numbers = normalization.table(set);
  }

  @Override
  public T images(BatchPlan plan) {
    int each = ImageSet.CHANNELS * set.side() * set.side();
    if (pixels.length != plan.size() * each) {
      pixels = new float[plan.size() * each];
    }
    for (int i = 0; i < plan.size(); i++) {
      set.copyTo(plan, i, numbers, pixels, i * each);
    }
    return ops.images(pixels, plan.size(), set.side(), set.side(), ImageSet.CHANNELS);
  }

  @Override
  public T labels(BatchPlan plan) {
    int[] labels = new int[plan.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = set.label(plan.image(i));
    }
    return ops.labels(labels);
  }
}
