package dsa.sampler.stages;

import dsa.core.arch.BlockType;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StageSpec;
import dsa.core.complexity.Complexity;
import java.util.List;

/**
 * What a stage of bottleneck blocks costs, for any depth and whatever channels stand before it. The
 * first block's costs are linear in those channels and in the channels of its squeeze-excite, so
 * that walking its operations at two numbers of channels gives them for all: there are no counting
 * formulas here besides those of the operations.
 */
public final class StagePrice {

  private static final int COUNTS = 4;

  private final StageSpec stage;
  private final boolean identity; // the first block costs what later ones do after equal channels
  private final boolean squeezes;
  private final long[] later;
  private final long[] fixed;
  private final long[] perChannel;
  private final long[] perSqueezed;

  /**
   * Prices stages that differ from {@code stage} at most in depth.
   *
   * @param image a map of the stage's input; its channels do not matter
   */
  StagePrice(BlockType block, StageSpec stage, Shape image) {
    this.stage = stage;
    identity = stage.stride() == 1;
    squeezes = block == BlockType.SE_BOTTLENECK;
    long[] one = first(stage, stage.width() + 1, image);
    long[] two = first(stage, stage.width() + 2, image);
    fixed = new long[COUNTS];
    perChannel = new long[COUNTS];
    perSqueezed = new long[COUNTS];
    for (int i = 0; i < COUNTS; i++) {
      perChannel[i] = two[i] - one[i];
      fixed[i] = one[i] - perChannel[i] * (stage.width() + 1);
    }
    if (squeezes) {
      Shape narrow = new Shape(stage.bottleneckWidth(), 1, 1);
      long[] least = counts(new Op.SqueezeExcite(1, false).cost(narrow));
      long[] next = counts(new Op.SqueezeExcite(2, false).cost(narrow));
      for (int i = 0; i < COUNTS; i++) {
        perSqueezed[i] = next[i] - least[i];
        fixed[i] += least[i] - perSqueezed[i];
      }
    }
    StageSpec deep =
        new StageSpec(2, stage.width(), stage.stride(), stage.bottleneckWidth(), stage.groups());
    List<List<Op>> blocks = deep.blocks(block, stage.width());
    Shape input = new Shape(stage.width(), image.height(), image.width());
    Shape output = Op.outputOf(blocks.get(0), input);
    later = counts(Op.costOf(blocks.get(1), output));
  }

  /** The first block without squeeze-excite behind {@code channels}, which are not its width. */
  private static long[] first(StageSpec stage, int channels, Shape image) {
    Shape input = new Shape(channels, image.height(), image.width());
    return counts(Op.costOf(stage.blocks(BlockType.BOTTLENECK, channels).get(0), input));
  }

  public static long[] counts(Complexity cost) {
    return new long[] {cost.params(), cost.macs(), cost.ndsFlops(), cost.activations()};
  }

  /** The stage that is priced; its depth does not matter. */
  public StageSpec stage() {
    return stage;
  }

  /** Output channels. */
  public int width() {
    return stage.width();
  }

  /** The cost of one block behind the first. */
  public long later(int count) {
    return later[count];
  }

  /** Adds the four counts of {@code depth} blocks behind {@code channels} to {@code sums}. */
  public void addTo(long[] sums, int depth, int channels) {
    if (identity && channels == stage.width()) {
      for (int i = 0; i < COUNTS; i++) {
        sums[i] += depth * later[i];
      }
      return;
    }
    long more = depth - 1L;
    for (int i = 0; i < COUNTS; i++) {
      sums[i] += fixed[i] + channels * perChannel[i] + more * later[i];
    }
    if (squeezes) {
      long squeezed = StageSpec.squeezed(channels);
      for (int i = 0; i < COUNTS; i++) {
        sums[i] += squeezed * perSqueezed[i];
      }
    }
  }
}
