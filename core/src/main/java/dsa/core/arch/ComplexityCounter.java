package dsa.core.arch;

import dsa.core.complexity.Complexity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the costs of many networks, each distinct block once: the thousands of networks of a
 * population are made of a few hundred. Not thread-safe.
 */
public final class ComplexityCounter {

  private final Map<Block, Complexity> costs = new HashMap<>();

  /** All that the cost of a block depends on. */
  private record Block(
      BlockType type, int width, int stride, int bottleneckWidth, int groups, Shape input) {

    // Written out, for the ones the compiler would add are slow until they have run often.
    @Override
    public boolean equals(Object other) {
      return other instanceof Block block
          && type == block.type
          && width == block.width
          && stride == block.stride
          && bottleneckWidth == block.bottleneckWidth
          && groups == block.groups
          && input.channels() == block.input.channels()
          && input.height() == block.input.height()
          && input.width() == block.input.width();
    }

    @Override
    public int hashCode() {
      int hash = 31 * width + bottleneckWidth;
      hash = 31 * hash + groups;
      hash = 31 * hash + input.channels();
      return 31 * hash + input.height() + stride;
    }
  }

  /** What {@link StagedSpec#complexity} returns, in less time. */
  public Complexity of(StagedSpec spec, Task task) {
    List<Op> stem = spec.stem().ops(spec.stemWidth());
    Complexity cost = Op.costOf(stem, task.input());
    Shape shape = Op.outputOf(stem, task.input());
    for (StageSpec stage : spec.stages()) {
      cost = cost.plus(block(spec.block(), stage, stage.stride(), shape));
      shape = shape.strided(stage.width(), stage.stride(), stage.stride());
      if (stage.depth() > 1) {
        cost = cost.plus(block(spec.block(), stage, 1, shape).times(stage.depth() - 1L));
      }
    }
    return cost.plus(Op.costOf(StagedSpec.headOps(task), shape));
  }

  private Complexity block(BlockType type, StageSpec stage, int stride, Shape input) {
    Block block =
        new Block(type, stage.width(), stride, stage.bottleneckWidth(), stage.groups(), input);
    Complexity known = costs.get(block);
    return known != null ? known : count(block, stage);
  }

  private Complexity count(Block block, StageSpec stage) {
    List<Op> ops = stage.block(block.type, block.input.channels(), block.stride);
    Complexity cost = Op.costOf(ops, block.input);
    costs.put(block, cost);
    return cost;
  }
}
