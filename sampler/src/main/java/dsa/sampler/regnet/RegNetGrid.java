package dsa.sampler.regnet;

import dsa.core.arch.RegNet;
import dsa.sampler.distribution.DiscreteDistribution;
import java.util.Arrays;

/**
 * The arithmetic of {@link RegNet} over grids of its numbers, without a logarithm a block. Block j
 * has quantum k or more if {@code w0 + wa · j} is at least {@code w0 · wm^(k − 1/2)}; only within
 * rounding of equality is the definition asked.
 */
final class RegNetGrid {

  private static final double NEAR = 1e-9;

  private final int stages;
  private final int[] depths;
  private final int[] initialWidths;
  private final double[] slopes;
  private final double[] multipliers;
  private final double[] thresholds; // rows: multipliers; columns: wm^(k - 1/2) for k = 1, 2, …
  private final double[] powers; // rows: multipliers; columns: wm^k for k = 0, 1, …

  /** The grids of four distributions, for networks of at most {@code stages} stages. */
  RegNetGrid(
      DiscreteDistribution depth,
      DiscreteDistribution w0,
      DiscreteDistribution wa,
      DiscreteDistribution wm,
      int stages) {
    this.stages = stages;
    depths = depth.values().stream().mapToInt(v -> v.intValueExact()).toArray();
    initialWidths = w0.values().stream().mapToInt(v -> v.intValueExact()).toArray();
    slopes = wa.values().stream().mapToDouble(v -> v.doubleValue()).toArray();
    multipliers = wm.values().stream().mapToDouble(v -> v.doubleValue()).toArray();
    thresholds = new double[multipliers.length * stages];
    powers = new double[multipliers.length * stages];
    for (int m = 0; m < multipliers.length; m++) {
      for (int k = 0; k < stages; k++) {
        thresholds[m * stages + k] = StrictMath.pow(multipliers[m], k + 0.5);
        powers[m * stages + k] = StrictMath.pow(multipliers[m], k);
      }
    }
  }

  int depths() {
    return depths.length;
  }

  int depth(int place) {
    return depths[place];
  }

  /** The place of a depth; negative if it is not on the grid. */
  int placeOfDepth(int depth) {
    return Arrays.binarySearch(depths, depth);
  }

  int initialWidths() {
    return initialWidths.length;
  }

  int initialWidth(int place) {
    return initialWidths[place];
  }

  int slopes() {
    return slopes.length;
  }

  double slope(int place) {
    return slopes[place];
  }

  int multipliers() {
    return multipliers.length;
  }

  double multiplier(int place) {
    return multipliers[place];
  }

  /** The width of quantum {@code k}, in steps of 8. */
  int width(int w0, int wm, int k) {
    return (int) Math.rint(initialWidths[w0] * powers[wm * stages + k] / RegNet.WIDTH_STEP);
  }

  /**
   * The first block of quantum {@code k} or more, {@code k} of 1 and above; {@link
   * Integer#MAX_VALUE} if it is further than any network is deep.
   */
  int firstBlock(int w0, int wa, int wm, int k) {
    double first = initialWidths[w0] * (thresholds[wm * stages + k - 1] - 1) / slopes[wa];
    if (first > depths[depths.length - 1]) {
      return Integer.MAX_VALUE;
    }
    double nearest = Math.rint(first);
    if (Math.abs(first - nearest) <= NEAR * (1 + first)) {
      return (int) nearest + (reaches(w0, wa, wm, k, (int) nearest) ? 0 : 1);
    }
    return (int) Math.ceil(first);
  }

  /** The first place of {@code wa} at which block {@code j} has quantum {@code k} or more. */
  int firstSlope(int w0, int wm, int k, int j) {
    if (j == 0) {
      return slopes.length;
    }
    double slope = initialWidths[w0] * (thresholds[wm * stages + k - 1] - 1) / j;
    int place = Arrays.binarySearch(slopes, slope * (1 - NEAR));
    place = place < 0 ? -place - 1 : place;
    while (place < slopes.length
        && slopes[place] <= slope * (1 + NEAR)
        && !reaches(w0, place, wm, k, j)) {
      place++;
    }
    return place;
  }

  private boolean reaches(int w0, int wa, int wm, int k, int j) {
    double wanted = initialWidths[w0] + slopes[wa] * j;
    return RegNet.quantum(initialWidths[w0], multipliers[wm], wanted) >= k;
  }

  /**
   * Fills {@code firsts[k - 1]} with the {@link #firstBlock} of quantum k, up to the largest number
   * of stages.
   */
  void firstBlocks(int w0, int wa, int wm, int[] firsts) {
    for (int k = 1; k <= stages; k++) {
      firsts[k - 1] = firstBlock(w0, wa, wm, k);
    }
  }

  /**
   * The number of stages of the first {@code depth} blocks; 0 if a quantum is skipped, two quanta
   * round to one width or there are too many.
   */
  int regularStages(int w0, int wm, int[] firsts, int depth) {
    for (int k = 1; k <= stages; k++) {
      if (firsts[k - 1] >= depth) {
        return k;
      }
      if (k == stages || !isStep(w0, wm, firsts, k)) {
        return 0;
      }
    }
    return 0;
  }

  /**
   * How many depths give {@link #regularStages} of {@code fewest} or more: those from where the
   * last of these stages begins to where one would follow that is skipped or too many.
   */
  int regularDepths(int w0, int wm, int[] firsts, int fewest) {
    int deepest = firsts[0];
    for (int k = 1; k < stages && isStep(w0, wm, firsts, k); k++) {
      deepest = firsts[k];
    }
    int tooShallow = fewest == 1 ? 0 : firsts[fewest - 2];
    return Math.max(0, depthsUpTo(deepest) - depthsUpTo(tooShallow));
  }

  /** Whether quantum {@code k} is not skipped and not as wide as the one before. */
  private boolean isStep(int w0, int wm, int[] firsts, int k) {
    int before = k == 1 ? 0 : firsts[k - 2];
    return firsts[k - 1] != before && width(w0, wm, k) != width(w0, wm, k - 1);
  }

  private int depthsUpTo(int depth) {
    int place = Arrays.binarySearch(depths, depth);
    return place < 0 ? -place - 1 : place + 1;
  }
}
