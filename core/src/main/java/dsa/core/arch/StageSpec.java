package dsa.core.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One stage: {@code depth} equal blocks, of which the first carries the stride.
 *
 * <p>The bottleneck is held as a width in channels, not as a ratio, so that equal stages are equal
 * networks whatever ratio convention they came from (NDS writes the multiplier 0.25, the papers the
 * ratio 4).
 *
 * @param depth blocks, at least 1
 * @param width output channels of each block, at least 1
 * @param stride of the first block, at least 1
 * @param bottleneckWidth channels of the 3x3 convolution; equal to {@code width} in blocks without
 *     a bottleneck
 * @param groups groups of the 3x3 convolution, divides {@code bottleneckWidth}; 1 in blocks without
 *     a bottleneck
 */
public record StageSpec(int depth, int width, int stride, int bottleneckWidth, int groups) {

  /** Rejects values below 1 and groups that do not divide the bottleneck. */
  public StageSpec {
    if (depth < 1 || width < 1 || stride < 1 || bottleneckWidth < 1 || groups < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stage depth=%d width=%d stride=%d bottleneck=%d groups=%d: all must be at least 1",
              depth,
              width,
              stride,
              bottleneckWidth,
              groups));
    }
    if (bottleneckWidth % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stage: bottleneck width %d does not divide into %d groups",
              bottleneckWidth,
              groups));
    }
  }

  /** A stage of blocks without a bottleneck. */
  public static StageSpec plain(int depth, int width, int stride) {
    return new StageSpec(depth, width, stride, width, 1);
  }

  /**
   * A stage of bottleneck blocks in the terms of the NDS release.
   *
   * @param multiplier bottleneck width over block width (the paper's 1/r); the product is rounded
   *     half to even
   */
  public static StageSpec bottleneck(
      int depth, int width, int stride, double multiplier, int groups) {
    double narrow = Math.rint(width * multiplier);
    if (!(narrow >= 1 && narrow <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stage: width %d times multiplier %s gives no bottleneck of 1 or more channels",
              width,
              multiplier));
    }
    return new StageSpec(depth, width, stride, (int) narrow, groups);
  }

  /**
   * A stage of bottleneck blocks in the terms of AnyNet and RegNet: a group width instead of a
   * number of groups, and widths moved to the nearest ones that fit, as pycls does. The group width
   * is at most the bottleneck, which becomes a multiple of it, rounded half to even, and the
   * block's width follows.
   *
   * <p>Radosavovic et al., <i>Designing Network Design Spaces</i>, CVPR 2020, arXiv 2003.13678;
   * pycls {@code adjust_block_compatibility}.
   *
   * @param multiplier bottleneck width over block width (the paper's 1/b): below 1, or whole
   * @param groupWidth channels of one group, at least 1
   * @throws IllegalArgumentException if an argument is out of range or no widths fit the multiplier
   */
  public static StageSpec compatible(
      int depth, int width, int stride, double multiplier, int groupWidth) {
    boolean whole = multiplier == Math.rint(multiplier) && multiplier <= Integer.MAX_VALUE;
    if (!(multiplier > 0 && (multiplier < 1 || whole)) || width < 1 || groupWidth < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stage width=%d multiplier=%s group width=%d: the widths must be at least 1 and the"
                  + " multiplier below 1 or whole",
              width,
              multiplier,
              groupWidth));
    }
    long bottleneck = (long) Math.max(1, width * multiplier);
    long group = Math.min(groupWidth, bottleneck);
    long step = multiplier > 1 ? leastCommonMultiple(group, (long) multiplier) : group;
    long fitted = Math.max(step, (long) Math.rint((double) bottleneck / step) * step);
    double block = Math.floor(fitted / multiplier);
    if (!(block >= 1 && block <= Integer.MAX_VALUE && fitted <= Integer.MAX_VALUE)
        || Math.rint(block * multiplier) != fitted) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stage: width %d, multiplier %s and group width %d fit no block",
              width,
              multiplier,
              groupWidth));
    }
    return new StageSpec(depth, (int) block, stride, (int) fitted, (int) (fitted / group));
  }

  private static long leastCommonMultiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }

  /** Bottleneck width over block width, the {@code bot_mul} of NDS. */
  public double multiplier() {
    return (double) bottleneckWidth / width;
  }

  /**
   * Whether the blocks of this stage behind {@code before} are those that it would have if it were
   * deeper: they change neither the size of maps nor the channels, and are as wide within. A block
   * of any type then is what later blocks of its stage are.
   */
  public boolean continues(StageSpec before) {
    return stride == 1
        && hasShapeOf(before)
        && (long) before.depth + depth <= Integer.MAX_VALUE; // no plan is as deep
  }

  /** Whether width, bottleneck and groups are those of {@code other}. */
  public boolean hasShapeOf(StageSpec other) {
    return width == other.width
        && bottleneckWidth == other.bottleneckWidth
        && groups == other.groups;
  }

  /** This stage with more blocks. */
  StageSpec deeper(int blocks) {
    return new StageSpec(depth + blocks, width, stride, bottleneckWidth, groups);
  }

  // By hand, as in StagedSpec: populations are searched for equal networks, and the hash that the
  // compiler adds to a record is a chain of method handles, slow until it has run very often.
  @Override
  public int hashCode() {
    int hash = 31 * depth + width;
    hash = 31 * hash + stride;
    hash = 31 * hash + bottleneckWidth;
    return 31 * hash + groups;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StageSpec stage
        && depth == stage.depth
        && width == stage.width
        && stride == stage.stride
        && bottleneckWidth == stage.bottleneckWidth
        && groups == stage.groups;
  }

  /** The operations of this stage, one list a block, after {@code inputChannels} channels. */
  public List<List<Op>> blocks(BlockType type, int inputChannels) {
    List<List<Op>> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(i == 0 ? block(type, inputChannels, stride) : block(type, width, 1));
    }
    return blocks;
  }

  /** Channels between the layers of a squeeze-excite in a block after {@code inputChannels}. */
  public static int squeezed(int inputChannels) {
    return (int) Math.max(1, Math.rint(inputChannels / 4.0));
  }

  /** The operations of one block. */
  List<Op> block(BlockType type, int inputChannels, int blockStride) {
    Op norm = new Op.BatchNorm();
    Op relu = new Op.Relu();
    if (type == BlockType.VANILLA) {
      return List.of(
          new Op.Conv(3, width, blockStride, 1),
          norm,
          relu,
          new Op.Conv(3, width, 1, 1),
          norm,
          relu);
    }
    List<Op> body =
        type.hasBottleneck()
            ? bottleneckBody(type, inputChannels, blockStride)
            : List.of(
                new Op.Conv(3, width, blockStride, 1),
                norm,
                relu,
                new Op.Conv(3, width, 1, 1),
                norm);
    boolean identity = inputChannels == width && blockStride == 1;
    List<Op> shortcut = identity ? List.of() : List.of(new Op.Conv(1, width, blockStride, 1), norm);
    return List.of(new Op.Residual(body, shortcut), relu);
  }

  private List<Op> bottleneckBody(BlockType type, int inputChannels, int blockStride) {
    Op norm = new Op.BatchNorm();
    Op relu = new Op.Relu();
    List<Op> body =
        new ArrayList<>(
            List.of(
                new Op.Conv(1, bottleneckWidth, 1, 1),
                norm,
                relu,
                new Op.Conv(3, bottleneckWidth, blockStride, groups),
                norm,
                relu));
    if (type == BlockType.SE_BOTTLENECK) {
      body.add(new Op.SqueezeExcite(squeezed(inputChannels), false));
    }
    body.addAll(List.of(new Op.Conv(1, width, 1, 1), norm));
    return body;
  }
}
