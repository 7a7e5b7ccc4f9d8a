package dsa.sampler.regnet;

import dsa.core.complexity.Complexity;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.distribution.DiscreteDistribution;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * All RegNets of a space that limits admit, and how likely each is: what {@link RegNetCount#visit}
 * finds, runs of slopes that give one network, times bottlenecks and group widths. A draw is a run
 * by its probability and a slope of the run by the distribution of slopes, so that it follows the
 * space's distribution given the limits, and nothing is drawn in vain.
 */
final class RegNetsWithin implements DesignSpace.Chooser {

  /** Four integers and a number each: 100 MB. */
  private static final int MOST_RUNS = 1 << 22;

  private static final int FIELDS = 4; // w0 and wm; first slope; end of slopes; depth and fit

  private final RegNetSpace space;
  private final RegNetRanges ranges;
  private final RegNetGrid grid;
  private final int[] runs;
  private final double[] upTo; // cumulative probabilities, the last is 1
  private final int[] guide; // the first run whose upTo exceeds i / guide.length

  /** Runs of one w0 and wm as they are found. */
  private static final class Found {
    int[] runs = new int[0];
    double[] masses = new double[0];
    int count;

    void add(int pair, int from, int to, int depthAndFit, double mass) {
      if (count == masses.length) {
        int more = Math.max(16, 2 * count);
        runs = Arrays.copyOf(runs, FIELDS * more);
        masses = Arrays.copyOf(masses, more);
      }
      runs[FIELDS * count] = pair;
      runs[FIELDS * count + 1] = from;
      runs[FIELDS * count + 2] = to;
      runs[FIELDS * count + 3] = depthAndFit;
      masses[count++] = mass;
    }
  }

  /**
   * Finds them.
   *
   * @param caps all of which admit the networks
   * @throws IllegalArgumentException if there are none, or so many that they cannot be held
   */
  RegNetsWithin(RegNetSpace space, RegNetRanges ranges, List<ComplexityCap> caps) {
    this.space = space;
    this.ranges = ranges;
    this.grid = space.grid();
    RegNetCount walk = new RegNetCount(space);
    double[] slopesUpTo = cumulated(ranges.wa());
    double[] fits = fits();
    LongAdder total = new LongAdder();
    List<Found> found =
        IntStream.range(0, grid.initialWidths() * grid.multipliers())
            .parallel()
            .mapToObj(
                pair -> {
                  if (total.sum() > MOST_RUNS) {
                    return new Found(); // given up below
                  }
                  Found each = find(walk, pair, slopesUpTo, fits, caps);
                  total.add(each.count);
                  return each;
                })
            .toList();
    long count = total.sum();
    if (count == 0) {
      throw new IllegalArgumentException(
          "no network of " + space.head().name() + " is within the limits; loosen them");
    }
    if (count > MOST_RUNS) {
      throw new IllegalArgumentException(
          "the networks of "
              + space.head().name()
              + " within the limits are too many to be listed, and not rare: they need no direct"
              + " draws; do without, or tighten the limits");
    }
    runs = new int[FIELDS * (int) count];
    upTo = new double[(int) count];
    int at = 0;
    double sum = 0;
    for (Found each : found) {
      System.arraycopy(each.runs, 0, runs, FIELDS * at, FIELDS * each.count);
      for (int i = 0; i < each.count; i++) {
        sum += each.masses[i];
        upTo[at++] = sum;
      }
    }
    for (int i = 0; i < upTo.length; i++) {
      upTo[i] /= sum;
    }
    guide = DiscreteDistribution.guide(upTo);
  }

  /** Of each value of a distribution, how likely it and those below it are. */
  private static double[] cumulated(DiscreteDistribution distribution) {
    double[] upTo = new double[distribution.values().size() + 1];
    for (int i = 0; i + 1 < upTo.length; i++) {
      upTo[i + 1] = upTo[i] + distribution.probability(i);
    }
    return upTo;
  }

  /** How likely each pair of a bottleneck multiplier and a group width is. */
  private double[] fits() {
    int groupWidths = ranges.groupWidth().values().size();
    return IntStream.range(0, space.fits())
        .mapToDouble(
            fit ->
                ranges.bottleneck().probability(fit / groupWidths)
                    * ranges.groupWidth().probability(fit % groupWidths))
        .toArray();
  }

  private record FittedLine(int fit, RegNetCount.Line line) {}

  /** The bottlenecks and group widths with which some depth may be within the limits. */
  private List<FittedLine> lines(
      RegNetCount walk, int w0, int wm, int stages, List<ComplexityCap> caps) {
    return IntStream.range(0, space.fits())
        .mapToObj(fit -> new FittedLine(fit, walk.line(w0, wm, fit, stages)))
        .filter(fitted -> caps.stream().allMatch(fitted.line()::mayBeWithin))
        .toList();
  }

  private Found find(
      RegNetCount walk, int pair, double[] slopesUpTo, double[] fits, List<ComplexityCap> caps) {
    Found found = new Found();
    int w0 = pair / grid.multipliers();
    int wm = pair % grid.multipliers();
    double likely = ranges.w0().probability(w0) * ranges.wm().probability(wm);
    Map<Integer, List<FittedLine>> lines = new HashMap<>(); // by the number of stages
    walk.visit(
        w0,
        wm,
        (from, to, firsts, d, stages) -> {
          int[] depths = RegNetCount.depths(firsts, stages, grid.depth(d));
          double run = likely * ranges.depth().probability(d) * (slopesUpTo[to] - slopesUpTo[from]);
          for (FittedLine fitted :
              lines.computeIfAbsent(stages, n -> lines(walk, w0, wm, n, caps))) {
            Complexity cost = fitted.line().cost(depths);
            if (caps.stream().allMatch(cap -> cap.admits(cost))) {
              int fit = fitted.fit();
              found.add(pair, from, to, d * fits.length + fit, run * fits[fit]);
            }
          }
        });
    return found;
  }

  @Override
  public void choose(RandomGenerator random, int[] choice) {
    double u = random.nextDouble();
    int run = guide[(int) (u * guide.length)];
    while (upTo[run] <= u) {
      run++;
    }
    int pair = runs[FIELDS * run];
    int from = runs[FIELDS * run + 1];
    int to = runs[FIELDS * run + 2];
    int depthAndFit = runs[FIELDS * run + 3];
    int slope = to - from == 1 ? from : ranges.wa().draw(random, from, to);
    space.fill(
        choice,
        depthAndFit / space.fits(),
        pair / grid.multipliers(),
        slope,
        pair % grid.multipliers(),
        depthAndFit % space.fits());
  }
}
