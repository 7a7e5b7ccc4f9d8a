package dsa.core.arch;

import java.util.List;
import java.util.Locale;

/** What stands before the first stage. */
public enum Stem {
  /** One 3x3 convolution, stride 1: for 32 x 32 images. */
  CIFAR,
  /** One 3x3 convolution, stride 2: AnyNet and RegNet on 224 x 224 images. */
  SIMPLE,
  /** One 7x7 convolution, stride 2, and a 3x3 max-pool, stride 2: ResNet on 224 x 224 images. */
  IMAGENET;

  /** The lower-case name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no stem
   */
  public static Stem parse(String text) {
    for (Stem stem : values()) {
      if (stem.label().equals(text.toLowerCase(Locale.ROOT))) {
        return stem;
      }
    }
    throw new IllegalArgumentException("stem '" + text + "' is none of cifar, simple, imagenet");
  }

  /** The operations, for {@code width} channels. */
  public List<Op> ops(int width) {
    if (this == IMAGENET) {
      return List.of(
          new Op.Conv(7, width, 2, 1), new Op.BatchNorm(), new Op.Relu(), Op.Pool.max(3, 2));
    }
    return List.of(
        new Op.Conv(3, width, this == CIFAR ? 1 : 2, 1), new Op.BatchNorm(), new Op.Relu());
  }
}
