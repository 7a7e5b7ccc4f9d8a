package dsa.trainer.engine;

/**
 * A stretch of computation that gradients are kept for. Outside of a tape nothing is recorded.
 *
 * @param <T> the engine's tensor
 */
public interface Tape<T> extends AutoCloseable {

  /** Adds the gradients of a scalar to those of all variables it was computed from. */
  void backward(T loss);

  @Override
  void close();
}
