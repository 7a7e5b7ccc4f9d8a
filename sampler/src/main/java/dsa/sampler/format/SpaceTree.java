package dsa.sampler.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dsa.core.io.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads YAML, or JSON if the name ends in {@code .json}, as a tree of {@link SpaceNode}s. What
 * makes YAML dangerous or unclear is refused: anchors, aliases, tags, repeated keys, deep nesting,
 * large files.
 */
final class SpaceTree {

  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 8;

  private final String file;

  private SpaceTree(String file) {
    this.file = file;
  }

  /** The one document of a stream; {@code file} is what messages call it. */
  static SpaceNode read(String file, InputStream in) throws IOException {
    return new SpaceTree(file).root(in.readNBytes(MOST_BYTES + 1));
  }

  private SpaceNode root(byte[] bytes) throws IOException {
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
            file, 1, "is empty; a space file begins with format: " + SpaceFile.FORMAT);
      }
      SpaceNode root = node(parser, "", 0);
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

  private SpaceNode node(JsonParser parser, String path, int depth) throws IOException {
    long line = line(parser);
    if (depth > DEEPEST) {
      throw new MalformedFileException(file, line, "is nested more than " + DEEPEST + " deep");
    }
    refuseReferences(parser, line);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<SpaceNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, path + "[" + items.size() + "]", depth + 1));
      }
      return new SpaceNode(file, line, path, items);
    }
    if (token == JsonToken.START_OBJECT) {
      Map<String, SpaceNode> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        refuseReferences(parser, line(parser));
        String key = parser.currentName();
        long at = line(parser);
        String inner = path.isEmpty() ? key : path + "." + key;
        parser.nextToken();
        if (fields.put(key, node(parser, inner, depth + 1)) != null) {
          throw new MalformedFileException(
              file, at, SpaceNode.shown(inner) + " stands there twice");
        }
      }
      return new SpaceNode(file, line, path, fields);
    }
    if (token.isNumeric()) {
      return new SpaceNode(file, line, path, new SpaceNode.Numeral(parser.getText()));
    }
    return new SpaceNode(file, line, path, parser.getText());
  }

  private void refuseReferences(JsonParser parser, long line) throws IOException {
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
      throw new MalformedFileException(
          file, line, "uses a YAML anchor, alias or tag; write the value out");
    }
  }
}
