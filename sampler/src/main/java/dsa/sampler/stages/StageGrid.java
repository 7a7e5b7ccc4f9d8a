package dsa.sampler.stages;

import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.sampler.Dimension;
import dsa.sampler.format.SpaceFault;
import java.util.List;
import java.util.OptionalInt;

/**
 * The values one stage may take. A stage's options are numbered with depth running fastest, then
 * groups, ratio and width; all depths of one (width, ratio, groups) share a <em>shape</em>.
 *
 * @param stride of the first block, at least 1
 * @param depth numbers of blocks
 * @param width output channels
 * @param ratio width over bottleneck width; {@code [1]} in blocks without a bottleneck
 * @param groups groups of the 3x3 convolution; {@code [1]} in blocks without a bottleneck
 */
public record StageGrid(
    int stride, Dimension depth, Dimension width, Dimension ratio, Dimension groups) {

  /** More options would make exact tables too large. */
  static final int MOST_OPTIONS = 65_536;

  /**
   * Rejects fractions, groups that do not divide a bottleneck, ratios that give one bottleneck
   * twice, and too many options.
   */
  public StageGrid {
    if (stride < 1 || stride > 64) {
      throw new SpaceFault("stride", "stride " + stride + " is not between 1 and 64");
    }
    long options = (long) depth.size() * width.size() * ratio.size() * groups.size();
    if (depth.size() > MOST_OPTIONS
        || (long) width.size() * ratio.size() > MOST_OPTIONS
        || options > MOST_OPTIONS) {
      throw new IllegalArgumentException(
          "a stage of " + options + " options; " + MOST_OPTIONS + " are allowed");
    }
    for (Dimension axis : List.of(depth, width, groups)) {
      for (int i = 0; i < axis.size(); i++) {
        axis.whole(i);
      }
    }
    for (int w = 0; w < width.size(); w++) {
      for (int r = 0; r < ratio.size(); r++) {
        for (int g = 0; g < groups.size(); g++) {
          int bottleneck = bottleneck(width.whole(w), ratio.values().get(r));
          if (bottleneck < 1 || bottleneck % groups.whole(g) != 0) {
            throw new IllegalArgumentException(
                "width "
                    + width.whole(w)
                    + " at ratio "
                    + ratio.values().get(r)
                    + " has a bottleneck of "
                    + bottleneck
                    + " channels, which do not divide into "
                    + groups.whole(g)
                    + " groups");
          }
        }
        for (int q = 0; q < r; q++) {
          int bottleneck = bottleneck(width.whole(w), ratio.values().get(r));
          if (bottleneck == bottleneck(width.whole(w), ratio.values().get(q))) {
            throw new SpaceFault(
                "ratio",
                "ratios "
                    + ratio.values().get(q)
                    + " and "
                    + ratio.values().get(r)
                    + " give the same bottleneck at width "
                    + width.whole(w));
          }
        }
      }
    }
  }

  private static int bottleneck(int width, double ratio) {
    return (int) Math.min(Integer.MAX_VALUE, Math.rint(width / ratio));
  }

  int options() {
    return shapes() * depth.size();
  }

  int shapes() {
    return width.size() * ratio.size() * groups.size();
  }

  int shapeOf(int option) {
    return option / depth.size();
  }

  int depthOf(int option) {
    return depth.whole(option % depth.size());
  }

  int widthIndexOf(int option) {
    return option / (depth.size() * groups.size() * ratio.size());
  }

  double value(Axis axis, int option) {
    int shape = shapeOf(option);
    if (axis == Axis.DEPTH) {
      return depth.values().get(option % depth.size());
    }
    if (axis == Axis.GROUPS) {
      return groups.values().get(shape % groups.size());
    }
    if (axis == Axis.RATIO) {
      return ratio.values().get(shape / groups.size() % ratio.size());
    }
    return width.values().get(widthIndexOf(option));
  }

  /** The stage of an option. */
  StageSpec stage(int option) {
    return stage(shapeOf(option), depthOf(option));
  }

  StageSpec stage(int shape, int blocks) {
    int channels = width.whole(shape / (groups.size() * ratio.size()));
    double r = ratio.values().get(shape / groups.size() % ratio.size());
    return new StageSpec(
        blocks, channels, stride, bottleneck(channels, r), groups.whole(shape % groups.size()));
  }

  /** The option that is {@code stage}, if it is one of them. */
  OptionalInt optionOf(StageSpec stage) {
    int d = depth.values().indexOf((double) stage.depth());
    if (d < 0) {
      return OptionalInt.empty();
    }
    for (int shape = 0; shape < shapes(); shape++) {
      if (stage(shape, stage.depth()).equals(stage)) {
        return OptionalInt.of(shape * depth.size() + d);
      }
    }
    return OptionalInt.empty();
  }

  /** Where an option stands on each of the {@link #dimensions}. */
  int[] places(BlockType block, int option) {
    int d = option % depth.size();
    int shape = shapeOf(option);
    int w = widthIndexOf(option);
    return block.hasBottleneck()
        ? new int[] {d, w, shape / groups.size() % ratio.size(), shape % groups.size()}
        : new int[] {d, w};
  }

  /** The axes that this block has, named for stage {@code number}. */
  List<Dimension> dimensions(BlockType block, int number) {
    Dimension d = depth.named("depth" + number);
    Dimension w = width.named("width" + number);
    return block.hasBottleneck()
        ? List.of(d, w, ratio.named("ratio" + number), groups.named("groups" + number))
        : List.of(d, w);
  }
}
