package dsa.core.arch;

import java.util.ArrayList;
import java.util.List;

/**
 * The six numbers of a RegNet: block widths that follow a straight line, quantized to powers of a
 * multiplier. Block j, of 0 to {@code depth - 1}, wants the width {@code u = w0 + wa · j}; its
 * <em>quantum</em> is {@code k = ln(u / w0) / ln(wm)} rounded half to even, its width {@code w0 ·
 * wm^k} rounded half to even to a multiple of 8. Blocks of one width are a stage.
 *
 * <p>Radosavovic et al., <i>Designing Network Design Spaces</i>, CVPR 2020, arXiv 2003.13678,
 * equations 2 to 4; pycls {@code generate_regnet}. Logarithms and powers are {@link StrictMath}'s,
 * for they decide which network it is.
 *
 * @param depth number of blocks, 1 to 65,536
 * @param initialWidth {@code w0}, a multiple of 8 of at most 65,536
 * @param slope {@code wa}, at least 0; the last block wants at most 65,536 channels
 * @param multiplier {@code wm}, above 1
 * @param bottleneckMultiplier bottleneck width over block width, the paper's 1/b: below 1 or whole
 * @param groupWidth channels of one group of the 3x3 convolutions, at least 1
 * @param squeezeExcite whether the blocks are those of RegNetY, not of RegNetX
 */
public record RegNet(
    int depth,
    int initialWidth,
    double slope,
    double multiplier,
    double bottleneckMultiplier,
    int groupWidth,
    boolean squeezeExcite) {

  /** Widths are multiples of this. */
  public static final int WIDTH_STEP = 8;

  private static final int LARGEST = 65_536;

  /** Rejects what is out of range. */
  public RegNet {
    if (depth < 1 || depth > LARGEST) {
      throw new IllegalArgumentException("depth=" + depth + " is not in 1.." + LARGEST);
    }
    if (initialWidth < 1 || initialWidth % WIDTH_STEP != 0 || initialWidth > LARGEST) {
      throw new IllegalArgumentException(
          "w0=" + initialWidth + " is no multiple of 8 between 8 and " + LARGEST);
    }
    if (!(slope >= 0 && initialWidth + slope * (depth - 1) <= LARGEST)) {
      throw new IllegalArgumentException(
          "wa=" + slope + " is negative or leads beyond " + LARGEST + " channels");
    }
    if (!(multiplier > 1 && multiplier <= LARGEST)) {
      throw new IllegalArgumentException(
          "wm=" + multiplier + " is not above 1 and at most " + LARGEST);
    }
    StageSpec.compatible(1, initialWidth, 1, bottleneckMultiplier, groupWidth);
  }

  /** The quantum of a block that wants {@code wanted} channels. */
  public static int quantum(int initialWidth, double multiplier, double wanted) {
    return (int) Math.rint(StrictMath.log(wanted / initialWidth) / StrictMath.log(multiplier));
  }

  /** The width of the blocks with quantum {@code quantum}. */
  public static int width(int initialWidth, double multiplier, int quantum) {
    double width = initialWidth * StrictMath.pow(multiplier, quantum);
    return WIDTH_STEP * (int) Math.rint(width / WIDTH_STEP);
  }

  /** The quantum of block {@code block}, counted from 0. */
  private int quantum(int block) {
    return quantum(initialWidth, multiplier, initialWidth + slope * block);
  }

  /** The width of each block, never falling, before it is fitted to the group width. */
  public List<Integer> blockWidths() {
    List<Integer> widths = new ArrayList<>();
    for (int block = 0; block < depth; block++) {
      widths.add(width(initialWidth, multiplier, quantum(block)));
    }
    return List.copyOf(widths);
  }

  /** How many stages there are: different widths. */
  public int stageCount() {
    return (int) blockWidths().stream().distinct().count();
  }

  /**
   * Whether there are as many stages as quanta from the first block's to the last's: none is
   * skipped, no two round to one width. Sweeps of RegNets draw only such.
   */
  public boolean isRegular() {
    return stageCount() == quantum(depth - 1) + 1;
  }

  /**
   * The network, its widths fitted to the group width by {@link StageSpec#compatible}.
   *
   * @param strides of the stages, as many or more
   * @throws IllegalArgumentException if there are more stages than strides
   */
  public StagedSpec network(Stem stem, int stemWidth, List<Integer> strides) {
    List<StageSpec> stages = new ArrayList<>();
    List<Integer> widths = blockWidths();
    for (int from = 0; from < depth; ) {
      int width = widths.get(from);
      int to = widths.lastIndexOf(width) + 1;
      if (stages.size() == strides.size()) {
        throw new IllegalArgumentException(
            "a RegNet of " + stageCount() + " stages, but only " + strides.size() + " strides");
      }
      stages.add(
          StageSpec.compatible(
              to - from, width, strides.get(stages.size()), bottleneckMultiplier, groupWidth));
      from = to;
    }
    BlockType block = squeezeExcite ? BlockType.SE_BOTTLENECK : BlockType.BOTTLENECK;
    return new StagedSpec(block, stem, stemWidth, stages);
  }

  /** The network for 224 x 224 images, as published: a stem of 32 channels, strides of 2. */
  public StagedSpec imagenet() {
    return network(Stem.SIMPLE, 32, List.of(2, 2, 2, 2));
  }

  /**
   * The network for 32 x 32 images. The papers train no RegNet on these; our choice is the NDS stem
   * of 16 channels and the strides 1, 2, 2, 2, so that maps end at 4 x 4.
   */
  public StagedSpec cifar() {
    return network(Stem.CIFAR, 16, List.of(1, 2, 2, 2));
  }
}
