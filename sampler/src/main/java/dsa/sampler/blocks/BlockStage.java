package dsa.sampler.blocks;

import dsa.sampler.Dimension;
import dsa.sampler.format.SpaceFault;
import java.util.List;
import java.util.Optional;

/**
 * A stage of equal blocks. Its options are numbered with the repeats running fastest.
 *
 * @param stride what {@code stride} stands for in the first block; it is 1 in later ones
 * @param repeat numbers of blocks
 * @param width arithmetic for {@code out}, the channels the stage should end in; absent if its
 *     block does not ask
 * @param axes what else may be chosen
 * @param block the template
 */
record BlockStage(
    int stride,
    Dimension repeat,
    Optional<BlockText> width,
    List<BlockAxis> axes,
    BlockText block) {

  private static final int MOST_REPEATS = 100;
  private static final int LARGEST_STRIDE = 64;

  /** Copies the axes; rejects strides and repeats out of range. */
  BlockStage {
    axes = List.copyOf(axes);
    if (stride < 1 || stride > LARGEST_STRIDE) {
      throw new SpaceFault(
          "stride", "stride " + stride + " is not between 1 and " + LARGEST_STRIDE);
    }
    for (int i = 0; i < repeat.size(); i++) {
      if (repeat.whole(i) > MOST_REPEATS) {
        throw new SpaceFault(
            "repeat[" + i + "]",
            "a stage of " + repeat.whole(i) + " blocks; " + MOST_REPEATS + " are allowed");
      }
    }
  }

  /** What stands once, without choices: a stem, a tail. */
  static BlockStage fixed(BlockText block) {
    return new BlockStage(1, Dimension.of("repeat", 1), Optional.empty(), List.of(), block);
  }

  /** How many options it has. */
  long options() {
    return BlockAxis.combinations(axes) * repeat.size();
  }
}
