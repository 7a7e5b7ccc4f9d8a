package dsa.sampler.spaces;

import dsa.core.arch.RegNet;
import dsa.sampler.Dimension;
import dsa.sampler.law.SamplingLaw;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The laws of the six numbers of a RegNet, each drawn on its own.
 *
 * @param depth whole numbers
 * @param w0 multiples of 8
 * @param wa slopes, above 0
 * @param wm multipliers, above 1
 * @param bottleneck bottleneck width over block width: powers of two
 * @param groupWidth whole numbers
 */
public record RegNetRanges(
    SamplingLaw depth,
    SamplingLaw w0,
    SamplingLaw wa,
    SamplingLaw wm,
    SamplingLaw bottleneck,
    SamplingLaw groupWidth) {

  /** Rejects ranges in which some draw is no {@link RegNet}. */
  public RegNetRanges {
    for (SamplingLaw whole : List.of(depth, w0, groupWidth)) {
      if (whole.values().stream().anyMatch(v -> v.stripTrailingZeros().scale() > 0)) {
        throw new IllegalArgumentException(
            "depth, w0 and group-width are whole numbers, unlike " + whole.text());
      }
    }
    for (BigDecimal value : bottleneck.values()) {
      double v = value.doubleValue();
      if (v <= 0 || v != Math.scalb(1.0, Math.getExponent(v))) {
        throw new IllegalArgumentException(
            "bottleneck multiplier " + value.toPlainString() + " is no power of two");
      }
    }
    if (w0.values().stream().anyMatch(v -> v.intValue() % RegNet.WIDTH_STEP != 0)) {
      throw new IllegalArgumentException("w0 has values that are no multiples of 8");
    }
    if (least(wa) <= 0) {
      throw new IllegalArgumentException("wa must be above 0");
    }
    new RegNet(
        (int) least(depth),
        (int) least(w0),
        least(wa),
        least(wm),
        least(bottleneck),
        (int) least(groupWidth),
        false);
    new RegNet(
        (int) greatest(depth),
        (int) greatest(w0),
        greatest(wa),
        greatest(wm),
        greatest(bottleneck),
        (int) greatest(groupWidth),
        false);
  }

  static double least(SamplingLaw law) {
    return law.values().get(0).doubleValue();
  }

  static double greatest(SamplingLaw law) {
    return law.values().get(law.values().size() - 1).doubleValue();
  }

  /** The laws by the names of their dimensions, in the order of the components. */
  Map<String, SamplingLaw> byName() {
    Map<String, SamplingLaw> laws = new LinkedHashMap<>();
    laws.put("depth", depth);
    laws.put("w0", w0);
    laws.put("wa", wa);
    laws.put("wm", wm);
    laws.put("bottleneck", bottleneck);
    laws.put("group-width", groupWidth);
    return laws;
  }

  List<Dimension> dimensions() {
    return byName().entrySet().stream()
        .map(
            law ->
                new Dimension(
                    law.getKey(),
                    law.getValue().values().stream().map(BigDecimal::doubleValue).toList()))
        .toList();
  }

  /** Whether all combinations are equally likely. */
  boolean isUniform() {
    return byName().values().stream().allMatch(SamplingLaw::isUniform);
  }

  String text() {
    return byName().entrySet().stream()
        .map(law -> law.getKey() + " " + law.getValue().text())
        .collect(Collectors.joining(", "));
  }
}
