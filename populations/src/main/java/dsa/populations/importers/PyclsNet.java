package dsa.populations.importers;

import com.fasterxml.jackson.databind.JsonNode;
import dsa.core.arch.BlockType;
import dsa.core.arch.RegNet;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Stem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The network of a pycls configuration: {@code ANYNET}, whose stages are listed, or {@code REGNET},
 * whose six numbers give them. What a configuration leaves out has pycls' defaults.
 */
final class PyclsNet {

  private static final double SE_RATIO = 0.25;
  private static final int MOST_STAGES = 100;

  private PyclsNet() {}

  /**
   * The network, or nothing if the model is of another type, or has a stem, block, head or
   * squeeze-excite that staged networks have no word for.
   *
   * @throws IllegalArgumentException if its numbers contradict each other
   */
  static Optional<StagedSpec> of(JsonNode config) {
    String type = config.path("MODEL").path("TYPE").asText("");
    boolean regnet = type.equals("regnet") || (type.isEmpty() && config.has("REGNET"));
    if (!regnet && !type.equals("anynet") && !(type.isEmpty() && config.has("ANYNET"))) {
      return Optional.empty();
    }
    JsonNode net = config.path(regnet ? "REGNET" : "ANYNET");
    Optional<BlockType> block = block(net);
    Optional<Stem> stem = stem(net.path("STEM_TYPE").asText("simple_stem_in"));
    if (block.isEmpty() || stem.isEmpty() || net.path("HEAD_W").asInt(0) > 0) {
      return Optional.empty();
    }
    int stemWidth = net.path("STEM_W").asInt(32);
    return Optional.of(
        regnet
            ? regNet(net, block.get(), stem.get(), stemWidth)
            : new StagedSpec(block.get(), stem.get(), stemWidth, stages(net, block.get())));
  }

  private static Optional<BlockType> block(JsonNode net) {
    boolean excited = net.path("SE_ON").asBoolean(false);
    if (excited && net.path("SE_R").asDouble(SE_RATIO) != SE_RATIO) {
      return Optional.empty();
    }
    return switch (net.path("BLOCK_TYPE").asText("res_bottleneck_block")) {
      case "res_bottleneck_block" ->
          Optional.of(excited ? BlockType.SE_BOTTLENECK : BlockType.BOTTLENECK);
      case "res_basic_block" -> Optional.of(BlockType.RESIDUAL);
      case "vanilla_block" -> Optional.of(BlockType.VANILLA);
      default -> Optional.empty();
    };
  }

  private static Optional<Stem> stem(String type) {
    return switch (type) {
      case "res_stem_cifar" -> Optional.of(Stem.CIFAR);
      case "simple_stem_in" -> Optional.of(Stem.SIMPLE);
      case "res_stem_in" -> Optional.of(Stem.IMAGENET);
      default -> Optional.empty();
    };
  }

  private static StagedSpec regNet(JsonNode net, BlockType block, Stem stem, int stemWidth) {
    if (!block.hasBottleneck()) {
      throw new IllegalArgumentException("a RegNet of " + block.label() + " blocks");
    }
    List<Integer> strides = Collections.nCopies(MOST_STAGES, net.path("STRIDE").asInt(2));
    return new RegNet(
            net.path("DEPTH").asInt(10),
            net.path("W0").asInt(32),
            net.path("WA").asDouble(5),
            net.path("WM").asDouble(2.5),
            net.path("BOT_MUL").asDouble(1),
            net.path("GROUP_W").asInt(16),
            block == BlockType.SE_BOTTLENECK)
        .network(stem, stemWidth, strides);
  }

  private static List<StageSpec> stages(JsonNode net, BlockType block) {
    int length = net.path("DEPTHS").size();
    List<String> lists = new ArrayList<>(List.of("WIDTHS", "STRIDES"));
    for (String optional : List.of("BOT_MULS", "GROUP_WS")) {
      if (block.hasBottleneck() && net.path(optional).size() > 0) {
        lists.add(optional);
      }
    }
    for (String list : lists) {
      if (net.path(list).size() != length) {
        throw new IllegalArgumentException("ANYNET." + list + " is not as long as ANYNET.DEPTHS");
      }
    }
    List<StageSpec> stages = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      int depth = whole(net, "DEPTHS", i);
      int width = whole(net, "WIDTHS", i);
      int stride = whole(net, "STRIDES", i);
      if (!block.hasBottleneck()) {
        stages.add(StageSpec.plain(depth, width, stride));
        continue;
      }
      double multiplier = net.path("BOT_MULS").path(i).asDouble(1);
      int narrow = (int) Math.rint(width * multiplier);
      int groupWidth = lists.contains("GROUP_WS") ? whole(net, "GROUP_WS", i) : narrow;
      if (groupWidth < 1 || narrow % groupWidth != 0) {
        throw new IllegalArgumentException(
            "a bottleneck of " + narrow + " channels in groups of " + groupWidth);
      }
      stages.add(new StageSpec(depth, width, stride, narrow, narrow / groupWidth));
    }
    return stages;
  }

  private static int whole(JsonNode net, String list, int index) {
    JsonNode value = net.path(list).path(index);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("ANYNET." + list + " holds no whole number");
    }
    return value.intValue();
  }
}
