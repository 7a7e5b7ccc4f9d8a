package dsa.sampler.stages;

import dsa.core.io.MalformedFileException;
import dsa.sampler.Dimension;
import dsa.sampler.SpaceHead;
import dsa.sampler.distribution.DiscreteDistribution;
import dsa.sampler.distribution.DistributionType;
import dsa.sampler.format.SpaceNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a space file of kind {@code anynet} says: four grids, and what ties stages. */
public final class AnyNetSpaceReader {

  private static final Set<String> AXES = Set.of("depth", "width", "ratio", "group-width");

  /** The keys of this kind. */
  public static final Set<String> KEYS = keys();

  private AnyNetSpaceReader() {}

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(NetworkFrameReader.KEYS);
    keys.addAll(AXES);
    keys.addAll(Set.of("constraints", "law"));
    return Set.copyOf(keys);
  }

  /** The space that the document describes. */
  public static AnyNetSpace read(SpaceHead head, SpaceNode root, Map<String, SpaceNode> top)
      throws MalformedFileException {
    NetworkFrame frame = NetworkFrameReader.read(root, top);
    AnyNetSpace.Grids grids =
        new AnyNetSpace.Grids(
            whole(root.required(top, "depth"), "depth"),
            whole(root.required(top, "width"), "width"),
            root.required(top, "ratio").numbers("ratio"),
            whole(root.required(top, "group-width"), "group-width"));
    Map<String, Relation> constraints = new HashMap<>();
    if (top.containsKey("constraints")) {
      for (Map.Entry<String, SpaceNode> tie : top.get("constraints").fields(AXES).entrySet()) {
        constraints.put(tie.getKey(), tie.getValue().named(Relation::parse));
      }
    }
    return new AnyNetSpace(head, frame, grids, constraints, distributions(root, top));
  }

  /** What {@code law} says of all axes; absent if it says, or is left out for, uniform. */
  private static Optional<AnyNetSpace.Distributions> distributions(
      SpaceNode root, Map<String, SpaceNode> top) throws MalformedFileException {
    SpaceNode node = top.get("law");
    if (node == null || node.named(AnyNetSpaceReader::distribution) == DistributionType.UNIFORM) {
      return Optional.empty();
    }
    return Optional.of(
        new AnyNetSpace.Distributions(
            logUniform(root.required(top, "depth")),
            logUniform(root.required(top, "width")),
            logUniform(root.required(top, "ratio")),
            logUniform(root.required(top, "group-width"))));
  }

  private static DistributionType distribution(String text) {
    for (DistributionType type : List.of(DistributionType.UNIFORM, DistributionType.LOG_UNIFORM)) {
      if (type.label().equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "an AnyNet's distribution is neither uniform nor log-uniform");
  }

  /** The distribution of an axis that was read before, and is a range, a list or a number. */
  private static DiscreteDistribution logUniform(SpaceNode node) throws MalformedFileException {
    if (node.value() instanceof Map) {
      return range(node, DistributionType.LOG_UNIFORM);
    }
    List<SpaceNode> items = node.value() instanceof List<?> ? node.items("numbers") : List.of(node);
    List<BigDecimal> values = new ArrayList<>();
    for (SpaceNode item : items) {
      values.add(item.decimal());
    }
    try {
      return DiscreteDistribution.logUniformOver(values);
    } catch (IllegalArgumentException e) {
      throw node.fault("is no grid: " + e.getMessage());
    }
  }

  /** Whole numbers, or a range of them such as {@code {range: [8, 1024], quantum: 8}}. */
  private static Dimension whole(SpaceNode node, String name) throws MalformedFileException {
    if (!(node.value() instanceof Map)) {
      return node.wholeNumbers(name);
    }
    List<BigDecimal> values = range(node, DistributionType.UNIFORM).values();
    try {
      if (values.stream().anyMatch(v -> v.stripTrailingZeros().scale() > 0)) {
        throw new IllegalArgumentException("its numbers are not whole");
      }
      return new Dimension(name, values.stream().map(BigDecimal::doubleValue).toList());
    } catch (IllegalArgumentException e) {
      throw node.fault("is no grid: " + e.getMessage());
    }
  }

  private static DiscreteDistribution range(SpaceNode node, DistributionType type)
      throws MalformedFileException {
    Map<String, SpaceNode> fields = node.fields(Set.of("range", "quantum"));
    SpaceNode range = node.required(fields, "range");
    List<SpaceNode> ends = range.items("two numbers");
    if (ends.size() != 2) {
      throw range.fault("is not a list of two numbers, the smallest and the largest");
    }
    BigDecimal low = ends.get(0).decimal();
    BigDecimal high = ends.get(1).decimal();
    BigDecimal quantum = node.required(fields, "quantum").decimal();
    try {
      return DiscreteDistribution.of(type, low, high, quantum);
    } catch (IllegalArgumentException e) {
      throw node.fault("is no grid", e);
    }
  }
}
