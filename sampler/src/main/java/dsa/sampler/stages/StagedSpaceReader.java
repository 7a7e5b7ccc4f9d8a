package dsa.sampler.stages;

import dsa.core.arch.BlockType;
import dsa.core.arch.Stem;
import dsa.core.io.MalformedFileException;
import dsa.sampler.Dimension;
import dsa.sampler.SpaceHead;
import dsa.sampler.format.SpaceNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a space file of kind {@code stages} says: a grid per stage, and what ties stages. */
public final class StagedSpaceReader {

  /** The keys of this kind. */
  public static final Set<String> KEYS = Set.of("block", "stem", "stages", "constraints");

  private StagedSpaceReader() {}

  /** The space that the document describes. */
  public static StagedSpace read(SpaceHead head, SpaceNode root, Map<String, SpaceNode> top)
      throws MalformedFileException {
    BlockType block = root.required(top, "block").named(BlockType::parse);
    SpaceNode stemNode = root.required(top, "stem");
    Map<String, SpaceNode> stem = stemNode.fields(Set.of("type", "width"));
    Stem stemType = stemNode.required(stem, "type").named(Stem::parse);
    int stemWidth = stemNode.required(stem, "width").wholeNumber("width");
    List<StageGrid> grids = new ArrayList<>();
    for (SpaceNode stage : root.required(top, "stages").items("stages")) {
      grids.add(grid(stage, block));
    }
    Map<Axis, Relation> constraints =
        top.containsKey("constraints") ? constraints(top.get("constraints"), block) : Map.of();
    return new StagedSpace(head, block, stemType, stemWidth, grids, constraints);
  }

  private static StageGrid grid(SpaceNode node, BlockType block) throws MalformedFileException {
    boolean bottleneck = block.hasBottleneck();
    Map<String, SpaceNode> stage =
        node.fields(
            bottleneck
                ? Set.of("stride", "depth", "width", "ratio", "groups")
                : Set.of("stride", "depth", "width"));
    Dimension one = Dimension.of("one", 1);
    int stride = node.required(stage, "stride").wholeNumber("stride");
    Dimension depth = node.required(stage, "depth").wholeNumbers("depth");
    Dimension width = node.required(stage, "width").wholeNumbers("width");
    Dimension ratio = bottleneck ? node.required(stage, "ratio").numbers("ratio") : one;
    Dimension groups = bottleneck ? node.required(stage, "groups").wholeNumbers("groups") : one;
    try {
      return new StageGrid(stride, depth, width, ratio, groups);
    } catch (IllegalArgumentException e) {
      throw node.fault("is no stage", e);
    }
  }

  private static Map<Axis, Relation> constraints(SpaceNode node, BlockType block)
      throws MalformedFileException {
    Map<Axis, Relation> constraints = new EnumMap<>(Axis.class);
    boolean bottleneck = block.hasBottleneck();
    Map<String, SpaceNode> fields =
        node.fields(
            bottleneck ? Set.of("depth", "width", "ratio", "groups") : Set.of("depth", "width"));
    for (Axis axis : Axis.values()) {
      SpaceNode relation = fields.get(axis.label());
      if (relation != null) {
        constraints.put(axis, relation.named(Relation::parse));
      }
    }
    return constraints;
  }
}
