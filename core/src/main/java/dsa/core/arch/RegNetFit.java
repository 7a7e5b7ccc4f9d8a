package dsa.core.arch;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The quantized line whose block widths come nearest to those of a network: the {@code w0}, {@code
 * wa} and {@code wm} of a {@link RegNet} with the network's depth.
 *
 * <p>The distance is {@code e_fit = (1/d) · Σ |ln(predicted_j / actual_j)|} over the d blocks.
 * Radosavovic et al., CVPR 2020, section 3.3 and figure 9, give the idea; that it is this mean and
 * a grid search is from memory, unverified. Searched are {@code w0} in multiples of 8 from half to
 * twice the first width (about 64 of them if there are more), {@code wm} from 1.1 to 4 in
 * hundredths, and for each of these pairs every {@code wa} that gives other widths, one of each
 * kind. The first of equal fits counts.
 *
 * @param initialWidth {@code w0}
 * @param slope {@code wa}
 * @param multiplier {@code wm}
 * @param error {@code e_fit}, 0 for a network whose widths are quantized so themselves
 */
public record RegNetFit(int initialWidth, double slope, double multiplier, double error) {

  private static final int MOST_BLOCKS = 1000;

  /**
   * The best fit to {@code spec}.
   *
   * @throws IllegalArgumentException if it has more than 1,000 blocks
   */
  public static RegNetFit of(StagedSpec spec) {
    int[] actual =
        spec.stages().stream()
            .flatMap(stage -> Collections.nCopies(stage.depth(), stage.width()).stream())
            .mapToInt(Integer::intValue)
            .limit(MOST_BLOCKS + 1)
            .toArray();
    if (actual.length > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "a network of more than " + MOST_BLOCKS + " blocks is too deep to be fitted");
    }
    int step = RegNet.WIDTH_STEP;
    int low = Math.max(step, actual[0] / 2 / step * step);
    int high = Math.max(low, 2 * actual[0]);
    RegNetFit best = new RegNetFit(low, 0, 2, Double.POSITIVE_INFINITY);
    for (int w0 = low; w0 <= high; w0 += Math.max(step, (high - low) / 64 / step * step)) {
      for (int hundredths = 110; hundredths <= 400; hundredths++) {
        best = new Line(actual, w0, hundredths / 100.0).better(best);
      }
    }
    return best;
  }

  /** The search for a slope, all else given. */
  private static final class Line {

    private final int blocks;
    private final int initialWidth;
    private final double multiplier;
    private final double[] thresholds; // the u / w0 from which on the quantum is 1, 2, …
    private final double[][] sums; // per quantum: distances of the first blocks to its width

    Line(int[] actual, int initialWidth, double multiplier) {
      this.blocks = actual.length;
      this.initialWidth = initialWidth;
      this.multiplier = multiplier;
      double widest = 2.0 * Arrays.stream(actual).max().orElseThrow() / initialWidth;
      int quanta = 1 + (int) Math.max(0, Math.floor(Math.log(widest) / Math.log(multiplier)));
      thresholds = new double[quanta - 1];
      sums = new double[quanta][blocks + 1];
      for (int k = 0; k < quanta; k++) {
        if (k > 0) {
          thresholds[k - 1] = Math.pow(multiplier, k - 0.5);
        }
        double width = RegNet.width(initialWidth, multiplier, k);
        for (int j = 0; j < blocks; j++) {
          sums[k][j + 1] = sums[k][j] + Math.abs(Math.log(width / actual[j]));
        }
      }
    }

    /** The best fit of this line, or {@code best} if none is nearer. */
    RegNetFit better(RegNetFit best) {
      RegNetFit found = nearer(best, 0);
      for (double threshold : thresholds) {
        for (int j = 1; j < blocks; j++) {
          // just enough for block j to pass the threshold
          found = nearer(found, initialWidth * (threshold - 1) / j * (1 + 1e-9));
        }
      }
      return found;
    }

    private RegNetFit nearer(RegNetFit best, double slope) {
      double error = 0;
      int from = 0;
      for (int k = 0; k < sums.length; k++) {
        int to = k < thresholds.length ? Math.max(from, firstAbove(thresholds[k], slope)) : blocks;
        error += sums[k][to] - sums[k][from];
        from = to;
      }
      error /= blocks;
      return error < best.error - 1e-12
          ? new RegNetFit(initialWidth, slope, multiplier, error)
          : best;
    }

    /** The first block that wants more than {@code threshold} initial widths; all if none does. */
    private int firstAbove(double threshold, double slope) {
      double block = Math.ceil(initialWidth * (threshold - 1) / slope);
      return block < blocks ? (int) block : blocks;
    }
  }

  /** The widths of the first {@code depth} blocks on the fitted line. */
  public List<Integer> blockWidths(int depth) {
    return new RegNet(depth, initialWidth, slope, multiplier, 1, 1, false).blockWidths();
  }
}
