package dsa.sampler.regnet;

import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.sampler.ComplexityCap;
import dsa.sampler.stages.StageCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Counts the valid encodings of a RegNet space and finds its extreme costs, exactly. For one {@code
 * w0} and {@code wm} the stages change only where a slope takes some block across a threshold, so
 * that a hundred slopes stand for thousands.
 */
final class RegNetCount {

  private final RegNetSpace space;
  private final RegNetGrid grid;

  RegNetCount(RegNetSpace space) {
    this.space = space;
    this.grid = space.grid();
  }

  /** The costs that one walk has found; none at first. */
  private static final class Found {

    private Optional<ComplexityRange> range = Optional.empty();

    Found with(Found other) {
      other.range.ifPresent(this::add);
      return this;
    }

    void add(ComplexityRange costs) {
      range = Optional.of(range.map(known -> known.with(costs)).orElse(costs));
    }

    boolean holds(ComplexityRange costs) {
      return range.isPresent() && range.get().holds(costs);
    }
  }

  /** How many combinations of depth, w0, wa and wm are valid. */
  long valid() {
    return IntStream.range(0, grid.initialWidths() * grid.multipliers())
        .parallel()
        .mapToLong(i -> valid(i / grid.multipliers(), i % grid.multipliers()))
        .sum();
  }

  /** The smallest and the largest value of each count. */
  ComplexityRange extremes() {
    Found ends = new Found();
    look(grid.initialWidths() - 1, ends);
    look(0, ends);
    // what was found at the ends leaves little to look at in between
    Found found =
        IntStream.range(1, Math.max(1, grid.initialWidths() - 1))
            .parallel()
            .mapToObj(w0 -> look(w0, new Found().with(ends)))
            .reduce(ends, (a, b) -> new Found().with(a).with(b));
    return found.range.orElseThrow();
  }

  /** Looks at all networks of one w0, from the steepest down. */
  private Found look(int w0, Found found) {
    for (int wm = grid.multipliers() - 1; wm >= 0; wm--) {
      look(w0, wm, found);
    }
    return found;
  }

  /** Valid networks of one w0 and wm that differ in slope only, so that all are the same. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Looks at the slopes at the places from {@code from} to {@code to - 1}.
     *
     * @param firsts of the stages behind the first, the blocks they begin with
     * @param d place of the depth
     */
    void visit(int from, int to, int[] firsts, int d, int stages);
  }

  /** Visits all valid networks of a w0 and a wm, by rising slope and then depth. */
  void visit(int w0, int wm, Visitor visitor) {
    int[] slopes = slopes(w0, wm);
    int[] firsts = new int[space.mostStages()];
    for (int i = 0; i + 1 < slopes.length; i++) {
      grid.firstBlocks(w0, slopes[i], wm, firsts);
      for (int d = 0; d < grid.depths(); d++) {
        int stages = grid.regularStages(w0, wm, firsts, grid.depth(d));
        if (space.admitsStages(stages)) {
          visitor.visit(slopes[i], slopes[i + 1], firsts, d, stages);
        }
      }
    }
  }

  /** How many pairs of a depth and a slope are valid. */
  private long valid(int w0, int wm) {
    int[] slopes = slopes(w0, wm);
    int[] firsts = new int[space.mostStages()];
    long valid = 0;
    for (int i = 0; i + 1 < slopes.length; i++) {
      grid.firstBlocks(w0, slopes[i], wm, firsts);
      long depths = grid.regularDepths(w0, wm, firsts, space.fewestStages());
      valid += depths * (slopes[i + 1] - slopes[i]);
    }
    return valid;
  }

  /** The depths of the stages of those networks that may be the cheapest or the dearest. */
  private List<int[]> ends(int w0, int wm) {
    List<int[]> ends = new ArrayList<>();
    visit(
        w0,
        wm,
        (from, to, firsts, d, stages) -> {
          boolean first = d == 0 || grid.regularStages(w0, wm, firsts, grid.depth(d - 1)) != stages;
          if (first || isLast(w0, wm, firsts, d, stages)) {
            ends.add(depths(firsts, stages, grid.depth(d)));
          }
        });
    return ends;
  }

  /** Whether the next depth has other stages: of equal stages only the last one's depth differs. */
  private boolean isLast(int w0, int wm, int[] firsts, int d, int stages) {
    return d + 1 == grid.depths()
        || grid.regularStages(w0, wm, firsts, grid.depth(d + 1)) != stages;
  }

  static int[] depths(int[] firsts, int stages, int depth) {
    int[] depths = new int[stages];
    int from = 0;
    for (int s = 0; s < stages; s++) {
      int to = s + 1 < stages ? firsts[s] : depth;
      depths[s] = to - from;
      from = to;
    }
    return depths;
  }

  /** The first slope of each run that gives the same stages at every depth, and the end. */
  private int[] slopes(int w0, int wm) {
    int most = space.mostStages();
    int deepest = grid.depth(grid.depths() - 1);
    // below, not even the deepest network has enough stages; from high on, all have too many
    int low =
        space.fewestStages() == 1
            ? 0
            : grid.firstSlope(w0, wm, space.fewestStages() - 1, deepest - 1);
    int high = grid.firstSlope(w0, wm, most, grid.depth(0) - 1);
    if (low >= high) {
      return new int[0];
    }
    int[] slopes = new int[2 + most * deepest];
    int count = 0;
    slopes[count++] = low;
    for (int k = 1; k <= most; k++) {
      for (int j = 1; j < deepest; j++) {
        int slope = grid.firstSlope(w0, wm, k, j);
        if (slope <= low) {
          break; // it falls with j
        }
        if (slope < high) {
          slopes[count++] = slope;
        }
      }
    }
    slopes[count++] = high;
    Arrays.sort(slopes, 0, count);
    int distinct = 1;
    for (int i = 1; i < count; i++) {
      if (slopes[i] != slopes[i - 1]) {
        slopes[distinct++] = slopes[i];
      }
    }
    return Arrays.copyOf(slopes, distinct);
  }

  private void look(int w0, int wm, Found found) {
    List<Line> lines = new ArrayList<>();
    for (int stages = space.fewestStages(); stages <= space.mostStages(); stages++) {
      for (int fit = 0;
          fit < space.fits() && grid.width(w0, wm, stages - 1) < space.widths();
          fit++) {
        Line line = new Line(w0, wm, fit, stages);
        if (line.mayBeat(found)) {
          lines.add(line);
        }
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    List<int[]> ends = ends(w0, wm);
    for (Line line : lines) {
      for (int[] depths : ends) {
        line.look(depths, found);
      }
    }
  }

  /** Networks of one w0, wm, bottleneck and group width with as many stages. */
  Line line(int w0, int wm, int fit, int stages) {
    return new Line(w0, wm, fit, stages);
  }

  /** Networks that differ in the depths of their stages only: costs linear in these. */
  final class Line {

    private final Complexity shallow; // of one block a stage
    private final StageCost[] costs;
    private final ComplexityRange bounds;

    Line(int w0, int wm, int fit, int stages) {
      costs = new StageCost[stages];
      Complexity.Sum sum = new Complexity.Sum();
      int channels = space.frame().stemWidth();
      for (int s = 0; s < stages; s++) {
        costs[s] = space.cost(s, grid.width(w0, wm, s), fit);
        costs[s].addTo(sum, 1, channels);
        channels = costs[s].width();
      }
      space.addEnds(sum, channels);
      shallow = sum.total();
      ComplexityRange later = ComplexityRange.of(costs[0].later());
      for (StageCost cost : costs) {
        later = later.with(cost.later());
      }
      // further blocks are of the cheapest stage at best, of the dearest at worst
      bounds =
          new ComplexityRange(
              shallow.plus(later.least().times(Math.max(0, grid.depth(0) - stages))),
              shallow.plus(
                  later.greatest().times(Math.max(0, grid.depth(grid.depths() - 1) - stages))));
    }

    /** Whether one of them may pass what was found. */
    boolean mayBeat(Found found) {
      return !found.holds(bounds);
    }

    /** Whether one of them may be within limits. */
    boolean mayBeWithin(ComplexityCap cap) {
      return cap.mayAdmit(bounds);
    }

    /** The cost of one of them. */
    Complexity cost(int[] depths) {
      Complexity.Sum sum = new Complexity.Sum();
      sum.add(shallow);
      for (int s = 0; s < depths.length; s++) {
        sum.add(costs[s].later(), depths[s] - 1L);
      }
      return sum.total();
    }

    /** Looks at one of them, if it is one. */
    void look(int[] depths, Found found) {
      if (depths.length == costs.length) {
        found.add(ComplexityRange.of(cost(depths)));
      }
    }
  }
}
