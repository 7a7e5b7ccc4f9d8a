package dsa.trainer.engine;

import java.util.Locale;

/** The numbers that convolutions and linear layers compute in; sums and weights are 32-bit. */
public enum Precision {
  /** 32-bit floating point. */
  FP32,
  /** bfloat16, by automatic casting. */
  BF16;

  /** The name users give, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
