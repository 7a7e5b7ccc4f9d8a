package dsa.trainer.engine;

import dsa.trainer.data.BatchPlan;

/**
 * Batches of one set of images.
 *
 * @param <T> the engine's tensor
 */
public interface Batches<T> {

  /** The normalized, shifted and mirrored images of a batch. */
  T images(BatchPlan plan);

  /** Their labels. */
  T labels(BatchPlan plan);
}
