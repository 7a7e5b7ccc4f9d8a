package dsa.populations.importers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dsa.core.DecimalNumber;
import dsa.core.io.DelimitedRows;
import dsa.core.io.InputFile;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A JSON document read token by token, from a plain file, a gzip file or an entry of a zip archive.
 * Archives are recognised by their first bytes, never extracted, and refused if they expand beyond
 * all reason. Not for more than one thread.
 */
public final class JsonSource {

  private static final long MOST_EXPANSION = 100;
  private static final long ALWAYS_ALLOWED = 16L << 20;
  private static final int LARGEST_TREE = 100_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 12)
                  .build())
          .build();
  private static final ObjectReader TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .reader();

  private final String name;
  private final JsonParser json;

  private JsonSource(String name, JsonParser json) {
    this.name = name;
    this.json = json;
  }

  /** What is done with an opened document. */
  public interface Reader {
    /** Reads the document. */
    void read(JsonSource source) throws IOException;
  }

  /** Whether a file is a zip archive; what comes through a pipe is none that could be read. */
  static boolean isArchive(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = InputFile.open(file)) {
      return startsWith(in.readNBytes(2), 'P', 'K');
    }
  }

  private static boolean startsWith(byte[] head, int first, int second) {
    return head.length >= 2 && (head[0] & 0xff) == first && (head[1] & 0xff) == second;
  }

  /** The JSON entries of a zip archive: name without folders and {@code .json}, to full name. */
  static Map<String, String> entriesOf(Path file) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipFile zip = openZip(file)) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
        String base = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isDirectory() || !base.endsWith(".json") || base.startsWith(".")) {
          continue;
        }
        String stem = base.substring(0, base.length() - ".json".length());
        if (entries.put(stem, entry.getName()) != null) {
          throw new MalformedFileException(
              file.toString(), 0, "holds two entries " + DelimitedRows.shown(base));
        }
      }
    }
    return entries;
  }

  private static ZipFile openZip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new MalformedFileException(
          file.toString(), 0, "is no complete zip archive; download it again");
    }
  }

  /** Reads the document in a plain or gzip file, which may be a pipe. */
  static void read(Path file, DoubleConsumer progress, Reader reader) throws IOException {
    long size = Files.isRegularFile(file) ? Files.size(file) : 0;
    try (InputStream in = InputFile.open(file)) {
      read(file.toString(), new Watched(in, size, progress), reader);
    }
  }

  /** Reads the document in a plain or gzip stream, called {@code name} in messages. */
  public static void read(String name, InputStream in, Reader reader) throws IOException {
    guarded(name, () -> unpacked(name, in), reader);
  }

  /**
   * The bytes of a stream, unpacked if it is of gzip.
   *
   * @throws MalformedFileException if it is a zip archive
   */
  public static InputStream unpacked(String name, InputStream in) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(in, 2);
    byte[] head = whole.readNBytes(2);
    whole.unread(head);
    if (startsWith(head, 'P', 'K')) {
      throw new MalformedFileException(
          name, 0, "is a zip archive where one document should be", Remedy.IMPORT_RECORDS);
    }
    if (!startsWith(head, 0x1f, 0x8b)) {
      return whole;
    }
    Counted packed = new Counted(whole);
    try {
      return new Bounded(name, new GZIPInputStream(packed, 1 << 16), packed::count);
    } catch (ZipException | EOFException e) {
      throw damaged(name);
    }
  }

  private static MalformedFileException damaged(String name) {
    return new MalformedFileException(name, 0, "is damaged or cut short; download it again");
  }

  /** Reads the document in one entry of a zip archive. */
  static void readEntry(Path file, String entryName, DoubleConsumer progress, Reader reader)
      throws IOException {
    try (ZipFile zip = openZip(file)) {
      ZipEntry entry = zip.getEntry(entryName);
      String name = file + "!" + DelimitedRows.shown(entryName);
      long size = Files.size(file);
      guarded(
          name,
          () ->
              new Bounded(
                  name,
                  new Watched(zip.getInputStream(entry), entry.getSize(), progress),
                  () -> Math.min(entry.getCompressedSize(), size)),
          reader);
    }
  }

  /** A parser of the beginning of a document. */
  static JsonParser parser(byte[] head) throws IOException {
    return JSON.createParser(head);
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private static void guarded(String name, Opening opening, Reader reader) throws IOException {
    try (InputStream in = opening.open();
        InputStream whole = announcing(name, in);
        JsonParser json = JSON.createParser(whole)) {
      reader.read(new JsonSource(name, json));
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new MalformedFileException(
          name,
          line,
          "is not the JSON it should be ("
              + DelimitedRows.shown(String.valueOf(e.getOriginalMessage()))
              + "); it may be cut short");
    } catch (ZipException | EOFException e) {
      throw damaged(name);
    } catch (CharConversionException e) {
      throw new MalformedFileException(name, 0, "is not text in UTF-8; save it as UTF-8");
    }
  }

  /** The same stream, if its first bytes may be those of a JSON array or object. */
  private static InputStream announcing(String name, InputStream in) throws IOException {
    byte[] head = in.readNBytes(64);
    String text = new String(head, StandardCharsets.UTF_8);
    String start = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    // Other encodings than UTF-8 begin with one of the first two; the parser knows them.
    if (!start.isEmpty() && "\0\uFFFD[{".indexOf(start.charAt(0)) < 0) {
      throw new MalformedFileException(name, 1, "is no JSON", Remedy.IMPORT_TABLE);
    }
    return new SequenceInputStream(new ByteArrayInputStream(head), in);
  }

  /** Tells how much of a stream has been read. */
  private static final class Watched extends FilterInputStream {
    private final long size;
    private final DoubleConsumer progress;
    private long count;

    Watched(InputStream in, long size, DoubleConsumer progress) {
      super(in);
      this.size = Math.max(1, size);
      this.progress = progress;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      progress.accept(Math.min(1, (double) count / size));
      return read;
    }
  }

  /** Counts what is read of a stream. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }

  /** Ends a decompression that passes its limit. */
  private static final class Bounded extends FilterInputStream {
    private final String name;
    private final LongSupplier packed;
    private long count;

    Bounded(String name, InputStream in, LongSupplier packed) {
      super(new BufferedInputStream(in, 1 << 16));
      this.name = name;
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      counted(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      counted(Math.max(0, read));
      return read;
    }

    private void counted(int bytes) throws MalformedFileException {
      count += bytes;
      if (count > ALWAYS_ALLOWED && count > MOST_EXPANSION * packed.getAsLong()) {
        throw new MalformedFileException(
            name,
            0,
            "expands to more than "
                + MOST_EXPANSION
                + " times its size; unpack it yourself if you trust it");
      }
    }
  }

  /** A fault at the place reached. */
  public MalformedFileException malformed(long record, String what) {
    return new MalformedFileException(
        name, json.currentLocation().getLineNr(), "record " + record + " " + what);
  }

  /** Goes to the next token, which is null after the last. */
  public JsonToken next() throws IOException {
    return json.nextToken();
  }

  /** The name of the field reached. */
  public String fieldName() throws IOException {
    return json.currentName();
  }

  /** The line reached, from 1. */
  public long line() {
    return json.currentLocation().getLineNr();
  }

  /** Whether an object begins here. */
  public boolean isObject() {
    return json.currentToken() == JsonToken.START_OBJECT;
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  /** Rejects anything after the document. */
  public void end() throws IOException {
    if (json.nextToken() != null) {
      throw new MalformedFileException(
          name, json.currentLocation().getLineNr(), "goes on after the end of its JSON document");
    }
  }

  /** The field's value if it is a short text or a number; otherwise nothing is kept of it. */
  String text() throws IOException {
    JsonToken token = json.currentToken();
    if (token.isStructStart()) {
      json.skipChildren();
      return "";
    }
    String text = token == JsonToken.VALUE_NULL ? "" : json.getText();
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  /** A number; NaN where the source says null, NaN or an infinity. */
  double number(long record, String field) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    if (token == JsonToken.VALUE_STRING && DelimitedRows.isAbsent(json.getText())) {
      return Double.NaN;
    }
    if (!token.isNumeric()) {
      throw malformed(record, "has no number in '" + field + "'");
    }
    double value = json.getDoubleValue();
    return Double.isFinite(value) ? value : Double.NaN;
  }

  /** A count, or nothing where the source says null. */
  OptionalLong count(long record, String field) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return OptionalLong.empty();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      long value = json.getLongValue();
      if (value >= 0) {
        return OptionalLong.of(value);
      }
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = json.getDoubleValue();
      if (value >= 0 && value <= 1L << 53 && value == Math.rint(value)) {
        return OptionalLong.of((long) value);
      }
    }
    throw malformed(record, "has no whole number from 0 in '" + field + "'");
  }

  /** The least and the last of a list of numbers; NaN stands for every value that is no number. */
  Curve curve(long record, String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Curve.EMPTY;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw malformed(record, "has no list in '" + field + "'");
    }
    double least = Double.NaN;
    double last = Double.NaN;
    int length = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      last = number(record, field);
      if (!(least <= last)) {
        least = Double.isNaN(last) ? least : last;
      }
      length++;
    }
    return new Curve(length, least, last);
  }

  /** A list of as many numbers; where there are more, one more than that is returned. */
  double[] numbers(long record, String field, int most) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw malformed(record, "has no list in '" + field + "'");
    }
    double[] numbers = new double[most + 1];
    int length = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      numbers[Math.min(length, most)] = number(record, field);
      length++;
    }
    return Arrays.copyOf(numbers, Math.min(length, most + 1));
  }

  /** Whether a list, if the current value is one, holds NaN or an infinity. */
  boolean holdsNonFinite() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return false;
    }
    boolean found = false;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      json.skipChildren();
      found |=
          token == JsonToken.VALUE_STRING ? DelimitedRows.isAbsent(json.getText()) : json.isNaN();
    }
    return found;
  }

  /**
   * A curve's length and the two values that matter.
   *
   * @param least of those that are numbers; NaN if none is
   * @param last NaN if it is no number or the curve is empty
   */
  record Curve(int length, double least, double last) {
    static final Curve EMPTY = new Curve(0, Double.NaN, Double.NaN);
  }

  /** The current value as a tree of limited size. */
  public JsonNode tree(long record) throws IOException {
    JsonParserDelegate limited =
        new JsonParserDelegate(json) {
          private int tokens;

          @Override
          public JsonToken nextToken() throws IOException {
            if (++tokens > LARGEST_TREE) {
              throw malformed(record, "describes a network in more than 100,000 words");
            }
            return super.nextToken();
          }
        };
    JsonNode tree = TREES.readTree(limited);
    return tree;
  }

  /** A single value as text; numbers in plain decimals where these are short. */
  public static String cell(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    String text = value.asText();
    if (value.isFloatingPointNumber() && DecimalNumber.is(text)) {
      String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
      return plain.length() <= 20 ? plain : text;
    }
    return text;
  }

  /** The tree on one line with its keys sorted, so that equal trees give equal texts. */
  public static String canonical(JsonNode tree) {
    StringBuilder text = new StringBuilder();
    appendCanonical(tree, text);
    return text.toString();
  }

  private static void appendCanonical(JsonNode tree, StringBuilder text) {
    if (tree.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      tree.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      List<String> fields = new ArrayList<>();
      sorted.forEach(
          (key, value) ->
              fields.add(
                  com.fasterxml.jackson.databind.node.TextNode.valueOf(key)
                      + ":"
                      + canonical(value)));
      text.append('{').append(String.join(",", fields)).append('}');
    } else if (tree.isArray()) {
      text.append('[');
      for (int i = 0; i < tree.size(); i++) {
        text.append(i == 0 ? "" : ",");
        appendCanonical(tree.get(i), text);
      }
      text.append(']');
    } else {
      text.append(tree);
    }
  }
}
