package dsa.populations.importers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a JSON document begins with: enough to tell whose it is.
 *
 * @param outer what the records stand in
 * @param keys the names in the outer object as far as the beginning reaches; empty if it is a list
 * @param fields the names in the first record: of the list, of the first list or object in the
 *     outer object, or the outer object itself
 */
public record JsonShape(Outer outer, Set<String> keys, Set<String> fields) {

  /** What the records of a document stand in. */
  public enum Outer {
    /** {@code [{…}, {…}]}. */
    LIST,
    /** {@code {"name": {…}, …}} or <code>{"name": [{…}], …}</code>. */
    OBJECT,
    /** {@code {…}} on lines of their own, one or many. */
    LINES
  }

  /** Copies the sets. */
  public JsonShape {
    keys = Set.copyOf(keys);
    fields = Set.copyOf(fields);
  }

  /** The shape of a document by its first bytes; nothing if they are no JSON of objects. */
  public static Optional<JsonShape> of(byte[] head) {
    Beginning found = new Beginning();
    try (JsonParser json = JsonSource.parser(head)) {
      found.read(json);
    } catch (IOException e) {
      // the beginning ends in the middle of a word; what was found till then counts
    }
    return Optional.ofNullable(found.shape());
  }

  /** Whether the first record has one of these fields. */
  public boolean hasField(String... names) {
    for (String name : names) {
      if (fields.contains(name)) {
        return true;
      }
    }
    return false;
  }

  private static final class Beginning {
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private JsonToken first;
    private boolean scalars;

    void read(JsonParser json) throws IOException {
      first = json.nextToken();
      if (first == JsonToken.START_ARRAY) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          names(json, fields);
        }
      } else if (first == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          keys.add(json.currentName());
          value(json);
        }
      }
    }

    private void value(JsonParser json) throws IOException {
      JsonToken value = json.nextToken();
      scalars |= value.isScalarValue();
      if (value == JsonToken.START_ARRAY && fields.isEmpty()) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          names(json, fields);
        }
        int open = 1;
        while (open > 0) {
          JsonToken token = json.nextToken();
          if (token == null) {
            return;
          }
          open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
      } else if (value == JsonToken.START_OBJECT && fields.isEmpty()) {
        names(json, fields);
      } else {
        json.skipChildren();
      }
    }

    /** The names in the current object, up to its end. */
    private static void names(JsonParser json, Set<String> names) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        names.add(json.currentName());
        json.nextToken();
        json.skipChildren();
      }
    }

    JsonShape shape() {
      if (first == JsonToken.START_ARRAY) {
        return fields.isEmpty() ? null : new JsonShape(Outer.LIST, Set.of(), fields);
      }
      if (first != JsonToken.START_OBJECT || keys.isEmpty()) {
        return null;
      }
      return scalars
          ? new JsonShape(Outer.LINES, keys, keys)
          : new JsonShape(Outer.OBJECT, keys, fields);
    }
  }
}
