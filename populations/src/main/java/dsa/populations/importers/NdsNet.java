package dsa.populations.importers;

import com.fasterxml.jackson.databind.JsonNode;
import dsa.core.arch.BlockType;
import dsa.core.arch.CellSpec;
import dsa.core.arch.genotype.Genotype;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code net} of a release record. */
final class NdsNet {

  private NdsNet() {}

  /**
   * The network a {@code net} describes, behind {@code stem}; nothing if it describes no stages of
   * a known block, as in the cell spaces. On CIFAR the lists have a first entry for the stem, which
   * some readers of the release drop.
   *
   * @throws IllegalArgumentException if its lists contradict each other
   */
  static Optional<StagedSpec> parse(JsonNode net, Stem stem) {
    String type = net.path("block_type").asText("");
    BlockType block;
    if (type.startsWith("res_bottleneck")) {
      block = BlockType.BOTTLENECK;
    } else if (type.startsWith("res_basic")) {
      block = BlockType.RESIDUAL;
    } else if (type.startsWith("double_plain") || type.startsWith("vanilla")) {
      block = BlockType.VANILLA;
    } else {
      return Optional.empty();
    }
    int length = net.path("ds").size();
    boolean bottleneck = block == BlockType.BOTTLENECK && net.has("bot_muls");
    boolean grouped = block == BlockType.BOTTLENECK && net.has("num_gs");
    List<String> lists = new ArrayList<>(List.of("ds", "ws", "ss"));
    if (bottleneck) {
      lists.add("bot_muls");
    }
    if (grouped) {
      lists.add("num_gs");
    }
    for (String list : lists) {
      if (net.path(list).size() != length || length == 0) {
        throw new IllegalArgumentException("has a net whose '" + list + "' is not as long as 'ds'");
      }
    }
    boolean stemFirst =
        net.path("bot_muls").size() == length
            ? number(net, "bot_muls", 0) == 0
            : length > 3 && whole(net, "ds", 0) == 1;
    int stemWidth = stemFirst ? whole(net, "ws", 0) : stem == Stem.CIFAR ? 16 : 64;
    List<StageSpec> stages = new ArrayList<>();
    for (int i = stemFirst ? 1 : 0; i < length; i++) {
      int depth = whole(net, "ds", i);
      int width = whole(net, "ws", i);
      int stride = whole(net, "ss", i);
      stages.add(
          block == BlockType.BOTTLENECK
              ? StageSpec.bottleneck(
                  depth,
                  width,
                  stride,
                  bottleneck ? number(net, "bot_muls", i) : 1,
                  grouped ? whole(net, "num_gs", i) : 1)
              : StageSpec.plain(depth, width, stride));
    }
    return Optional.of(new StagedSpec(block, stem, stemWidth, stages));
  }

  /** Whether a {@code net} is one of cells. */
  static boolean ofCells(JsonNode net) {
    return net.path("genotype").isObject();
  }

  /**
   * The network of cells that a {@code net} describes.
   *
   * @throws IllegalArgumentException if it describes none; the message says why
   */
  static CellSpec parseCells(JsonNode net, CellSpec.Stacking stacking) {
    for (String field : List.of("width", "depth")) {
      if (!net.path(field).canConvertToInt() || !net.path(field).isIntegralNumber()) {
        throw new IllegalArgumentException("'" + field + "' is no whole number");
      }
    }
    return Genotype.parse(net.get("genotype").toString())
        .network(
            stacking,
            net.get("width").intValue(),
            net.get("depth").intValue(),
            net.path("aux").asBoolean(false));
  }

  private static int whole(JsonNode net, String list, int index) {
    JsonNode value = net.get(list).path(index);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException(
          "has a net with '" + list + "[" + index + "]' that is no whole number");
    }
    return value.intValue();
  }

  private static double number(JsonNode net, String list, int index) {
    JsonNode value = net.get(list).path(index);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(
          "has a net with '" + list + "[" + index + "]' that is no number");
    }
    return value.doubleValue();
  }
}
