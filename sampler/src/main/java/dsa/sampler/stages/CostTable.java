package dsa.sampler.stages;

import dsa.core.arch.BlockType;
import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StageSpec;
import dsa.core.complexity.Complexity;
import java.util.List;

/**
 * What every option of one stage costs behind every width of the stage before: a first block, then
 * {@code depth - 1} equal ones.
 */
final class CostTable {

  private final int[] depths;
  private final int shapes;
  private final int shapesPerWidth;
  private final Complexity[] first; // by width before, then shape
  private final Complexity[] later; // by shape
  private final Shape output;

  /**
   * Prices a stage by walking its blocks.
   *
   * @param channels the widths the stage may find before it
   * @param image a map of the stage's input; its channels do not matter
   * @param extra what is charged to the stage besides its blocks, such as the stem
   * @param head operations behind the stage that are charged to it
   */
  CostTable(
      StageGrid grid,
      BlockType block,
      List<Integer> channels,
      Shape image,
      Complexity extra,
      List<Op> head) {
    depths = new int[grid.depth().size()];
    for (int d = 0; d < depths.length; d++) {
      depths[d] = grid.depth().whole(d);
    }
    shapes = grid.shapes();
    shapesPerWidth = grid.ratio().size() * grid.groups().size();
    first = new Complexity[channels.size() * shapes];
    later = new Complexity[shapes];
    Shape out = image;
    for (int shape = 0; shape < shapes; shape++) {
      StageSpec two = grid.stage(shape, 2);
      for (int before = 0; before < channels.size(); before++) {
        Shape input = new Shape(channels.get(before), image.height(), image.width());
        List<List<Op>> blocks = two.blocks(block, channels.get(before));
        out = Op.outputOf(blocks.get(0), input);
        Complexity cost = Op.costOf(blocks.get(0), input).plus(extra).plus(Op.costOf(head, out));
        first[before * shapes + shape] = cost;
        later[shape] = Op.costOf(blocks.get(1), out);
      }
    }
    output = out;
  }

  /** A map of the stage's output; its channels are those of the last shape. */
  Shape output() {
    return output;
  }

  /** Adds the cost of {@code option} behind width {@code before} to {@code sum}. */
  void addTo(Complexity.Sum sum, int before, int option) {
    int shape = option / depths.length;
    sum.add(first[before * shapes + shape]);
    sum.add(later[shape], depths[option - shape * depths.length] - 1L);
  }

  /** The index of the width that {@code option} hands on. */
  int widthIndexOf(int option) {
    return option / depths.length / shapesPerWidth;
  }

  /**
   * The cost of {@code option} behind width {@code before}.
   *
   * @throws ArithmeticException if a count passes 2^63 - 1
   */
  Complexity cost(int before, int option) {
    int shape = option / depths.length;
    long more = depths[option - shape * depths.length] - 1L;
    return first[before * shapes + shape].plus(later[shape].times(more));
  }
}
