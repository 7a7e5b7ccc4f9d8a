package dsa.trainer.engine;

import java.util.List;

/**
 * The trainable tensors of one network and their gradients.
 *
 * @param <T> the engine's tensor
 */
public interface Variables<T> {

  /** The tensors in the order and shapes they were asked for. */
  List<T> tensors();

  /**
   * The numbers behind the tensors, cut as suits the engine: one flat tensor, or the tensors
   * themselves. Optimisers work on these, in place.
   */
  List<T> storage();

  /** The gradients of {@link #storage}, as they are after a backward pass; owned by the engine. */
  List<T> gradients();

  /** Sets all gradients to zero. */
  void clearGradients();
}
