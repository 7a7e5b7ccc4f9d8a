package dsa.populations.importers.table;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dsa.populations.importers.JsonShape;
import dsa.populations.importers.JsonSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the {@code runhistory.json} of SMAC (Lindauer et al., <i>SMAC3</i>, JMLR 23, 2022) as a
 * table: what each trial came to, and the configuration it is of. Recognised shapes of a trial:
 *
 * <ul>
 *   <li>{@code [[config, instance, seed, budget], [cost, time, status, …]]}, of SMAC 1;
 *   <li>{@code [config, instance, seed, budget, cost, time, status, …]}, of SMAC 2.0, and with the
 *       time of the processor behind the time from SMAC 2.1;
 *   <li>{@code {"config_id": …, "cost": …, "status": …}}.
 * </ul>
 */
final class SmacHistory {

  private static final List<String> KEY = List.of("config_id", "instance", "seed", "budget");

  /** The numbers that stand for a status, as SMAC 2 writes them. */
  private static final Map<String, String> STATUS =
      Map.of("0", "running", "1", "success", "2", "crashed", "3", "timeout", "4", "memout");

  private final List<RecordRows.Row> trials = new ArrayList<>();
  private final Map<String, Map<String, String>> configurations = new HashMap<>();

  private SmacHistory() {}

  static boolean recognizes(JsonShape shape) {
    return shape.outer() == JsonShape.Outer.OBJECT
        && shape.keys().contains("data")
        && !shape.keys().contains("columns") // pandas' split tables
        && (shape.keys().contains("configs")
            || shape.keys().contains("stats")
            || shape.hasField("config_id")
            || shape.fields().isEmpty());
  }

  /** Reads a document from a stream of plain JSON, called {@code file} in messages. */
  static RecordRows read(String file, InputStream in) throws IOException {
    SmacHistory history = new SmacHistory();
    JsonSource.read(file, in, history::document);
    for (RecordRows.Row trial : history.trials) {
      trial
          .cells()
          .putAll(
              history.configurations.getOrDefault(
                  trial.cells().getOrDefault("config_id", ""), Map.of()));
    }
    return new RecordRows(file, history.trials);
  }

  private void document(JsonSource json) throws IOException {
    if (json.next() != JsonToken.START_OBJECT) {
      throw json.malformed(0, "is missing: a run history is an object");
    }
    while (json.next() == JsonToken.FIELD_NAME) {
      String field = json.fieldName();
      JsonToken value = json.next();
      if (field.equals("data") && value == JsonToken.START_ARRAY) {
        while (json.next() != JsonToken.END_ARRAY) {
          long line = json.line();
          trials.add(new RecordRows.Row(line, trial(json)));
        }
      } else if (field.equals("configs") && value == JsonToken.START_OBJECT) {
        while (json.next() == JsonToken.FIELD_NAME) {
          String id = json.fieldName();
          json.next();
          Map<String, String> cells = new LinkedHashMap<>();
          JsonRecords.flatten("config", json.tree(trials.size()), cells);
          configurations.put(id, cells);
        }
      } else {
        json.tree(trials.size());
      }
    }
    json.end();
  }

  private Map<String, String> trial(JsonSource json) throws IOException {
    JsonNode trial = json.tree(trials.size() + 1L);
    Map<String, String> cells = new LinkedHashMap<>();
    if (trial.isObject()) {
      trial.properties().forEach(f -> JsonRecords.flatten(f.getKey(), f.getValue(), cells));
      cells.computeIfPresent("status", (name, status) -> STATUS.getOrDefault(status, status));
      return cells;
    }
    boolean nested = trial.path(0).isArray();
    JsonNode key = nested ? trial.path(0) : trial;
    JsonNode result = nested ? trial.path(1) : trial;
    int first = nested ? 0 : KEY.size();
    if (key.size() < KEY.size() || result.size() < first + 3) {
      throw json.malformed(trials.size() + 1L, "is no trial of a run history");
    }
    for (int i = 0; i < KEY.size(); i++) {
      JsonRecords.flatten(KEY.get(i), key.get(i), cells);
    }
    cells.put("cost", result.get(first).isNull() ? "" : result.get(first).asText());
    cells.put("time", result.get(first + 1).asText());
    JsonNode status = result.get(first + 2);
    if (status.isNumber() && !status.isIntegralNumber()) {
      status = result.path(first + 3); // behind the time of the processor
    }
    String word = status.path("__enum__").asText(status.asText());
    cells.put("status", STATUS.getOrDefault(word, word));
    return cells;
  }
}
