package dsa.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dsa.core.ForeignText;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.run.DrawnModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file that hands drawn networks on: JSON Lines, a header and then one network a line, in the
 * order of their indices. Format {@code dsa.architectures/1}, specified in docs/formats.md.
 */
public final class ArchitecturesFile {

  /** The format and version that stand first in every file. */
  public static final String FORMAT = "dsa.architectures/1";

  private static final int LONGEST_LINE = 1 << 16;
  private static final Set<String> HEADER =
      Set.of(
          "format",
          "space",
          "task",
          "seed",
          "limits",
          "distinct",
          "draws",
          "rejected",
          "repeats",
          "models");
  private static final Set<String> MODEL =
      Set.of("index", "architecture", "params", "macs", "ndsFlops", "activations");

  private ArchitecturesFile() {}

  /**
   * Where a file's networks come from.
   *
   * @param space the design space
   * @param task what the counts are for
   * @param seed the root seed
   * @param limits the limits on complexity, in words; {@code none} if there are none
   * @param distinct whether repeats were dropped
   * @param draws candidates looked at
   * @param rejected candidates outside the limits
   * @param repeats candidates dropped as repeats
   * @param models how many networks follow; a file that holds another number is refused as torn
   */
  public record Header(
      String space,
      Task task,
      long seed,
      String limits,
      boolean distinct,
      long draws,
      long rejected,
      long repeats,
      long models) {}

  /** Replaces {@code file} by these networks, whole or not at all. */
  public static void write(Path file, Header header, Iterable<DrawnModel> models)
      throws IOException {
    AtomicFile.write(file, out -> write(new JsonFactory().createGenerator(out), header, models));
  }

  /** Writes what the file would hold, and leaves {@code out} open. */
  public static void write(Writer out, Header header, Iterable<DrawnModel> models)
      throws IOException {
    write(new JsonFactory().createGenerator(out), header, models);
  }

  private static void write(JsonGenerator generator, Header header, Iterable<DrawnModel> models)
      throws IOException {
    try (JsonGenerator json = generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.setRootValueSeparator(new SerializedString("\n"));
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("space", header.space());
      json.writeStringField("task", header.task().name());
      json.writeNumberField("seed", header.seed());
      json.writeStringField("limits", header.limits());
      json.writeBooleanField("distinct", header.distinct());
      json.writeNumberField("draws", header.draws());
      json.writeNumberField("rejected", header.rejected());
      json.writeNumberField("repeats", header.repeats());
      json.writeNumberField("models", header.models());
      json.writeEndObject();
      for (DrawnModel model : models) {
        json.writeStartObject();
        json.writeNumberField("index", model.index());
        json.writeStringField("architecture", model.spec().text());
        json.writeNumberField("params", model.complexity().params());
        json.writeNumberField("macs", model.complexity().macs());
        json.writeNumberField("ndsFlops", model.complexity().ndsFlops());
        json.writeNumberField("activations", model.complexity().activations());
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }

  /**
   * Reads a file, handing each network to {@code sink} as it comes; memory does not grow with the
   * file.
   *
   * @return the header
   * @throws MalformedFileException if a line is not what the format says; the networks before it
   *     have been handed on
   */
  public static Header read(Path file, Consumer<DrawnModel> sink) throws IOException {
    return read(file.toString(), InputFile.open(file), sink);
  }

  /**
   * Reads what is no file of its own; see {@link #read(Path, Consumer)}.
   *
   * @param name what messages call it
   * @param stream its bytes, closed at the end
   */
  public static Header read(String name, InputStream stream, Consumer<DrawnModel> sink)
      throws IOException {
    long line = 1;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()))) {
      String first = line(in, name, line);
      if (first.startsWith("\uFEFF")) {
        first = first.substring(1);
      }
      if (!first.isBlank() && !first.startsWith("{") && !first.startsWith("[")) {
        throw new MalformedFileException(
            name, line, "is no JSON, as an architectures file is", Remedy.IMPORT_TABLE);
      }
      Header header = header(new Row(name, line, first));
      int last = -1;
      long read = 0;
      for (String text = line(in, name, ++line); !text.isEmpty(); text = line(in, name, ++line)) {
        DrawnModel model = model(new Row(name, line, text));
        if (model.index() <= last) {
          throw new MalformedFileException(
              name, line, "index " + model.index() + " follows " + last + "; indices must rise");
        }
        last = model.index();
        read++;
        sink.accept(model);
      }
      if (in.read() >= 0) {
        throw new MalformedFileException(name, line, "is an empty line; remove it");
      }
      if (read != header.models()) {
        throw new MalformedFileException(
            name,
            line - 1,
            "ends after "
                + read
                + " networks, its header says "
                + header.models()
                + "; get the whole file or correct the header");
      }
      return header;
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(
          name, line, "is not UTF-8 text here or soon after; save it as UTF-8");
    }
  }

  /** The next line without its end, at most {@link #LONGEST_LINE} long; empty at the end. */
  private static String line(BufferedReader in, String file, long line) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (text.length() == LONGEST_LINE) {
        throw new MalformedFileException(
            file, line, "is longer than " + LONGEST_LINE + " characters; one network a line");
      }
      text.append((char) c);
    }
    int length = text.length();
    return length > 0 && text.charAt(length - 1) == '\r'
        ? text.substring(0, length - 1)
        : text.toString();
  }

  private static Header header(Row row) throws IOException {
    String format = row.text("format");
    if (!format.equals(FORMAT)) {
      throw row.fault("unknown format " + Row.shown(format) + "; known here is " + FORMAT);
    }
    row.onlyKeys(HEADER);
    try {
      return new Header(
          row.text("space"),
          Task.parse(row.text("task")),
          row.whole("seed"),
          row.text("limits"),
          row.truth("distinct"),
          row.count("draws"),
          row.count("rejected"),
          row.count("repeats"),
          row.count("models"));
    } catch (IllegalArgumentException e) {
      throw row.fault(Row.shown(e.getMessage()));
    }
  }

  private static DrawnModel model(Row row) throws IOException {
    row.onlyKeys(MODEL);
    long index = row.count("index");
    if (index > Integer.MAX_VALUE) {
      throw row.fault("index " + index + " is above 2^31 - 1");
    }
    Complexity complexity =
        new Complexity(
            row.count("params"),
            row.count("macs"),
            row.count("ndsFlops"),
            row.count("activations"));
    try {
      return new DrawnModel(
          (int) index, ArchitectureSpec.parse(row.text("architecture")), complexity);
    } catch (IllegalArgumentException e) {
      throw row.fault(Row.shown(e.getMessage()));
    }
  }

  /** One line: a flat JSON object of texts, whole numbers and truth values. */
  private static final class Row {

    private static final JsonFactory JSON =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final String file;
    private final long line;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Row(String file, long line, String text) throws IOException {
      this.file = file;
      this.line = line;
      try (JsonParser parser = JSON.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw fault("is not a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          fields.put(key, value(parser, key));
        }
        if (parser.nextToken() != null) {
          throw fault("has something behind its JSON object");
        }
      } catch (JsonProcessingException e) {
        throw fault(
            "is no JSON: " + shown(e.getOriginalMessage().lines().findFirst().orElse("torn")));
      }
    }

    private Object value(JsonParser parser, String key) throws IOException {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      if (token == JsonToken.VALUE_NUMBER_INT
          && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        return parser.getLongValue();
      }
      if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
        return parser.getBooleanValue();
      }
      throw fault(shown(key) + " is neither text, true, false nor a whole number below 2^63");
    }

    void onlyKeys(Set<String> known) throws MalformedFileException {
      for (String key : fields.keySet()) {
        if (!known.contains(key)) {
          throw fault("'" + shown(key) + "' is not a field of " + FORMAT);
        }
      }
    }

    String text(String key) throws MalformedFileException {
      if (field(key) instanceof String text) {
        return text;
      }
      throw fault(key + " is not a text");
    }

    boolean truth(String key) throws MalformedFileException {
      if (field(key) instanceof Boolean truth) {
        return truth;
      }
      throw fault(key + " is neither true nor false");
    }

    long whole(String key) throws MalformedFileException {
      if (field(key) instanceof Long number) {
        return number;
      }
      throw fault(key + " is not a whole number");
    }

    long count(String key) throws MalformedFileException {
      long number = whole(key);
      if (number < 0) {
        throw fault(key + " " + number + " is below 0");
      }
      return number;
    }

    private Object field(String key) throws MalformedFileException {
      Object value = fields.get(key);
      if (value == null) {
        throw fault("has no field '" + key + "'");
      }
      return value;
    }

    MalformedFileException fault(String what) {
      return new MalformedFileException(file, line, what);
    }

    /** Foreign text, fit for one line of a message. */
    static String shown(String text) {
      return ForeignText.shown(text, 200);
    }
  }
}
