package dsa.sampler.stages;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import dsa.core.arch.Task;
import dsa.sampler.Dimension;
import dsa.sampler.format.SpaceFault;
import java.util.ArrayList;
import java.util.List;

/**
 * What all networks of an AnyNet or RegNet space have in common: everything but the depths, widths
 * and groups of their stages.
 *
 * @param block one with a bottleneck
 * @param stemWidth channels that the stem hands to the first stage
 * @param strides of the stages, at most 16
 */
public record NetworkFrame(BlockType block, Stem stem, int stemWidth, List<Integer> strides) {

  private static final int MOST_STAGES = 16;

  /** Rejects blocks without a bottleneck and what is out of range. */
  public NetworkFrame {
    strides = List.copyOf(strides);
    if (!block.hasBottleneck()) {
      throw new SpaceFault(
          "block", block.label() + " blocks have no bottleneck; use bottleneck or se-bottleneck");
    }
    if (stemWidth < 1 || stemWidth > Dimension.LARGEST) {
      throw new SpaceFault(
          "stem.width", "stem width " + stemWidth + " is not between 1 and " + Dimension.LARGEST);
    }
    if (strides.isEmpty() || strides.size() > MOST_STAGES) {
      throw new SpaceFault(
          "strides", strides.size() + " strides; a space has 1 to " + MOST_STAGES + " stages");
    }
    for (int i = 0; i < strides.size(); i++) {
      int stride = strides.get(i);
      if (stride < 1 || stride > 64) {
        throw new SpaceFault("strides[" + i + "]", "stride " + stride + " is not between 1 and 64");
      }
    }
  }

  /** The largest number of stages. */
  public int stages() {
    return strides.size();
  }

  /** The map that each stage is given on a task; channels do not matter. */
  List<Shape> images(Task task) {
    List<Shape> images = new ArrayList<>();
    Shape image = Op.outputOf(stem.ops(stemWidth), task.input());
    for (int stride : strides) {
      images.add(image);
      image = Op.outputOf(List.of(new Op.Conv(1, stemWidth, stride, 1)), image);
    }
    return images;
  }

  /**
   * Refuses spaces whose networks might cost too much to be counted, judged by one that is as deep
   * and as wide everywhere as any is anywhere.
   *
   * @throws IllegalArgumentException if some count of it passes 2^63 - 1
   */
  public void refuseUncountable(Task task, int depth, int width, int bottleneck) {
    network(
            strides.stream()
                .map(stride -> new StageSpec(depth, width, stride, bottleneck, 1))
                .toList())
        .complexity(task);
  }

  /** The network of these stages. */
  public StagedSpec network(List<StageSpec> stages) {
    return new StagedSpec(block, stem, stemWidth, stages);
  }

  /** Whether {@code spec} differs from other networks here only in depths, widths and groups. */
  public boolean holds(ArchitectureSpec spec) {
    return spec instanceof StagedSpec staged
        && staged.block() == block
        && staged.stem() == stem
        && staged.stemWidth() == stemWidth
        && staged.stages().size() <= strides.size()
        && staged.stages().stream()
            .map(StageSpec::stride)
            .toList()
            .equals(strides.subList(0, staged.stages().size()));
  }
}
