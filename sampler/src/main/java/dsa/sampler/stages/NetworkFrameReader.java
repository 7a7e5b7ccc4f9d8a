package dsa.sampler.stages;

import dsa.core.arch.BlockType;
import dsa.core.arch.Stem;
import dsa.core.io.MalformedFileException;
import dsa.sampler.format.SpaceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what files of AnyNet and RegNet spaces say of all their networks. */
public final class NetworkFrameReader {

  /** The keys that it reads. */
  public static final Set<String> KEYS = Set.of("block", "stem", "strides");

  private NetworkFrameReader() {}

  public static NetworkFrame read(SpaceNode root, Map<String, SpaceNode> top)
      throws MalformedFileException {
    SpaceNode blockNode = root.required(top, "block");
    BlockType block = blockNode.named(BlockType::parse);
    if (!block.hasBottleneck()) {
      throw blockNode.fault("has no bottleneck; use bottleneck or se-bottleneck");
    }
    SpaceNode stemNode = root.required(top, "stem");
    Map<String, SpaceNode> stem = stemNode.fields(Set.of("type", "width"));
    Stem type = stemNode.required(stem, "type").named(Stem::parse);
    int width = stemNode.required(stem, "width").wholeNumber("width");
    List<Integer> strides = new ArrayList<>();
    for (SpaceNode stride : root.required(top, "strides").items("strides, one a stage")) {
      strides.add(stride.wholeNumber("stride"));
    }
    return new NetworkFrame(block, type, width, strides);
  }
}
