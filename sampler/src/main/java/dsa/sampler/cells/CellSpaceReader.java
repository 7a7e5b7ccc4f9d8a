package dsa.sampler.cells;

import dsa.core.arch.Cell.Combine;
import dsa.core.arch.Cell.OutputRule;
import dsa.core.arch.CellOp;
import dsa.core.arch.CellSpec.Stacking;
import dsa.core.io.MalformedFileException;
import dsa.sampler.SpaceHead;
import dsa.sampler.format.SpaceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what a space file of kind {@code cells} says. */
public final class CellSpaceReader {

  /** The keys of this kind. */
  public static final Set<String> KEYS =
      Set.of("stacking", "ops", "nodes", "combine", "output", "width", "depth");

  private CellSpaceReader() {}

  /** The space that the document describes. */
  public static CellSpace read(SpaceHead head, SpaceNode root, Map<String, SpaceNode> top)
      throws MalformedFileException {
    List<CellOp> ops = new ArrayList<>();
    for (SpaceNode op : root.required(top, "ops").items("operations")) {
      CellOp parsed = op.named(CellOp::parse);
      if (ops.contains(parsed)) {
        throw op.fault("stands there twice");
      }
      ops.add(parsed);
    }
    List<Combine> combines = new ArrayList<>();
    if (top.containsKey("combine")) {
      SpaceNode node = top.get("combine");
      List<SpaceNode> items = node.value() instanceof List<?> ? node.items("words") : List.of(node);
      for (SpaceNode item : items) {
        combines.add(item.named(CellSpaceReader::combine));
      }
    } else {
      combines.add(Combine.ADD);
    }
    int nodes = root.required(top, "nodes").wholeNumber("nodes");
    return new CellSpace(
        head,
        root.required(top, "stacking").named(Stacking::parse),
        ops,
        nodes,
        combines,
        root.required(top, "output").named(CellSpaceReader::output),
        root.required(top, "width").wholeNumbers("width"),
        root.required(top, "depth").wholeNumbers("depth"));
  }

  private static Combine combine(String text) {
    for (Combine combine : Combine.values()) {
      if (combine.label().equals(text)) {
        return combine;
      }
    }
    throw new IllegalArgumentException("nodes combine by add or concat");
  }

  private static OutputRule output(String text) {
    for (OutputRule rule : OutputRule.values()) {
      if (rule.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return rule;
      }
    }
    throw new IllegalArgumentException("the output is loose-ends or all-nodes");
  }
}
