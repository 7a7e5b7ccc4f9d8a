package dsa.sampler.stages;

import dsa.core.arch.StageSpec;
import dsa.sampler.Dimension;
import dsa.sampler.format.SpaceFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different stages, depth and stride apart, that the widths, ratios and group widths of a space
 * come to once they are fitted to each other; several combinations may come to one.
 */
final class AnyNetShapes {

  private static final int MOST_COMBINATIONS = 1 << 12;

  private final int ratios;
  private final int groupWidths;
  private final int[] shapeOf; // of each combination
  private final List<StageSpec> shapes = new ArrayList<>();
  private final List<List<Integer>> combinations = new ArrayList<>(); // of each shape
  private final Map<StageSpec, Integer> numbers = new HashMap<>();

  /**
   * Fits all combinations.
   *
   * @throws IllegalArgumentException if there are too many or some fit no block
   */
  AnyNetShapes(Dimension width, Dimension ratio, Dimension groupWidth) {
    ratios = ratio.size();
    groupWidths = groupWidth.size();
    long count = (long) width.size() * ratios * groupWidths;
    if (count > MOST_COMBINATIONS) {
      throw new IllegalArgumentException(
          "a stage of "
              + count
              + " widths, ratios and group widths together; "
              + MOST_COMBINATIONS
              + " are allowed");
    }
    shapeOf = new int[(int) count];
    for (int c = 0; c < shapeOf.length; c++) {
      int blockWidth = width.whole(c / (ratios * groupWidths));
      double multiplier = 1 / ratio.values().get(c / groupWidths % ratios);
      int wanted = groupWidth.whole(c % groupWidths);
      StageSpec shape =
          SpaceFault.naming(
              "ratio", () -> StageSpec.compatible(1, blockWidth, 1, multiplier, wanted));
      int number = numbers.computeIfAbsent(shape, s -> shapes.size());
      if (number == shapes.size()) {
        shapes.add(shape);
        combinations.add(new ArrayList<>());
      }
      shapeOf[c] = number;
      combinations.get(number).add(c);
    }
  }

  int widest() {
    return shapes.stream().mapToInt(StageSpec::width).max().orElseThrow();
  }

  int widestBottleneck() {
    return shapes.stream().mapToInt(StageSpec::bottleneckWidth).max().orElseThrow();
  }

  int count() {
    return shapes.size();
  }

  int combinations() {
    return shapeOf.length;
  }

  /** The shape of three places. */
  int of(int width, int ratio, int groupWidth) {
    return shapeOf[(width * ratios + ratio) * groupWidths + groupWidth];
  }

  int of(int combination) {
    return shapeOf[combination];
  }

  /** The number of a stage's shape; -1 if it has none. */
  int of(StageSpec stage) {
    return numbers.getOrDefault(
        new StageSpec(1, stage.width(), 1, stage.bottleneckWidth(), stage.groups()), -1);
  }

  /** A stage of one block. */
  StageSpec stage(int shape, int stride) {
    return stage(shape, 1, stride);
  }

  StageSpec stage(int shape, int depth, int stride) {
    StageSpec one = shapes.get(shape);
    return new StageSpec(depth, one.width(), stride, one.bottleneckWidth(), one.groups());
  }

  /** The combinations that come to a shape. */
  List<Integer> combinationsOf(int shape) {
    return combinations.get(shape);
  }

  int widthPlace(int combination) {
    return combination / (ratios * groupWidths);
  }

  int ratioPlace(int combination) {
    return combination / groupWidths % ratios;
  }

  int groupWidthPlace(int combination) {
    return combination % groupWidths;
  }
}
