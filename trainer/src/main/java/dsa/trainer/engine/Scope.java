package dsa.trainer.engine;

/** The life of temporary tensors: those made while it is the innermost scope end with it. */
public interface Scope extends AutoCloseable {
  @Override
  void close();
}
