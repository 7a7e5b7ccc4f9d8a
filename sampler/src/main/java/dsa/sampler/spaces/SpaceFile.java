package dsa.sampler.spaces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dsa.core.arch.BlockType;
import dsa.core.arch.Stem;
import dsa.core.arch.Task;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.io.MalformedFileException;
import dsa.sampler.ComplexityCap;
import dsa.sampler.ComplexityLimit;
import dsa.sampler.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads a design space from YAML, or from JSON if the name ends in {@code .json}. The format is
 * {@code dsa.space/1}, specified in docs/formats.md. Whatever is wrong with a file is said in one
 * sentence that names the line and the key.
 */
public final class SpaceFile {

  private static final String FORMAT = "dsa.space/1";
  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 8;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private final String file;

  private SpaceFile(String file) {
    this.file = file;
  }

  /**
   * The space that a file describes.
   *
   * @throws MalformedFileException if the file is no valid space; the message names line and key
   */
  public static StagedSpace read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    }
  }

  /** The space that a stream describes; {@code file} is what messages call it. */
  static StagedSpace read(String file, InputStream in) throws IOException {
    SpaceFile reader = new SpaceFile(file);
    return reader.space(reader.tree(in.readNBytes(MOST_BYTES + 1)));
  }

  // ---- the document as a tree that remembers its lines

  /**
   * A value of the document.
   *
   * @param path such as {@code stages[1].width}
   * @param value a {@code String} (text), {@code Numeral} (its text), {@code List<Node>} or {@code
   *     Map<String, Node>}
   */
  private record Node(long line, String path, Object value) {}

  /** The text of a number, as it was written. */
  private record Numeral(String text) {}

  private Node tree(byte[] bytes) throws IOException {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedFileException(file, 0, "is larger than a space file may be, 1 MiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file, 0, "is not UTF-8 text; save it as UTF-8");
    }
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    JsonFactory factory =
        file.toLowerCase(Locale.ROOT).endsWith(".json") ? new JsonFactory() : new YAMLFactory();
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new MalformedFileException(
            file, 1, "is empty; a space file begins with format: " + FORMAT);
      }
      Node root = node(parser, "", 0);
      if (parser.nextToken() != null) {
        throw new MalformedFileException(
            file, line(parser), "has something after the end of the space; keep one space a file");
      }
      return root;
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new MalformedFileException(
          file, Math.max(0, line), "is not readable: " + firstLine(e.getOriginalMessage()));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("unknown fault");
  }

  private static long line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private Node node(JsonParser parser, String path, int depth) throws IOException {
    long line = line(parser);
    if (depth > DEEPEST) {
      throw new MalformedFileException(file, line, "is nested more than " + DEEPEST + " deep");
    }
    refuseReferences(parser, line);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, path + "[" + items.size() + "]", depth + 1));
      }
      return new Node(line, path, items);
    }
    if (token == JsonToken.START_OBJECT) {
      Map<String, Node> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        refuseReferences(parser, line(parser));
        String key = parser.currentName();
        long at = line(parser);
        String inner = path.isEmpty() ? key : path + "." + key;
        parser.nextToken();
        if (fields.put(key, node(parser, inner, depth + 1)) != null) {
          throw new MalformedFileException(file, at, shown(inner) + " stands there twice");
        }
      }
      return new Node(line, path, fields);
    }
    if (token.isNumeric()) {
      return new Node(line, path, new Numeral(parser.getText()));
    }
    return new Node(line, path, parser.getText());
  }

  private void refuseReferences(JsonParser parser, long line) throws IOException {
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
      throw new MalformedFileException(
          file, line, "uses a YAML anchor, alias or tag; write the value out");
    }
  }

  // ---- the tree as a space

  private StagedSpace space(Node root) throws MalformedFileException {
    Map<String, Node> top = map(root, Set.of());
    Node format = required(root, top, "format");
    if (!FORMAT.equals(format.value())) {
      throw fault(format, "is not " + FORMAT + ", the only space format known here");
    }
    map(
        root,
        Set.of(
            "format",
            "name",
            "description",
            "task",
            "block",
            "stem",
            "stages",
            "constraints",
            "window"));
    Node nameNode = required(root, top, "name");
    String name = text(nameNode);
    if (!NAME.matcher(name).matches()) {
      throw fault(
          nameNode, "is not a name of up to 64 lower-case letters, digits, dots and dashes");
    }
    String description = top.containsKey("description") ? text(top.get("description")) : "";
    Task task = named(required(root, top, "task"), Task::parse);
    BlockType block = named(required(root, top, "block"), BlockType::parse);
    Node stemNode = required(root, top, "stem");
    Map<String, Node> stem = map(stemNode, Set.of("type", "width"));
    Stem stemType = named(required(stemNode, stem, "type"), Stem::parse);
    int stemWidth = axis(required(stemNode, stem, "width"), "width").whole(0);
    Node stages = required(root, top, "stages");
    if (!(stages.value() instanceof List<?> list)) {
      throw fault(stages, "is not a list of stages");
    }
    List<StageGrid> grids = new ArrayList<>();
    for (Object stage : list) {
      grids.add(grid((Node) stage, block));
    }
    Map<Axis, Relation> constraints =
        constraints(Optional.ofNullable(top.get("constraints")), block);
    ComplexityCap window = window(Optional.ofNullable(top.get("window")));
    try {
      return new StagedSpace(
          name, description, task, block, stemType, stemWidth, grids, constraints, window);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, root.line(), "space " + name + ": " + e.getMessage());
    }
  }

  private StageGrid grid(Node node, BlockType block) throws MalformedFileException {
    boolean bottleneck = block == BlockType.BOTTLENECK;
    Map<String, Node> stage =
        map(
            node,
            bottleneck
                ? Set.of("stride", "depth", "width", "ratio", "groups")
                : Set.of("stride", "depth", "width"));
    Dimension one = Dimension.of("one", 1);
    Dimension stride = axis(required(node, stage, "stride"), "stride");
    Dimension depth = axis(required(node, stage, "depth"), "depth");
    Dimension width = axis(required(node, stage, "width"), "width");
    Dimension ratio = bottleneck ? axis(required(node, stage, "ratio"), "ratio") : one;
    Dimension groups = bottleneck ? axis(required(node, stage, "groups"), "groups") : one;
    if (stride.size() != 1) {
      throw fault(stage.get("stride"), "is not one number");
    }
    try {
      return new StageGrid(stride.whole(0), depth, width, ratio, groups);
    } catch (IllegalArgumentException e) {
      throw fault(node, "is no stage: " + e.getMessage());
    }
  }

  /** A number or a list of numbers. */
  private Dimension axis(Node node, String name) throws MalformedFileException {
    List<?> items = node.value() instanceof List<?> list ? list : List.of(node);
    List<Double> values = new ArrayList<>();
    for (Object item : items) {
      Node value = (Node) item;
      if (!(value.value() instanceof Numeral number) || !NUMBER.matcher(number.text()).matches()) {
        throw fault(value, "is not a plain number such as 64 or 1.5");
      }
      if (!name.equals("ratio") && number.text().contains(".")) {
        throw fault(value, "is not a whole number");
      }
      values.add(Double.valueOf(number.text()));
    }
    try {
      return new Dimension(name, values);
    } catch (IllegalArgumentException e) {
      throw fault(node, "is no grid: " + e.getMessage());
    }
  }

  private Map<Axis, Relation> constraints(Optional<Node> node, BlockType block)
      throws MalformedFileException {
    Map<Axis, Relation> constraints = new EnumMap<>(Axis.class);
    if (node.isEmpty()) {
      return constraints;
    }
    boolean bottleneck = block == BlockType.BOTTLENECK;
    Map<String, Node> fields =
        map(
            node.get(),
            bottleneck ? Set.of("depth", "width", "ratio", "groups") : Set.of("depth", "width"));
    for (Axis axis : Axis.values()) {
      Node relation = fields.get(axis.label());
      if (relation != null) {
        constraints.put(axis, named(relation, Relation::parse));
      }
    }
    return constraints;
  }

  private ComplexityCap window(Optional<Node> node) throws MalformedFileException {
    if (node.isEmpty()) {
      return ComplexityCap.NONE;
    }
    Map<String, Node> fields =
        map(node.get(), Set.of("params", "flops", "activations", "flops-kind"));
    if (fields.containsKey("flops") != fields.containsKey("flops-kind")) {
      throw fault(node.get(), "needs flops and flops-kind (macs or nds) together, or neither");
    }
    FlopsConvention convention =
        fields.containsKey("flops-kind")
            ? named(fields.get("flops-kind"), FlopsConvention::parse)
            : FlopsConvention.MACS;
    List<ComplexityLimit> limits = new ArrayList<>();
    for (ComplexityMeasure measure : ComplexityMeasure.values()) {
      Node range = fields.get(measure.label());
      if (range != null) {
        limits.add(named(range, text -> ComplexityLimit.parse(measure, convention, text)));
      }
    }
    return new ComplexityCap(ComplexityCap.Combination.ALL, limits);
  }

  private <T> T named(Node node, Function<String, T> parse) throws MalformedFileException {
    String text = text(node);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw fault(node, "is wrong: " + e.getMessage());
    }
  }

  private String text(Node node) throws MalformedFileException {
    if (!(node.value() instanceof String text) || text.length() > 1000) {
      throw fault(node, "is not a short text");
    }
    return text;
  }

  /** The fields of a map, none of them outside {@code known} unless that is empty. */
  private Map<String, Node> map(Node node, Set<String> known) throws MalformedFileException {
    if (!(node.value() instanceof Map<?, ?> map)) {
      throw fault(node, "is not a map of keys and values");
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      Node value = (Node) entry.getValue();
      if (!known.isEmpty() && !known.contains(key)) {
        throw fault(
            value,
            "is not a key known here; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
      fields.put(key, value);
    }
    return fields;
  }

  private Node required(Node parent, Map<String, Node> fields, String key)
      throws MalformedFileException {
    Node node = fields.get(key);
    if (node == null) {
      throw fault(parent, "has no key '" + key + "'");
    }
    return node;
  }

  private MalformedFileException fault(Node node, String what) {
    String path = node.path().isEmpty() ? "the file" : shown(node.path());
    String value = node.value() instanceof String s ? " '" + shown(s) + "'" : "";
    if (node.value() instanceof Numeral n) {
      value = " " + shown(n.text());
    }
    return new MalformedFileException(file, node.line(), path + value + " " + what);
  }

  /** Foreign text, fit for one line of a message. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
