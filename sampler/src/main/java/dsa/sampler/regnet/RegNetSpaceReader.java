package dsa.sampler.regnet;

import dsa.core.io.MalformedFileException;
import dsa.sampler.SpaceHead;
import dsa.sampler.distribution.DiscreteDistribution;
import dsa.sampler.distribution.DistributionType;
import dsa.sampler.format.SpaceNode;
import dsa.sampler.stages.NetworkFrame;
import dsa.sampler.stages.NetworkFrameReader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a space file of kind {@code regnet} says: a distribution for each of the six numbers.
 */
public final class RegNetSpaceReader {

  /** The keys of this kind. */
  public static final Set<String> KEYS = keys();

  private RegNetSpaceReader() {}

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(NetworkFrameReader.KEYS);
    keys.addAll(Set.of("fewest-stages", "depth", "w0", "wa", "wm", "bottleneck", "group-width"));
    return Set.copyOf(keys);
  }

  /** The space that the document describes. */
  public static RegNetSpace read(SpaceHead head, SpaceNode root, Map<String, SpaceNode> top)
      throws MalformedFileException {
    NetworkFrame frame = NetworkFrameReader.read(root, top);
    RegNetRanges ranges =
        new RegNetRanges(
            distribution(root.required(top, "depth")),
            distribution(root.required(top, "w0")),
            distribution(root.required(top, "wa")),
            distribution(root.required(top, "wm")),
            distribution(root.required(top, "bottleneck")),
            distribution(root.required(top, "group-width")));
    int fewest =
        top.containsKey("fewest-stages")
            ? top.get("fewest-stages").wholeNumber("fewest-stages")
            : frame.stages();
    return new RegNetSpace(head, frame, ranges, fewest);
  }

  /**
   * A number, or a distribution such as {@code {law: log-uniform, range: [8, 256], quantum: 8}}.
   */
  private static DiscreteDistribution distribution(SpaceNode node) throws MalformedFileException {
    try {
      if (!(node.value() instanceof Map)) {
        BigDecimal value = node.decimal();
        if (value.signum() == 0) {
          throw node.fault("must be above 0");
        }
        return DiscreteDistribution.of(DistributionType.UNIFORM, value, value, value);
      }
      Map<String, SpaceNode> fields = node.fields(Set.of("law", "range", "quantum"));
      DistributionType type = node.required(fields, "law").named(DistributionType::parse);
      SpaceNode range = node.required(fields, "range");
      List<SpaceNode> ends = range.items("two numbers");
      if (ends.size() != 2) {
        throw range.fault("is not a list of two numbers, the smallest and the largest");
      }
      return DiscreteDistribution.of(
          type,
          ends.get(0).decimal(),
          ends.get(1).decimal(),
          node.required(fields, "quantum").decimal());
    } catch (IllegalArgumentException e) {
      throw node.fault("is no distribution", e);
    }
  }
}
