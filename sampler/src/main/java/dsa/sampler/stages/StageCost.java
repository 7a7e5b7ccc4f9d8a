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
public final class StageCost {

  private final StageSpec stage;
  private final boolean identity; // the first block costs what later ones do after equal channels
  private final boolean squeezes;
  private final Complexity later;
  private final Complexity fixed;
  private final Complexity perChannel;
  private final Complexity perSqueezed;

  /**
   * Of stages that differ from {@code stage} at most in depth.
   *
   * @param image a map of the stage's input; its channels do not matter
   */
  StageCost(BlockType block, StageSpec stage, Shape image) {
    this.stage = stage;
    identity = stage.stride() == 1;
    squeezes = block == BlockType.SE_BOTTLENECK;
    Complexity one = first(stage, stage.width() + 1, image);
    perChannel = first(stage, stage.width() + 2, image).minus(one);
    Complexity plain = one.minus(perChannel.times(stage.width() + 1));
    if (squeezes) {
      Shape narrow = new Shape(stage.bottleneckWidth(), 1, 1);
      Complexity least = new Op.SqueezeExcite(1, false).cost(narrow);
      perSqueezed = new Op.SqueezeExcite(2, false).cost(narrow).minus(least);
      fixed = plain.plus(least.minus(perSqueezed));
    } else {
      perSqueezed = Complexity.ZERO;
      fixed = plain;
    }
    StageSpec deep =
        new StageSpec(2, stage.width(), stage.stride(), stage.bottleneckWidth(), stage.groups());
    List<List<Op>> blocks = deep.blocks(block, stage.width());
    Shape input = new Shape(stage.width(), image.height(), image.width());
    Shape output = Op.outputOf(blocks.get(0), input);
    later = Op.costOf(blocks.get(1), output);
  }

  /** The first block without squeeze-excite behind {@code channels}, which are not its width. */
  private static Complexity first(StageSpec stage, int channels, Shape image) {
    Shape input = new Shape(channels, image.height(), image.width());
    return Op.costOf(stage.blocks(BlockType.BOTTLENECK, channels).get(0), input);
  }

  /** The stage; its depth does not matter. */
  public StageSpec stage() {
    return stage;
  }

  /** Output channels. */
  public int width() {
    return stage.width();
  }

  /** The cost of one block behind the first. */
  public Complexity later() {
    return later;
  }

  /** Adds the cost of {@code depth} blocks behind {@code channels} to {@code sum}. */
  public void addTo(Complexity.Sum sum, int depth, int channels) {
    if (identity && channels == stage.width()) {
      sum.add(later, depth);
      return;
    }
    sum.add(fixed);
    sum.add(perChannel, channels);
    sum.add(later, depth - 1L);
    if (squeezes) {
      sum.add(perSqueezed, StageSpec.squeezed(channels));
    }
  }
}
