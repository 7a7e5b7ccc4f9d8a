package dsa.sampler.stages;

import dsa.core.complexity.Complexity;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityCap.Combination;
import dsa.sampler.ComplexityLimit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts the networks of a staged space that are inside several caps, one by one. Networks are
 * grouped by the class of their last stage but one, behind which the last stage's options cost the
 * same; they lie in plain arrays, so that the innermost loop only adds and compares.
 */
final class StagedCount {

  private final StagedSpace space;
  private final List<ComplexityCap> caps;
  private final int last;

  StagedCount(StagedSpace space, List<ComplexityCap> caps) {
    this.space = space;
    this.caps = caps.stream().filter(cap -> !cap.limits().isEmpty()).toList();
    this.last = space.stages() - 1;
  }

  /** The number of networks inside all caps. */
  long networks() {
    int groups = last == 0 ? 1 : space.classes(last - 1).count();
    return IntStream.range(0, groups).parallel().mapToLong(this::countBehind).sum();
  }

  private long countBehind(int group) {
    Tail tail = new Tail(group);
    if (last == 0) {
      return tail.admitted(Complexity.ZERO);
    }
    return countFrom(0, -1, Complexity.ZERO, group, tail);
  }

  /** Walks stages {@code s} to {@code last - 1}, of which the last has class {@code group}. */
  private long countFrom(int s, int before, Complexity base, int group, Tail tail) {
    int width = width(s, before);
    OptionClasses classes = space.classes(s);
    long count = 0;
    for (int c = 0; c < classes.count(); c++) {
      if ((s == last - 1 && c != group) || (s > 0 && !space.holds(s, before, c))) {
        continue;
      }
      for (int option : classes.members[c]) {
        Complexity sum = base.plus(space.cost(s, width, option));
        count += s == last - 1 ? tail.admitted(sum) : countFrom(s + 1, c, sum, group, tail);
      }
    }
    return count;
  }

  /** The index of the width that a class of the stage before {@code s} hands on. */
  private int width(int s, int before) {
    return s == 0 ? 0 : space.grid(s - 1).widthIndexOf(space.classes(s - 1).members[before][0]);
  }

  /** The last stage's options behind one class, one array of costs for each limit of each cap. */
  private final class Tail {

    private final long[][][] costs;
    private final int options;

    Tail(int before) {
      int[] allowed =
          IntStream.range(0, space.grid(last).options())
              .filter(o -> last == 0 || space.holds(last, before, space.classes(last).of[o]))
              .toArray();
      int width = width(last, before);
      options = allowed.length;
      costs = new long[caps.size()][][];
      for (int k = 0; k < costs.length; k++) {
        List<ComplexityLimit> limits = caps.get(k).limits();
        costs[k] = new long[limits.size()][options];
        for (int l = 0; l < limits.size(); l++) {
          for (int o = 0; o < options; o++) {
            costs[k][l][o] = limits.get(l).value(space.cost(last, width, allowed[o]));
          }
        }
      }
    }

    /** How many of the options keep a network that has cost {@code base} so far inside the caps. */
    long admitted(Complexity base) {
      int[] capsHeld = new int[options];
      int[] limitsHeld = new int[options];
      for (int k = 0; k < costs.length; k++) {
        List<ComplexityLimit> limits = caps.get(k).limits();
        Arrays.fill(limitsHeld, 0);
        for (int l = 0; l < limits.size(); l++) {
          long room = limits.get(l).high() - limits.get(l).low();
          long missing = limits.get(l).low() - limits.get(l).value(base);
          long[] cost = costs[k][l];
          for (int o = 0; o < options; o++) {
            // below the range wraps to a huge unsigned number, so one comparison does for both ends
            limitsHeld[o] += Long.compareUnsigned(cost[o] - missing, room) <= 0 ? 1 : 0;
          }
        }
        int needed = caps.get(k).combination() == Combination.ALL ? limits.size() : 1;
        for (int o = 0; o < options; o++) {
          capsHeld[o] += limitsHeld[o] >= needed ? 1 : 0;
        }
      }
      long count = 0;
      for (int o = 0; o < options; o++) {
        count += capsHeld[o] == costs.length ? 1 : 0;
      }
      return count;
    }
  }
}
