package dsa.sampler.blocks;

import dsa.core.io.MalformedFileException;
import dsa.sampler.Dimension;
import dsa.sampler.SpaceHead;
import dsa.sampler.format.SpaceNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a space file of kind {@code blocks} says: templates, and what fills them. */
public final class BlockSpaceReader {

  /** The keys of this kind. */
  public static final Set<String> KEYS =
      Set.of("stem", "tail", "macros", "shared", "choices", "block", "stages");

  private static final Set<String> STAGE_KEYS =
      Set.of("stride", "repeat", "width", "choices", "block");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,39}");

  private BlockSpaceReader() {}

  /** The space that the document describes. */
  public static BlockSpace read(SpaceHead head, SpaceNode root, Map<String, SpaceNode> top)
      throws MalformedFileException {
    Map<String, String> macros = new LinkedHashMap<>();
    if (top.containsKey("macros")) {
      for (Map.Entry<String, SpaceNode> macro : top.get("macros").fields(Set.of()).entrySet()) {
        macros.put(macro.getKey(), macro.getValue().text());
      }
    }
    SpaceNode stem = root.required(top, "stem");
    SpaceNode stages = root.required(top, "stages");
    List<BlockStage> read = new ArrayList<>();
    for (SpaceNode node : stages.items("stages")) {
      read.add(stage(node, top));
    }
    return new BlockSpace(
        head,
        stem.text(),
        macros,
        new ArrayList<>(axes(top.get("shared")).values()),
        read,
        top.containsKey("tail") ? top.get("tail").text() : "id");
  }

  private static BlockStage stage(SpaceNode node, Map<String, SpaceNode> top)
      throws MalformedFileException {
    Map<String, SpaceNode> fields = node.fields(STAGE_KEYS);
    int stride = node.required(fields, "stride").wholeNumber("stride");
    Dimension repeat =
        fields.containsKey("repeat")
            ? fields.get("repeat").wholeNumbers("repeat")
            : Dimension.of("repeat", 1);
    Map<String, BlockAxis> axes = new LinkedHashMap<>();
    Optional<BlockText> width = Optional.empty();
    SpaceNode widthNode = fields.get("width");
    if (widthNode != null && widthNode.value() instanceof String) {
      width = Optional.of(text(widthNode));
    } else if (widthNode != null) {
      axes.put(
          "width", new BlockAxis(widthNode.path(), widthNode.wholeNumbers("width"), List.of()));
      width = Optional.of(new BlockText(widthNode.path(), "width"));
    }
    for (SpaceNode choices : Arrays.asList(top.get("choices"), fields.get("choices"))) {
      for (BlockAxis axis : axes(choices).values()) {
        if (axis.dimension().name().equals("width")) {
          throw choices
              .fields(Set.of())
              .get("width")
              .fault("cannot be a choice: width is a key of stages");
        }
        axes.put(axis.dimension().name(), axis);
      }
    }
    SpaceNode block = fields.getOrDefault("block", top.get("block"));
    if (block == null) {
      throw node.fault("has no key 'block', and there is none for all stages");
    }
    try {
      return new BlockStage(stride, repeat, width, new ArrayList<>(axes.values()), text(block));
    } catch (IllegalArgumentException e) {
      throw node.fault("is no stage", e);
    }
  }

  private static BlockText text(SpaceNode node) throws MalformedFileException {
    return new BlockText(node.path(), node.text());
  }

  /** Choices by name: numbers, or a map from labels to texts. */
  private static Map<String, BlockAxis> axes(SpaceNode node) throws MalformedFileException {
    Map<String, BlockAxis> axes = new LinkedHashMap<>();
    if (node == null) {
      return axes;
    }
    for (Map.Entry<String, SpaceNode> choice : node.fields(Set.of()).entrySet()) {
      axes.put(choice.getKey(), axis(choice.getKey(), choice.getValue()));
    }
    return axes;
  }

  private static BlockAxis axis(String name, SpaceNode node) throws MalformedFileException {
    if (!(node.value() instanceof Map<?, ?>)) {
      return new BlockAxis(node.path(), node.numbers(name), List.of());
    }
    List<String> texts = new ArrayList<>();
    Map<String, SpaceNode> fields = node.fields(Set.of());
    for (Map.Entry<String, SpaceNode> field : fields.entrySet()) {
      if (!LABEL.matcher(field.getKey()).matches()) {
        throw field.getValue().fault("has a label that is not of letters, digits, . _ + -");
      }
      texts.add(field.getValue().text());
    }
    try {
      return new BlockAxis(
          node.path(), Dimension.ofNames(name, List.copyOf(fields.keySet())), texts);
    } catch (IllegalArgumentException e) {
      throw node.fault("is no choice", e);
    }
  }
}
