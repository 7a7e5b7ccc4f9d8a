package dsa.sampler.format;

import java.util.function.Supplier;

/** Says what is wrong with a space, and which key of its file is at fault. */
public final class SpaceFault extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String key;

  /**
   * A fault.
   *
   * @param key such as {@code stages[1].width}, below what is being made
   */
  public SpaceFault(String key, String message) {
    super(message);
    this.key = key;
  }

  private SpaceFault(String key, IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
    this.key = key;
  }

  /** What {@code making} makes; if it refuses to, {@code key} is at fault. */
  public static <T> T naming(String key, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      throw new SpaceFault(key, e);
    }
  }

  public String key() {
    return key;
  }
}
