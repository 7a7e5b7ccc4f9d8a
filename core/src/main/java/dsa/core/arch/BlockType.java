package dsa.core.arch;

import java.util.Locale;

/**
 * The block a staged network repeats. Layouts: Radosavovic et al., ICCV 2019, section 4; pycls
 * {@code anynet.py}.
 */
public enum BlockType {
  /** Two 3x3 convolutions, no shortcut. */
  VANILLA,
  /** Two 3x3 convolutions and a shortcut: the basic ResNet block. */
  RESIDUAL,
  /** 1x1, grouped 3x3 (which carries the stride), 1x1, and a shortcut: the ResNeXt block. */
  BOTTLENECK,
  /**
   * The bottleneck block with a squeeze-excite behind the grouped 3x3's ReLU, a quarter as wide as
   * the input of the block, rounded half to even: the Y block of RegNet (Radosavovic et al., CVPR
   * 2020, section 5).
   */
  SE_BOTTLENECK;

  /** The lower-case name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether its stages have a bottleneck width and groups of their own. */
  public boolean hasBottleneck() {
    return this == BOTTLENECK || this == SE_BOTTLENECK;
  }

  /**
   * Reads {@link #label()} in any case.
   *
   * @throws IllegalArgumentException if the text names no block
   */
  public static BlockType parse(String text) {
    for (BlockType block : values()) {
      if (block.label().equals(text.toLowerCase(Locale.ROOT))) {
        return block;
      }
    }
    throw new IllegalArgumentException(
        "block '" + text + "' is none of vanilla, residual, bottleneck, se-bottleneck");
  }
}
