package dsa.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dsa.core.ForeignText;
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
 * Reads files that people write by hand, YAML, or JSON if the name ends in {@code .json}, into
 * values that remember where they stand, so that whatever is wrong with one can be said with its
 * line. What makes YAML dangerous or unclear is refused: anchors, aliases, tags, repeated keys,
 * deep nesting, large files.
 */
public final class PositionedDocument {

  private static final int DEEPEST = 8;
  private static final int LONGEST_KEY = 80;

  private final String file;
  private final Kind kind;

  private PositionedDocument(String file, Kind kind) {
    this.file = file;
    this.kind = kind;
  }

  /**
   * What a file is meant to be, for limits and messages.
   *
   * @param noun such as {@code a recipe}
   * @param content what one file holds, such as {@code recipe}
   * @param format what its key {@code format} should say
   * @param mostKib the largest size, in KiB
   */
  public record Kind(String noun, String content, String format, int mostKib) {

    private String size() {
      return mostKib % 1024 == 0 ? mostKib / 1024 + " MiB" : mostKib + " KiB";
    }
  }

  /** The text of a number, as it was written. */
  public record Numeral(String text) {}

  /**
   * A value and its place.
   *
   * @param line counted from 1
   * @param path such as {@code stages[1].width}; empty for the whole document
   * @param value a {@code String} (text, true, false or null as written), {@link Numeral}, {@code
   *     List<Node>} or {@code Map<String, Node>} in the order of the file
   */
  public record Node(long line, String path, Object value) {}

  /**
   * The one document of a stream.
   *
   * @param file what messages call it
   * @throws MalformedFileException if it is not one readable document; the message has the line
   */
  public static Node read(String file, InputStream in, Kind kind) throws IOException {
    return new PositionedDocument(file, kind).root(in.readNBytes(kind.mostKib * 1024 + 1));
  }

  private Node root(byte[] bytes) throws IOException {
    if (bytes.length > kind.mostKib * 1024) {
      throw fault(0, "is larger than " + kind.noun + " may be, " + kind.size());
    }
    JsonFactory factory =
        file.toLowerCase(Locale.ROOT).endsWith(".json") ? new JsonFactory() : new YAMLFactory();
    try (JsonParser parser = factory.createParser(decoded(bytes))) {
      if (parser.nextToken() == null) {
        throw fault(1, "is empty; " + kind.noun + " begins with format: " + kind.format);
      }
      Node root = node(parser, "", 0);
      if (parser.nextToken() != null) {
        throw fault(
            line(parser),
            "has something after the end of the "
                + kind.content
                + "; keep one "
                + kind.content
                + " a file");
      }
      return root;
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      String message = e.getOriginalMessage().lines().findFirst().orElse("unknown fault");
      throw fault(line, "is not readable: " + message);
    }
  }

  private String decoded(byte[] bytes) throws MalformedFileException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw fault(0, "is not UTF-8 text; save it as UTF-8");
    }
  }

  private static long line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private Node node(JsonParser parser, String path, int depth) throws IOException {
    long line = line(parser);
    if (depth > DEEPEST) {
      throw fault(line, "is nested more than " + DEEPEST + " deep");
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
        long at = line(parser);
        refuseReferences(parser, at);
        String key = parser.currentName();
        String inner = path.isEmpty() ? key : path + "." + key;
        parser.nextToken();
        if (fields.put(key, node(parser, inner, depth + 1)) != null) {
          throw fault(at, ForeignText.shown(inner, LONGEST_KEY) + " stands there twice; keep one");
        }
      }
      return new Node(line, path, fields);
    }
    return new Node(
        line, path, token.isNumeric() ? new Numeral(parser.getText()) : parser.getText());
  }

  private void refuseReferences(JsonParser parser, long line) throws IOException {
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
      throw fault(line, "uses a YAML anchor, alias or tag; write the value out");
    }
  }

  private MalformedFileException fault(long line, String what) {
    return new MalformedFileException(file, line, what);
  }
}
