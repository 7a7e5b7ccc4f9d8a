package dsa.sampler.stages;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How many sequences of shapes the widths, ratios and group widths of a space come to. A shape
 * tells its ratio, and among the shapes of one ratio and group width the fitted width tells the
 * shape, and does not fall where the width does not. Group widths that come to the same shapes are
 * counted once by inclusion and exclusion.
 */
final class AnyNetCounts {

  private static final int MOST_GROUP_WIDTHS = 12;

  private final AnyNetShapes shapes;
  private final AxisSequence width;
  private final AxisSequence ratio;
  private final AxisSequence groupWidth;

  AnyNetCounts(
      AnyNetShapes shapes, AxisSequence width, AxisSequence ratio, AxisSequence groupWidth) {
    this.shapes = shapes;
    this.width = width;
    this.ratio = ratio;
    this.groupWidth = groupWidth;
  }

  /** The number of different sequences; absent for combinations of ties that it cannot count. */
  Optional<BigInteger> distinct() {
    boolean sharedRatio = isShared(ratio);
    boolean sharedGroups = isShared(groupWidth);
    boolean freeGroups = groupWidth.relation().isEmpty();
    boolean freeWidth = width.relation().isEmpty();
    boolean freeRatio = ratio.relation().isEmpty();
    if (!(sharedRatio || freeRatio)
        || !(sharedGroups || freeGroups)
        || (!freeWidth && !(sharedRatio && sharedGroups))
        || groupWidth.values().size() > MOST_GROUP_WIDTHS) {
      return Optional.empty();
    }
    int ratios = ratio.values().size();
    BigInteger count = BigInteger.ZERO;
    if (sharedRatio) {
      for (int r = 0; r < ratios; r++) {
        count = count.add(ofRatios(List.of(r), sharedGroups));
      }
      return Optional.of(count);
    }
    List<Integer> all = IntStream.range(0, ratios).boxed().toList();
    return Optional.of(ofRatios(all, sharedGroups));
  }

  private static boolean isShared(AxisSequence axis) {
    return axis.relation().equals(Optional.of(Relation.SHARED)) || axis.values().size() == 1;
  }

  /** Sequences of the shapes of some ratios, each stage's ratio being any of them. */
  private BigInteger ofRatios(List<Integer> ratios, boolean sharedGroups) {
    int groupWidths = groupWidth.values().size();
    if (!sharedGroups) {
      Set<Integer> any = new HashSet<>();
      for (int g = 0; g < groupWidths; g++) {
        any.addAll(shapes(ratios, g));
      }
      return AxisSequence.count(any.size(), width.stages(), width.relation());
    }
    BigInteger count = BigInteger.ZERO;
    for (int subset = 1; subset < 1 << groupWidths; subset++) {
      Set<Integer> common = new HashSet<>();
      boolean first = true;
      for (int g = 0; g < groupWidths; g++) {
        if ((subset >>> g & 1) == 1) {
          if (first) {
            common.addAll(shapes(ratios, g));
          } else {
            common.retainAll(shapes(ratios, g));
          }
          first = false;
        }
      }
      BigInteger ways = AxisSequence.count(common.size(), width.stages(), width.relation());
      count = Integer.bitCount(subset) % 2 == 1 ? count.add(ways) : count.subtract(ways);
    }
    return count;
  }

  private Set<Integer> shapes(List<Integer> ratios, int g) {
    Set<Integer> found = new HashSet<>();
    for (int r : ratios) {
      for (int w = 0; w < width.values().size(); w++) {
        found.add(shapes.of(w, r, g));
      }
    }
    return found;
  }

  /** How many sequences of combinations come to a sequence of shapes. */
  long encodings(int[] shapeSequence) {
    List<Integer> before = List.of();
    long[] ways = {};
    for (int s = 0; s < shapeSequence.length; s++) {
      List<Integer> now = shapes.combinationsOf(shapeSequence[s]);
      long[] on = new long[now.size()];
      for (int i = 0; i < on.length; i++) {
        on[i] = s == 0 ? 1 : 0;
        for (int j = 0; j < ways.length; j++) {
          on[i] += mayFollow(before.get(j), now.get(i)) ? ways[j] : 0;
        }
      }
      before = now;
      ways = on;
    }
    long sum = 0;
    for (long way : ways) {
      sum += way;
    }
    return sum;
  }

  /** Whether the ties let combination {@code after} follow {@code before}. */
  boolean mayFollow(int before, int after) {
    return width.holds(shapes.widthPlace(before), shapes.widthPlace(after))
        && ratio.holds(shapes.ratioPlace(before), shapes.ratioPlace(after))
        && groupWidth.holds(shapes.groupWidthPlace(before), shapes.groupWidthPlace(after));
  }
}
