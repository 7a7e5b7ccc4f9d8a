package dsa.sampler.stages;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of one stage, grouped by what a later stage can see of them: the width (its input
 * channels) and every constrained axis.
 */
final class OptionClasses {

  /** The class of each option. */
  final int[] of;

  /** The options of each class, at least one. */
  final int[][] members;

  private final BigInteger[] waysOn;
  private final BigInteger[] ways;
  private final long[] smallWays;

  private OptionClasses(int[] of, int[][] members) {
    this.of = of;
    this.members = members;
    this.waysOn = new BigInteger[members.length];
    this.ways = new BigInteger[members.length];
    this.smallWays = new long[members.length];
    for (int c = 0; c < members.length; c++) {
      leadOn(c, BigInteger.ONE);
    }
  }

  static OptionClasses of(StageGrid grid, Set<Axis> constrained) {
    Set<Axis> seen = EnumSet.of(Axis.WIDTH);
    seen.addAll(constrained);
    Map<List<Double>, List<Integer>> groups = new LinkedHashMap<>();
    for (int option = 0; option < grid.options(); option++) {
      List<Double> key = new ArrayList<>();
      for (Axis axis : seen) {
        key.add(grid.value(axis, option));
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(option);
    }
    int[] of = new int[grid.options()];
    int[][] members = new int[groups.size()][];
    int c = 0;
    for (List<Integer> group : groups.values()) {
      members[c] = group.stream().mapToInt(Integer::intValue).toArray();
      for (int option : members[c]) {
        of[option] = c;
      }
      c++;
    }
    return new OptionClasses(of, members);
  }

  int count() {
    return members.length;
  }

  /** Sets how many ways lead on from one member of class {@code c}; one until set. */
  void leadOn(int c, BigInteger on) {
    waysOn[c] = on;
    ways[c] = on.multiply(BigInteger.valueOf(members[c].length));
    smallWays[c] = ways[c].longValue();
  }

  /** How many ways lead on from one member of class {@code c}. */
  BigInteger waysOn(int c) {
    return waysOn[c];
  }

  /** The same as {@link #ways} where that is below 2^63, and quicker; meaningless elsewhere. */
  long smallWays(int c) {
    return smallWays[c];
  }

  /** How many ways lead through class {@code c} to the end. */
  BigInteger ways(int c) {
    return ways[c];
  }
}
