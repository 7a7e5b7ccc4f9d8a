package dsa.populations.importers.table;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dsa.populations.importers.JsonSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as a table. Recognised shapes:
 *
 * <ul>
 *   <li>objects on lines of their own, as Ray Tune's {@code result.json};
 *   <li>a list of objects, as pandas writes records;
 *   <li>an object of objects, whose names become the column {@code id};
 *   <li>an object of columns, each an object from row to value, as pandas writes by default.
 * </ul>
 *
 * What is nested becomes columns called {@code outer/inner}; lists are kept as they are written.
 */
final class JsonRecords {

  private static final int LONGEST_LIST = 200;

  private final List<RecordRows.Row> rows = new ArrayList<>();

  private JsonRecords() {}

  /** Reads a document from a stream of plain JSON, called {@code file} in messages. */
  static RecordRows read(String file, InputStream in) throws IOException {
    JsonRecords records = new JsonRecords();
    JsonSource.read(file, in, records::document);
    return new RecordRows(file, records.rows);
  }

  private void document(JsonSource json) throws IOException {
    JsonToken token = json.next();
    if (token == JsonToken.START_ARRAY) {
      for (token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
        record(json, token);
      }
      json.end();
      return;
    }
    Map<String, JsonNode> first = new LinkedHashMap<>();
    long line = json.line();
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = json.fieldName();
      json.next();
      first.put(name, json.tree(1));
    }
    if (first.values().stream().allMatch(JsonNode::isObject)) {
      json.end();
      outer(first, line);
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    first.forEach((name, value) -> flatten(name, value, cells));
    rows.add(new RecordRows.Row(line, cells));
    for (token = json.next(); token != null; token = json.next()) {
      record(json, token);
    }
  }

  private void record(JsonSource json, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw json.malformed(rows.size() + 1L, "is not an object");
    }
    long line = json.line();
    Map<String, String> cells = new LinkedHashMap<>();
    json.tree(rows.size() + 1L)
        .properties()
        .forEach(field -> flatten(field.getKey(), field.getValue(), cells));
    rows.add(new RecordRows.Row(line, cells));
  }

  private void outer(Map<String, JsonNode> objects, long line) {
    boolean columns =
        objects.values().stream()
            .allMatch(
                object ->
                    object.properties().stream()
                        .allMatch(
                            field ->
                                field.getKey().matches("\\d{1,9}")
                                    && !field.getValue().isObject()));
    Map<String, Map<String, String>> byRow = new LinkedHashMap<>();
    objects.forEach(
        (name, object) -> {
          if (columns) {
            object
                .properties()
                .forEach(
                    field ->
                        flatten(
                            name,
                            field.getValue(),
                            byRow.computeIfAbsent(field.getKey(), key -> new LinkedHashMap<>())));
          } else {
            Map<String, String> cells = new LinkedHashMap<>();
            cells.put("id", name);
            object.properties().forEach(field -> flatten(field.getKey(), field.getValue(), cells));
            byRow.put(name, cells);
          }
        });
    byRow.values().forEach(cells -> rows.add(new RecordRows.Row(line, cells)));
  }

  /** Adds a value under its name, or those in it under names joined to it. */
  static void flatten(String name, JsonNode value, Map<String, String> cells) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field -> flatten(name + "/" + field.getKey(), field.getValue(), cells));
    } else if (value.isArray()) {
      String list = JsonSource.canonical(value);
      cells.put(name, list.length() > LONGEST_LIST ? "" : list);
    } else {
      cells.put(name, JsonSource.cell(value));
    }
  }
}
