package dsa.sampler.regnet;

import dsa.core.arch.RegNet;
import dsa.sampler.Dimension;
import dsa.sampler.distribution.DiscreteDistribution;
import dsa.sampler.format.SpaceFault;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The distributions of the six numbers of a RegNet, each drawn on its own.
 *
 * @param depth whole numbers
 * @param w0 multiples of 8
 * @param wa slopes, above 0
 * @param wm multipliers, above 1
 * @param bottleneck bottleneck width over block width: powers of two
 * @param groupWidth whole numbers
 */
public record RegNetRanges(
    DiscreteDistribution depth,
    DiscreteDistribution w0,
    DiscreteDistribution wa,
    DiscreteDistribution wm,
    DiscreteDistribution bottleneck,
    DiscreteDistribution groupWidth) {

  /** Rejects ranges in which some draw is no {@link RegNet}. */
  public RegNetRanges {
    refuseFractions("depth", depth);
    refuseFractions("w0", w0);
    refuseFractions("group-width", groupWidth);
    for (BigDecimal value : bottleneck.values()) {
      double v = value.doubleValue();
      if (v <= 0 || v != Math.scalb(1.0, Math.getExponent(v))) {
        throw new SpaceFault(
            "bottleneck", "bottleneck multiplier " + value.toPlainString() + " is no power of two");
      }
    }
    if (w0.values().stream().anyMatch(v -> v.intValue() % RegNet.WIDTH_STEP != 0)) {
      throw new SpaceFault("w0", "w0 has values that are no multiples of 8");
    }
    if (least(wa) <= 0) {
      throw new SpaceFault("wa", "wa must be above 0");
    }
    Map<String, DiscreteDistribution> distributions =
        byName(depth, w0, wa, wm, bottleneck, groupWidth);
    refuseOutside(distributions, RegNetRanges::least);
    refuseOutside(distributions, RegNetRanges::greatest);
  }

  private static void refuseFractions(String name, DiscreteDistribution distribution) {
    if (distribution.values().stream().anyMatch(v -> v.stripTrailingZeros().scale() > 0)) {
      throw new SpaceFault(name, name + " is of whole numbers, unlike " + distribution.text());
    }
  }

  /** Puts one number after the other into a harmless RegNet; the first it refuses is at fault. */
  private static void refuseOutside(
      Map<String, DiscreteDistribution> distributions, ToDoubleFunction<DiscreteDistribution> end) {
    double[] numbers = {1, RegNet.WIDTH_STEP, 0, 2, 1, 1};
    int i = 0;
    for (Map.Entry<String, DiscreteDistribution> distribution : distributions.entrySet()) {
      numbers[i++] = end.applyAsDouble(distribution.getValue());
      SpaceFault.naming(
          distribution.getKey(),
          () ->
              new RegNet(
                  (int) numbers[0],
                  (int) numbers[1],
                  numbers[2],
                  numbers[3],
                  numbers[4],
                  (int) numbers[5],
                  false));
    }
  }

  static double least(DiscreteDistribution distribution) {
    return distribution.values().get(0).doubleValue();
  }

  static double greatest(DiscreteDistribution distribution) {
    return distribution.values().get(distribution.values().size() - 1).doubleValue();
  }

  /** The distributions by the names of their dimensions, in the order of the components. */
  Map<String, DiscreteDistribution> byName() {
    return byName(depth, w0, wa, wm, bottleneck, groupWidth);
  }

  private static Map<String, DiscreteDistribution> byName(
      DiscreteDistribution depth,
      DiscreteDistribution w0,
      DiscreteDistribution wa,
      DiscreteDistribution wm,
      DiscreteDistribution bottleneck,
      DiscreteDistribution groupWidth) {
    Map<String, DiscreteDistribution> distributions = new LinkedHashMap<>();
    distributions.put("depth", depth);
    distributions.put("w0", w0);
    distributions.put("wa", wa);
    distributions.put("wm", wm);
    distributions.put("bottleneck", bottleneck);
    distributions.put("group-width", groupWidth);
    return distributions;
  }

  List<Dimension> dimensions() {
    return byName().entrySet().stream()
        .map(
            distribution ->
                new Dimension(
                    distribution.getKey(),
                    distribution.getValue().values().stream()
                        .map(BigDecimal::doubleValue)
                        .toList()))
        .toList();
  }

  /** Whether all combinations are equally likely. */
  boolean isUniform() {
    return byName().values().stream().allMatch(DiscreteDistribution::isUniform);
  }

  String text() {
    return byName().entrySet().stream()
        .map(distribution -> distribution.getKey() + " " + distribution.getValue().text())
        .collect(Collectors.joining(", "));
  }
}
