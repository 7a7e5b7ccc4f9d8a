package dsa.sampler;

import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.ComplexityRange;
import dsa.core.complexity.FlopsConvention;
import java.util.List;

/**
 * Limits taken together: what a network may cost.
 *
 * @param combination how many of the limits must hold
 * @param limits at most 16; none admits every network
 */
public record ComplexityCap(Combination combination, List<ComplexityLimit> limits) {

  /** How limits combine. */
  public enum Combination {
    /** At least one limit holds. */
    ANY,
    /** Every limit holds. */
    ALL
  }

  /** Admits every network. */
  public static final ComplexityCap NONE = new ComplexityCap(Combination.ALL, List.of());

  /**
   * The rule that the published NDS populations obey: params below 0.856 M, or NDS flops below
   * 0.129 B, or activations up to the 544,778 of ResNet-56. Inferred from 10,000 records, none of
   * which breaks it and no two parts of which explain them all.
   */
  public static final ComplexityCap NDS =
      new ComplexityCap(
          Combination.ANY,
          List.of(
              ComplexityLimit.atMost(ComplexityMeasure.PARAMS, FlopsConvention.NDS, 855_999),
              ComplexityLimit.atMost(ComplexityMeasure.FLOPS, FlopsConvention.NDS, 128_999_999),
              ComplexityLimit.atMost(ComplexityMeasure.ACTIVATIONS, FlopsConvention.NDS, 544_778)));

  /** Copies the limits; rejects more than 16. */
  public ComplexityCap {
    limits = List.copyOf(limits);
    if (limits.size() > 16) {
      throw new IllegalArgumentException("a cap of " + limits.size() + " limits; 16 are allowed");
    }
  }

  /** Whether a network of this cost is admitted. */
  public boolean admits(Complexity complexity) {
    return admits(broken(complexity));
  }

  /** Whether networks whose costs are in {@code range} may be admitted; if not, none is. */
  public boolean mayAdmit(ComplexityRange range) {
    int broken = 0;
    for (int i = 0; i < limits.size(); i++) {
      ComplexityLimit limit = limits.get(i);
      if (limit.value(range.greatest()) < limit.low()
          || limit.value(range.least()) > limit.high()) {
        broken |= 1 << i;
      }
    }
    return admits(broken);
  }

  /** The limits that {@code complexity} breaks: bit i stands for limit i. */
  int broken(Complexity complexity) {
    int broken = 0;
    for (int i = 0; i < limits.size(); i++) {
      if (!limits.get(i).admits(complexity)) {
        broken |= 1 << i;
      }
    }
    return broken;
  }

  /** Whether a network that breaks these limits is still admitted. */
  boolean admits(int broken) {
    return combination == Combination.ALL
        ? broken == 0
        : limits.isEmpty() || broken != (1 << limits.size()) - 1;
  }

  /** The cap for people and file headers: {@code none}, or {@code any of params <= 1000, …}. */
  public String text() {
    List<String> parts = limits.stream().map(ComplexityLimit::text).toList();
    if (parts.isEmpty()) {
      return "none";
    }
    return (parts.size() == 1 ? "" : combination == Combination.ALL ? "all of " : "any of ")
        + String.join(", ", parts);
  }
}
