package dsa.trainer.engine;

/**
 * How an engine is to work.
 *
 * @param device where
 * @param threads of arithmetic, at least 1; another number sums in another order
 * @param precision of convolutions
 */
public record EngineOptions(DeviceKind device, int threads, Precision precision) {

  /** Rejects fewer than one thread. */
  public EngineOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + " < 1");
    }
  }

  /** One thread of 32-bit arithmetic on the processor. */
  public static EngineOptions cpu() {
    return new EngineOptions(DeviceKind.CPU, 1, Precision.FP32);
  }
}
