package dsa.trainer.engine;

/** An engine could not be loaded, or failed at work; the message is one sentence for the user. */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether the device or the process ran out of memory. */
  private final boolean outOfMemory;

  /** An engine's failure in one sentence. */
  public EngineException(String message, boolean outOfMemory, Throwable cause) {
    super(message, cause);
    this.outOfMemory = outOfMemory;
  }

  /** Whether memory ran out, so that the same model will fail again here. */
  public boolean outOfMemory() {
    return outOfMemory;
  }
}
