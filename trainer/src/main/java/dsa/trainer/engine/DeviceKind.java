package dsa.trainer.engine;

import java.util.Locale;

/** Where arithmetic happens. */
public enum DeviceKind {
  /** The processor. */
  CPU,
  /** An NVIDIA GPU; to Python's PyTorch an AMD one too. */
  CUDA,
  /** An Apple GPU. */
  MPS,
  /** An Intel GPU. */
  XPU;

  /** The name users give, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
