package dsa.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.complexity.Complexity;
import dsa.core.run.DrawnModel;
import dsa.core.run.EpochResult;
import dsa.core.run.Provenance;
import dsa.core.run.RunId;
import dsa.core.run.RunOutcome;
import dsa.core.run.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The log of a sweep, format {@code dsa.run/3}: one line of JSON a run, only ever appended to
 * (docs/formats.md). Lines of {@code dsa.run/2}, in which every epoch has a test error, are read
 * too. A line reaches the disk before {@link #append} returns, so that a sweep that is killed loses
 * at most the run in progress. One process writes a log at a time.
 */
public final class RunLog {

  /** The format and version every line names first. */
  public static final String FORMAT = "dsa.run/3";

  private static final String BEFORE = "dsa.run/2";

  /** Apart, so that asking {@link #announces} of other files does not load the JSON binding. */
  private static final class Json {
    static final JsonFactory FACTORY = new JsonFactory();
    static final ObjectReader READER =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
  }

  private final Path file;

  private RunLog(Path file) {
    this.file = file;
  }

  /** The log in {@code file}, which need not exist yet. */
  public static RunLog at(Path file) {
    return new RunLog(file);
  }

  /**
   * What a log holds.
   *
   * @param runs in the order they were appended
   * @param warning one sentence if the last line was cut short and is left out
   */
  public record Contents(List<RunRecord> runs, Optional<String> warning) {

    /** Copies the runs. */
    public Contents {
      runs = List.copyOf(runs);
    }

    /** The runs that came to a result; failed ones may be tried again. */
    public Set<RunId> finished() {
      Set<RunId> ids = new LinkedHashSet<>();
      for (RunRecord run : runs) {
        if (!(run.outcome() instanceof RunOutcome.Failed)) {
          ids.add(run.id());
        }
      }
      return ids;
    }
  }

  /**
   * Adds one run at the end, on disk when this returns. A last line that an earlier process left
   * half written is removed first.
   */
  public synchronized void append(RunRecord run) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = endOfLastLine(channel);
      channel.truncate(end);
      channel.position(end);
      ByteBuffer bytes = ByteBuffer.wrap((line(run) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The position after the last newline; a whole record that only lacks its newline gets one. */
  private static long endOfLastLine(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = size;
    while (end > 0) {
      one.clear();
      channel.read(one, end - 1);
      if (one.get(0) == '\n') {
        break;
      }
      end--;
    }
    if (end < size && size - end < 1 << 22) {
      ByteBuffer tail = ByteBuffer.allocate((int) (size - end));
      channel.read(tail, end);
      try {
        parse(StandardCharsets.UTF_8.newDecoder().decode(tail.flip()).toString());
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        return size + 1;
      } catch (CharacterCodingException | JsonProcessingException | IllegalArgumentException e) {
        return end; // cut short: read() reported it
      }
    }
    return end;
  }

  /**
   * All runs of the log; none if the file does not exist. A last line without its newline that is
   * no whole record, or no text, was cut short by a crash: it is left out and the warning says so.
   *
   * @throws MalformedFileException if any other line is not a run of this format and version
   */
  public Contents read() throws IOException {
    if (!Files.exists(file)) {
      return new Contents(List.of(), Optional.empty());
    }
    try (TextLines lines = TextLines.open(file)) {
      return read(lines);
    }
  }

  /**
   * All runs of a log that is no file of its own; see {@link #read()}.
   *
   * @param name what messages call it
   * @param in its bytes, closed at the end
   */
  public static Contents read(String name, InputStream in) throws IOException {
    try (TextLines lines = TextLines.of(name, in)) {
      return read(lines);
    }
  }

  private static Contents read(TextLines lines) throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    while (true) {
      String line;
      try {
        line = lines.next();
      } catch (MalformedFileException e) {
        if (!lines.endedByNewline()) {
          return cutShort(runs, lines); // within a character, or zeros that were never written over
        }
        throw e;
      }
      if (line == null) {
        return new Contents(runs, Optional.empty());
      }
      if (line.isBlank()) {
        continue;
      }
      try {
        runs.add(parse(line));
      } catch (JsonProcessingException e) {
        if (!lines.endedByNewline()) {
          return cutShort(runs, lines);
        }
        throw lines.malformed("is not one JSON object; remove the line");
      } catch (IllegalArgumentException e) {
        throw lines.malformed(String.valueOf(e.getMessage()));
      }
    }
  }

  private static Contents cutShort(List<RunRecord> runs, TextLines lines) {
    return new Contents(
        runs,
        Optional.of(
            lines.file() + ":" + lines.line() + ": the last line was cut short and is left out"));
  }

  /** Whether a file's first line announces a run log of any version. */
  public static boolean announces(String firstLine) {
    return firstLine.startsWith("{\"format\":\"dsa.run/");
  }

  private static void write(JsonGenerator json, EpochResult epoch) throws IOException {
    json.writeStartObject();
    json.writeNumberField("trainLoss", epoch.trainLoss());
    json.writeNumberField("trainErrorPct", epoch.trainErrorPct());
    if (epoch.validationErrorPct().isPresent()) {
      json.writeNumberField("validationErrorPct", epoch.validationErrorPct().getAsDouble());
    }
    if (epoch.testErrorPct().isPresent()) {
      json.writeNumberField("testErrorPct", epoch.testErrorPct().getAsDouble());
    }
    json.writeNumberField("trainSeconds", epoch.trainSeconds());
    json.writeNumberField("evaluationSeconds", epoch.evaluationSeconds());
    if (epoch.cpuSeconds().isPresent()) {
      json.writeNumberField("cpuSeconds", epoch.cpuSeconds().getAsDouble());
    }
    json.writeEndObject();
  }

  /** A run as one line, without the newline. */
  public static String line(RunRecord run) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("id", run.id().value());
      json.writeNumberField("index", run.model().index());
      json.writeStringField("architecture", run.model().spec().text());
      Complexity complexity = run.model().complexity();
      json.writeNumberField("params", complexity.params());
      json.writeNumberField("macs", complexity.macs());
      json.writeNumberField("ndsFlops", complexity.ndsFlops());
      json.writeNumberField("activations", complexity.activations());
      json.writeStringField("recipe", run.recipe());
      writeOutcome(json, run.outcome());
      if (!run.epochs().isEmpty()) {
        json.writeArrayFieldStart("epochs");
        for (EpochResult epoch : run.epochs()) {
          write(json, epoch);
        }
        json.writeEndArray();
      }
      Provenance provenance = run.provenance();
      json.writeObjectFieldStart("provenance");
      json.writeNumberField("seed", provenance.seed());
      json.writeStringField("recipeHash", provenance.recipeHash());
      json.writeStringField("dataset", provenance.dataset());
      json.writeStringField("datasetChecksum", provenance.datasetChecksum());
      json.writeStringField("codeVersion", provenance.codeVersion());
      json.writeStringField("engine", provenance.engine());
      json.writeStringField("device", provenance.device());
      json.writeNumberField("threads", provenance.threads());
      json.writeStringField("jvm", provenance.jvm());
      json.writeStringField("os", provenance.os());
      json.writeStringField("start", provenance.start().toString());
      json.writeStringField("end", provenance.end().toString());
      json.writeEndObject();
      json.writeEndObject();
    }
    return line.toString();
  }

  private static void writeOutcome(JsonGenerator json, RunOutcome outcome) throws IOException {
    if (outcome instanceof RunOutcome.Completed completed) {
      json.writeStringField("outcome", "completed");
      json.writeNumberField("minTestErrorPct", completed.minTestError());
      json.writeNumberField("lastTestErrorPct", completed.lastTestError());
    } else if (outcome instanceof RunOutcome.Diverged diverged) {
      json.writeStringField("outcome", "diverged");
      json.writeNumberField("divergedInEpoch", diverged.epoch());
    } else if (outcome instanceof RunOutcome.Failed failed) {
      json.writeStringField("outcome", "failed");
      json.writeStringField("reason", failed.reason());
    } else {
      throw new AssertionError(outcome);
    }
  }

  /**
   * The run that a {@link #line} holds.
   *
   * @throws IllegalArgumentException if it is no run of this format and version
   */
  public static RunRecord parse(String line) throws JsonProcessingException {
    JsonNode run = Json.READER.readTree(line);
    String format = run.path("format").asText();
    if (!format.equals(FORMAT) && !format.equals(BEFORE)) {
      throw new IllegalArgumentException(
          "unknown format '"
              + DelimitedRows.shown(format)
              + "'; this version reads "
              + BEFORE
              + " and "
              + FORMAT);
    }
    long index = whole(run, "index");
    if (index != (int) index) {
      throw new IllegalArgumentException("index=" + index + " is too large");
    }
    Complexity complexity =
        new Complexity(
            whole(run, "params"),
            whole(run, "macs"),
            whole(run, "ndsFlops"),
            whole(run, "activations"));
    return new RunRecord(
        new RunId(text(run, "id")),
        new DrawnModel((int) index, ArchitectureSpec.parse(text(run, "architecture")), complexity),
        text(run, "recipe"),
        outcome(run),
        epochs(run),
        provenance(run.path("provenance")));
  }

  private static RunOutcome outcome(JsonNode run) {
    String outcome = text(run, "outcome");
    return switch (outcome) {
      case "completed" -> completed(run);
      case "diverged" ->
          new RunOutcome.Diverged((int) Math.min(Integer.MAX_VALUE, whole(run, "divergedInEpoch")));
      case "failed" -> new RunOutcome.Failed(text(run, "reason"));
      default ->
          throw new IllegalArgumentException(
              "outcome '"
                  + DelimitedRows.shown(outcome)
                  + "' is none of completed, diverged, failed");
    };
  }

  private static RunOutcome completed(JsonNode run) {
    List<EpochResult> epochs = epochs(run);
    List<Double> curve = EpochResult.testErrors(epochs);
    if (!epochs.isEmpty() && epochs.get(epochs.size() - 1).testErrorPct().isEmpty()) {
      throw new IllegalArgumentException("the last epoch has no number 'testErrorPct'");
    }
    return new RunOutcome.Completed(
        number(run.path("minTestErrorPct"), "minTestErrorPct"),
        number(run.path("lastTestErrorPct"), "lastTestErrorPct"),
        curve);
  }

  private static List<EpochResult> epochs(JsonNode run) {
    List<EpochResult> epochs = new ArrayList<>();
    for (JsonNode epoch : run.path("epochs")) {
      epochs.add(
          new EpochResult(
              epochs.size() + 1,
              number(epoch.path("trainLoss"), "trainLoss"),
              number(epoch.path("trainErrorPct"), "trainErrorPct"),
              optional(epoch, "validationErrorPct"),
              optional(epoch, "testErrorPct"),
              number(epoch.path("trainSeconds"), "trainSeconds"),
              number(epoch.path("evaluationSeconds"), "evaluationSeconds"),
              optional(epoch, "cpuSeconds")));
    }
    return epochs;
  }

  private static Provenance provenance(JsonNode json) {
    try {
      return new Provenance(
          whole(json, "seed"),
          text(json, "recipeHash"),
          text(json, "dataset"),
          text(json, "datasetChecksum"),
          text(json, "codeVersion"),
          text(json, "engine"),
          text(json, "device"),
          (int) Math.min(Integer.MAX_VALUE, whole(json, "threads")),
          text(json, "jvm"),
          text(json, "os"),
          Instant.parse(text(json, "start")),
          Instant.parse(text(json, "end")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the provenance's start or end is no time such as 2026-01-01T00:00:00Z", e);
    }
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the run has no text '" + field + "'");
    }
    return value.textValue();
  }

  private static long whole(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("the run has no whole number '" + field + "'");
    }
    return value.longValue();
  }

  private static OptionalDouble optional(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(number(value, field));
  }

  private static double number(JsonNode value, String field) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("the run has no number '" + field + "'");
    }
    return value.doubleValue();
  }
}
