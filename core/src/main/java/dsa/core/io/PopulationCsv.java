package dsa.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dsa.core.DecimalNumber;
import dsa.core.SpreadsheetText;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ErrorKind;
import dsa.core.run.ExtraColumn;
import dsa.core.run.Metric;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Population files, format {@code dsa.population/2}: a table of models, and as the name of its
 * last, empty column one JSON object that says where the numbers come from, so that every reader of
 * tables reads it and no selection of rows loses it (docs/formats.md, decision 0050). What is read
 * equals what was written, to the last digit. Files of {@code dsa.population/1}, where the object
 * stands on a first line behind {@code #}, are read as well.
 */
public final class PopulationCsv {

  /** The format and version in a file's description. */
  public static final String FORMAT = "dsa.population/2";

  private static final String FORMAT_1 = "dsa.population/1";

  /** What the name of the column begins with that describes a population of any version. */
  private static final String ANNOUNCEMENT = "{\"format\":\"dsa.population/";

  private static final JsonFactory JSON = new JsonFactory();

  /** The columns; the second is called after the metric. */
  private static List<String> columns(Metric metric) {
    return List.of(
        "id", metric.columnName(), "params", "flops", "activations", "runs", "architecture");
  }

  private PopulationCsv() {}

  /** Whether a column of this name would be taken for one of the format's own. */
  public static boolean isReserved(String name) {
    for (Metric metric : Metric.values()) {
      if (columns(metric).contains(name)) {
        return true;
      }
    }
    return name.startsWith(ANNOUNCEMENT);
  }

  /**
   * Writes {@code population}, its further columns after the format's own; the file is whole or as
   * it was.
   *
   * @throws IllegalArgumentException if a further column takes a name of the format
   */
  public static void write(Path file, Population population) throws IOException {
    List<String> own = columns(population.origin().metric());
    for (ExtraColumn extra : population.extras()) {
      if (isReserved(extra.name())) {
        throw new IllegalArgumentException("column '" + extra.name() + "' is there already");
      }
    }
    AtomicFile.write(
        file,
        out -> {
          Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.append(String.join(",", own));
          for (ExtraColumn extra : population.extras()) {
            text.append(',').append(DelimitedRows.quoted(SpreadsheetText.guarded(extra.name())));
          }
          text.append(',').append(DelimitedRows.quoted(description(population))).append('\n');
          for (int i = 0; i < population.models().size(); i++) {
            writeRow(text, population, i);
          }
          text.flush();
        });
  }

  private static String description(Population population) throws IOException {
    PopulationOrigin origin = population.origin();
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("name", population.name());
      json.writeStringField("source", origin.source());
      if (origin.dataset().isPresent()) {
        json.writeStringField("dataset", origin.dataset().get());
      }
      if (origin.flops().isPresent()) {
        json.writeStringField("flops", origin.flops().get().label());
      }
      if (origin.metric().isLoss()) {
        json.writeStringField("metric", origin.metric().label());
        json.writeNumberField("chanceLossNats", origin.chanceErrorPct());
      } else {
        json.writeStringField("error", origin.error().label());
        json.writeNumberField("chanceErrorPct", origin.chanceErrorPct());
      }
      if (origin.recipe().isPresent()) {
        json.writeStringField("recipe", origin.recipe().get());
      }
      json.writeEndObject();
    }
    return line.toString();
  }

  private static void writeRow(Writer text, Population population, int row) throws IOException {
    TrainedModel model = population.models().get(row);
    text.append(DelimitedRows.quoted(SpreadsheetText.guarded(model.id()))).append(',');
    if (model.testError().isPresent()) {
      text.append(Double.toString(model.testError().getAsDouble()));
    }
    RecordedComplexity complexity = model.complexity();
    for (OptionalLong count :
        List.of(complexity.params(), complexity.flops(), complexity.activations())) {
      text.append(',');
      if (count.isPresent()) {
        text.append(Long.toString(count.getAsLong()));
      }
    }
    text.append(',').append(Integer.toString(model.runs())).append(',');
    if (model.architecture().isPresent()) {
      text.append(model.architecture().get().text());
    }
    for (ExtraColumn extra : population.extras()) {
      String cell = extra.cells().get(row);
      text.append(',').append(DelimitedRows.quoted(SpreadsheetText.guarded(cell)));
    }
    text.append(",\n");
  }

  /** Whether a table announces a population of any version. */
  public static boolean announces(DelimitedRows rows) {
    return rows.comment().filter(text -> text.startsWith("{")).isPresent() || describing(rows) >= 0;
  }

  /** The column whose name describes the population, or -1. */
  private static int describing(DelimitedRows rows) {
    for (int i = rows.header().size() - 1; i >= 0; i--) {
      if (rows.header().get(i).startsWith(ANNOUNCEMENT)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Reads a population file.
   *
   * @throws MalformedFileException if the file is not of this format and version, or a row is not
   *     what it should be
   */
  public static Population read(Path file) throws IOException {
    try (DelimitedRows rows = DelimitedRows.open(file)) {
      return read(rows);
    }
  }

  /** Reads a population from an opened table; see {@link #read(Path)}. */
  public static Population read(DelimitedRows rows) throws IOException {
    Map<String, String> fields = fieldsOf(rows);
    PopulationOrigin origin = originOf(rows, fields);
    Metric metric = origin.metric();
    List<String> names = columns(metric);
    int[] column = names.stream().mapToInt(rows.header()::indexOf).toArray();
    if (rows.delimiter() != ',' || column[0] < 0 || column[1] < 0) {
      throw rows.malformed(
          "the header has no columns id and "
              + metric.columnName()
              + "; a population's is "
              + String.join(",", names));
    }
    boolean guarded = describing(rows) >= 0;
    List<Further> further = further(rows, names, guarded);
    List<TrainedModel> models = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    while (rows.next()) {
      TrainedModel model = model(rows, column, metric, guarded);
      for (Further each : further) {
        each.cells().add(text(rows, each.column(), guarded));
      }
      if (!ids.add(model.id())) {
        throw rows.malformed(
            "id '" + DelimitedRows.shown(model.id()) + "' stands twice; give every model its own");
      }
      models.add(model);
    }
    if (models.isEmpty()) {
      throw rows.malformed("has no models below the header");
    }
    return new Population(
        fields.getOrDefault("name", "unnamed"),
        models,
        origin,
        further.stream().map(each -> new ExtraColumn(each.name(), each.cells())).toList());
  }

  /** A column that the format does not know. */
  private record Further(int column, String name, List<String> cells) {}

  private static List<Further> further(DelimitedRows rows, List<String> own, boolean guarded) {
    List<Further> further = new ArrayList<>();
    for (int i = 0; i < rows.header().size(); i++) {
      String name = rows.header().get(i);
      if (!own.contains(name) && !name.isEmpty() && !name.startsWith(ANNOUNCEMENT)) {
        String column = guarded ? SpreadsheetText.unguarded(name) : name;
        further.add(new Further(i, column, new ArrayList<>()));
      }
    }
    return further;
  }

  /** The text of a cell, without the mark that keeps spreadsheets from running it. */
  private static String text(DelimitedRows rows, int column, boolean guarded) {
    return guarded ? SpreadsheetText.unguarded(rows.cell(column)) : rows.cell(column);
  }

  private static TrainedModel model(
      DelimitedRows rows, int[] column, Metric metric, boolean guarded) throws IOException {
    String id = text(rows, column[0], guarded);
    if (id.isBlank()) {
      throw rows.malformed("the id is empty; give every model its own");
    }
    OptionalDouble error = OptionalDouble.empty();
    if (!DelimitedRows.isAbsent(rows.cell(column[1]))) {
      double value = rows.number(column[1]);
      if (!metric.admits(value)) {
        String what = metric.quantity() + " " + value + " is outside " + metric.range();
        throw rows.malformed(what + "; correct it, or leave it empty if there is none");
      }
      error = OptionalDouble.of(value);
    }
    RecordedComplexity complexity =
        new RecordedComplexity(
            count(rows, column[2]), count(rows, column[3]), count(rows, column[4]));
    long runs = count(rows, column[5]).orElse(1);
    if (runs < 1 || runs > 1_000_000_000) {
      throw rows.malformed("runs=" + runs + " is outside 1 to 1,000,000,000");
    }
    Optional<ArchitectureSpec> architecture = Optional.empty();
    if (column[6] >= 0 && !rows.cell(column[6]).isEmpty()) {
      try {
        architecture = Optional.of(ArchitectureSpec.parse(rows.cell(column[6])));
      } catch (IllegalArgumentException e) {
        throw rows.malformed(DelimitedRows.shown(String.valueOf(e.getMessage())));
      }
    }
    return new TrainedModel(id, error, complexity, architecture, (int) runs);
  }

  private static OptionalLong count(DelimitedRows rows, int column) throws IOException {
    return column < 0 || rows.cell(column).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(rows.count(column));
  }

  /** The fields of the description; those not known to this version are kept and ignored. */
  private static Map<String, String> fieldsOf(DelimitedRows rows) throws IOException {
    int describing = describing(rows);
    String line = describing >= 0 ? rows.header().get(describing) : rows.comment().orElse("");
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw notThisFormat(rows, "");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          if (fields.put(name, json.getText()) != null) {
            throw rows.malformedFirstLine(
                "the first line says '" + DelimitedRows.shown(name) + "' twice");
          }
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw notThisFormat(rows, "");
      }
    } catch (JsonProcessingException e) {
      throw notThisFormat(rows, "");
    }
    if (!(describing >= 0 ? FORMAT : FORMAT_1).equals(fields.get("format"))) {
      throw notThisFormat(
          rows, ", not " + DelimitedRows.shown(fields.getOrDefault("format", "of no format")));
    }
    return fields;
  }

  private static MalformedFileException notThisFormat(DelimitedRows rows, String but) {
    return rows.malformedFirstLine(
        "the first line must have one column whose name is one JSON object with \"format\":\""
            + FORMAT
            + "\", or be # and one with \"format\":\""
            + FORMAT_1
            + '"'
            + but);
  }

  private static PopulationOrigin originOf(DelimitedRows rows, Map<String, String> fields)
      throws MalformedFileException {
    try {
      Metric metric = Metric.parse(fields.getOrDefault("metric", Metric.TEST_ERROR.label()));
      double chance =
          metric.isLoss()
              ? DecimalNumber.parse(fields.getOrDefault("chanceLossNats", "-1"))
              : DecimalNumber.parse(fields.getOrDefault("chanceErrorPct", "90"));
      return new PopulationOrigin(
          fields.getOrDefault("source", "not stated"),
          Optional.ofNullable(fields.get("dataset")),
          Optional.ofNullable(fields.get("flops")).map(FlopsConvention::parse),
          ErrorKind.parse(fields.getOrDefault("error", "unstated")),
          chance,
          Optional.ofNullable(fields.get("recipe")),
          metric);
    } catch (IllegalArgumentException e) {
      throw rows.malformedFirstLine(
          "the first line: " + DelimitedRows.shown(String.valueOf(e.getMessage())));
    }
  }
}
