package dsa.populations.importers.table;

import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.core.io.TableRows;
import dsa.populations.selection.SettingNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Which column of a table holds what. */
final class CsvColumns {

  /** The most further columns that are kept. */
  static final int MOST_KEPT = 200;

  private static final Set<String> ID_NAMES =
      Set.of(
          "id",
          "name",
          "arch",
          "model",
          "hash",
          "job_id",
          "index",
          "trial_id",
          "config_id",
          "weight");
  private static final Set<String> PARAMS_WORDS =
      Set.of("params", "param", "parameters", "nparams", "mparams", "weights");
  private static final Set<String> FLOPS_WORDS =
      Set.of("flops", "mflops", "gflops", "macs", "mmacs", "gmacs", "madds", "multadds");
  private static final Set<String> ACTIVATION_WORDS = Set.of("activations", "acts", "macts");
  private static final Set<String> ERROR_WORDS = Set.of("error", "err", "errors");
  private static final Set<String> ACCURACY_WORDS = Set.of("acc", "accuracy");

  /** What SMAC makes small. */
  private static final Set<String> COST_WORDS = Set.of("cost");

  private final TableRows rows;
  private final Map<CsvField, Integer> columns = new EnumMap<>(CsvField.class);
  private final List<int[]> stages = new ArrayList<>();

  /**
   * Finds the columns.
   *
   * @throws MalformedFileException if there is no error column or several could be it
   */
  CsvColumns(TableRows rows, CsvMapping mapping) throws MalformedFileException {
    this.rows = rows;
    for (Map.Entry<CsvField, String> given : mapping.columns().entrySet()) {
      int column = rows.header().indexOf(given.getValue());
      if (column < 0) {
        throw rows.malformed(
            "there is no column '" + given.getValue() + "'; the header is " + headerShown());
      }
      columns.put(given.getKey(), column);
    }
    findStages();
    find(CsvField.ID, ID_NAMES);
    find(CsvField.PARAMS, PARAMS_WORDS);
    find(CsvField.FLOPS, FLOPS_WORDS);
    find(CsvField.ACTIVATIONS, ACTIVATION_WORDS);
    findError();
  }

  private String headerShown() {
    return DelimitedRows.shown(String.join(", ", rows.header()));
  }

  /** The lower-case words of a column name. */
  static List<String> words(String name) {
    return Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1));
  }

  /** Whether a column of these words holds accuracies. */
  static boolean isAccuracy(List<String> words) {
    return words.stream().anyMatch(ACCURACY_WORDS::contains);
  }

  private void find(CsvField field, Set<String> known) throws MalformedFileException {
    if (columns.containsKey(field)) {
      return;
    }
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < rows.header().size(); i++) {
      String name = rows.header().get(i).toLowerCase(Locale.ROOT);
      if (SettingNames.isPrefixed(name)) {
        continue;
      }
      if (field == CsvField.ID
          ? known.contains(name)
          : words(name).stream().anyMatch(known::contains)) {
        found.add(i);
      }
    }
    if (!found.isEmpty()) {
      columns.put(field, onlyOne(field, found));
    }
  }

  private void findError() throws MalformedFileException {
    find(CsvField.ERROR, ERROR_WORDS);
    find(CsvField.ERROR, ACCURACY_WORDS);
    if (rows.header().contains("config_id")) {
      find(CsvField.ERROR, COST_WORDS);
    }
    if (!columns.containsKey(CsvField.ERROR)) {
      throw rows.malformed(
          "no column is recognised as the test error, out of "
              + headerShown()
              + (rows.header().contains("value") && rows.header().contains("state")
                  ? "; 'value' is the objective of a study, which may be an error or an accuracy"
                  : ""),
          Remedy.ERROR_COLUMN);
    }
  }

  private int onlyOne(CsvField field, List<Integer> found) throws MalformedFileException {
    if (field == CsvField.ID) {
      return found.get(0);
    }
    if (field == CsvField.ERROR && found.size() > 1) {
      List<Integer> top1 =
          found.stream().filter(column -> !isTop5(words(rows.header().get(column)))).toList();
      if (top1.size() == 1) {
        return top1.get(0);
      }
    }
    List<Integer> test =
        found.size() == 1
            ? found
            : found.stream()
                .filter(
                    column -> {
                      List<String> words = words(rows.header().get(column));
                      return field == CsvField.ERROR
                          ? words.contains("test") || words.size() == 1
                          : words.size() == 1;
                    })
                .toList();
    if (test.size() != 1) {
      throw rows.malformed(
          "several columns could be "
              + field.label()
              + " ("
              + String.join(", ", found.stream().map(rows.header()::get).toList())
              + ")",
          field.columnRemedy());
    }
    return test.get(0);
  }

  private static boolean isTop5(List<String> words) {
    return words.contains("top5") || words.contains("5") || words.contains("acc5");
  }

  /** Whether a column is one of the models' fields, or of their stages. */
  private boolean isTaken(int column) {
    return columns.containsValue(column)
        || stages.stream().anyMatch(stage -> Arrays.stream(stage).anyMatch(c -> c == column));
  }

  /**
   * The columns that are kept beside the models' own: all with a name but those in use, settings
   * before others where they are too many.
   */
  List<Integer> kept() {
    List<Integer> found = new ArrayList<>();
    for (boolean settings : new boolean[] {true, false}) {
      for (int i = 0; i < rows.header().size() && found.size() < MOST_KEPT; i++) {
        String name = rows.header().get(i);
        if (!isTaken(i) && !name.isBlank() && SettingNames.isNamed(name) == settings) {
          found.add(i);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private void findStages() {
    for (int stage = 1; ; stage++) {
      int[] column = new int[4];
      String[][] names = {{"d", "depth"}, {"w", "width"}, {"r", "ratio"}, {"g", "groups"}};
      for (int i = 0; i < names.length; i++) {
        column[i] = -1;
        for (String name : names[i]) {
          for (String form : List.of(name + stage, name + "_" + stage)) {
            int index = rows.header().indexOf(form);
            column[i] = index >= 0 ? index : column[i];
          }
        }
      }
      if (column[0] < 0 || column[1] < 0) {
        return;
      }
      stages.add(column);
    }
  }

  OptionalInt of(CsvField field) {
    return columns.containsKey(field) ? OptionalInt.of(columns.get(field)) : OptionalInt.empty();
  }

  String name(CsvField field) {
    return rows.header().get(columns.get(field));
  }

  /** For each stage the columns of depth, width, ratio and groups; -1 where there is none. */
  List<int[]> stages() {
    return stages;
  }

  /** Whether every stage has columns for ratio and groups. */
  boolean bottleneck() {
    for (int[] stage : stages) {
      if (stage[2] < 0 || stage[3] < 0) {
        return false;
      }
    }
    return !stages.isEmpty();
  }
}
