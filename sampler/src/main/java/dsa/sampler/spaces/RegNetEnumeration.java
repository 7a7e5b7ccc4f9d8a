package dsa.sampler.spaces;

import dsa.core.complexity.Complexity;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts the valid encodings of a RegNet space and finds its extreme costs, exactly. For one {@code
 * w0} and {@code wm} the stages change only where a slope takes some block across a threshold, so
 * that a hundred slopes stand for thousands.
 */
final class RegNetEnumeration {

  private static final int COUNTS = 4;

  private final RegNetSpace space;
  private final RegNetGrid grid;

  RegNetEnumeration(RegNetSpace space) {
    this.space = space;
    this.grid = space.grid();
  }

  /** What one walk finds. */
  private static final class Found {
    long valid;
    final long[] least = new long[COUNTS];
    final long[] greatest = new long[COUNTS];

    Found() {
      Arrays.fill(least, Long.MAX_VALUE);
    }

    Found with(Found other) {
      valid += other.valid;
      for (int i = 0; i < COUNTS; i++) {
        least[i] = Math.min(least[i], other.least[i]);
        greatest[i] = Math.max(greatest[i], other.greatest[i]);
      }
      return this;
    }
  }

  /** How many combinations of depth, w0, wa and wm are valid. */
  long valid() {
    return walk(false).valid;
  }

  /** The smallest and the largest value of each count. */
  Complexity[] extremes() {
    Found found = walk(true);
    return new Complexity[] {complexity(found.least), complexity(found.greatest)};
  }

  private static Complexity complexity(long[] counts) {
    return new Complexity(counts[0], counts[1], counts[2], counts[3]);
  }

  private Found walk(boolean priced) {
    return IntStream.range(0, grid.initialWidths() * grid.multipliers())
        .parallel()
        .mapToObj(i -> walk(i / grid.multipliers(), i % grid.multipliers(), priced))
        .reduce(new Found(), (a, b) -> new Found().with(a).with(b));
  }

  private Found walk(int w0, int wm, boolean priced) {
    Found found = new Found();
    int[] slopes = slopes(w0, wm);
    int[] firsts = new int[space.mostStages()];
    for (int i = 0; i + 1 < slopes.length; i++) {
      grid.firstBlocks(w0, slopes[i], wm, firsts);
      int before = 0;
      for (int d = 0; d < grid.depths(); d++) {
        int stages = grid.regularStages(w0, wm, firsts, grid.depth(d));
        if (!space.admitsStages(stages)) {
          continue;
        }
        found.valid += slopes[i + 1] - slopes[i];
        if (priced) {
          // with these stages, only the last one's depth differs: its ends are enough
          boolean last =
              d + 1 == grid.depths()
                  || grid.regularStages(w0, wm, firsts, grid.depth(d + 1)) != stages;
          if (stages != before || last) {
            price(w0, wm, firsts, stages, grid.depth(d), found);
          }
          before = stages;
        }
      }
    }
    return found;
  }

  /** The first slope of each run that gives the same stages at every depth, and the end. */
  private int[] slopes(int w0, int wm) {
    int deepest = grid.depth(grid.depths() - 1);
    int[] slopes = new int[2 + space.mostStages() * deepest];
    int count = 1;
    for (int k = 1; k <= space.mostStages(); k++) {
      for (int j = 1; j < deepest; j++) {
        slopes[count++] = grid.firstSlope(w0, wm, k, j);
      }
    }
    slopes[count++] = grid.slopes();
    return Arrays.stream(slopes, 0, count).sorted().distinct().toArray();
  }

  private void price(int w0, int wm, int[] firsts, int stages, int depth, Found found) {
    for (int fit = 0; fit < space.fits(); fit++) {
      int channels = space.frame().stemWidth();
      long[] body = new long[COUNTS];
      int from = 0;
      for (int s = 0; s < stages; s++) {
        int to = s + 1 < stages ? firsts[s] : depth;
        StagePrice price = space.price(s, grid.width(w0, wm, s), fit);
        price.addTo(body, to - from, channels);
        channels = price.width();
        from = to;
      }
      long[] ends = space.ends(channels);
      for (int i = 0; i < COUNTS; i++) {
        long sum = body[i] + ends[i];
        found.least[i] = Math.min(found.least[i], sum);
        found.greatest[i] = Math.max(found.greatest[i], sum);
      }
    }
  }
}
