package dsa.search.log;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.io.MalformedFileException;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The evaluations of one search, a line each, written before the strategy is told (format {@code
 * dsa.search-log/1}, docs/formats.md). A strategy is a function of what it was told, so that
 * telling it again is all that resuming takes: whatever the moment at which the first process
 * ended, the file ends with the same bytes.
 */
public final class SearchLog implements Closeable {

  private static final String FORMAT = "dsa.search-log/1";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileChannel channel;
  private final boolean durable;
  private final List<Evaluation> before;

  private SearchLog(FileChannel channel, boolean durable, List<Evaluation> before) {
    this.channel = channel;
    this.durable = durable;
    this.before = before;
  }

  /**
   * What a search is, so that another is not taken for it.
   *
   * @param strategy its name
   * @param settings all of them, as text
   * @param space what it searches
   * @param conditions where and for how much, as text
   * @param seed of the study
   * @param repeat which of its searches, from 0
   */
  public record Head(
      String strategy, String settings, String space, String conditions, long seed, int repeat) {

    private String line() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("format", FORMAT)
          .put("strategy", strategy)
          .put("settings", settings)
          .put("space", space)
          .put("conditions", conditions)
          .put("seed", seed)
          .put("repeat", repeat)
          .toString();
    }
  }

  /**
   * Opens a log to go on with, or begins it. A last line that was cut short is taken away.
   *
   * @param durable whether each evaluation is to survive the machine too, not the process alone:
   *     worth its time where evaluations are trainings
   * @throws MalformedFileException if it is the log of another search, or damaged
   */
  public static SearchLog open(Path file, Head head, boolean durable) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    String text =
        Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    int whole = text.lastIndexOf('\n') + 1;
    List<String> lines = text.substring(0, whole).lines().toList();
    if (!lines.isEmpty() && !lines.get(0).equals(head.line())) {
      throw new MalformedFileException(
          file.toString(),
          1,
          lines.get(0).contains(FORMAT)
              ? "is the log of another search; name another folder, or remove it"
              : "is no log of a search");
    }
    List<Evaluation> before = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      before.add(read(lines.get(i), i).orElseThrow(damaged(file, i + 1)));
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
      channel.position(channel.size());
      SearchLog log = new SearchLog(channel, durable, List.copyOf(before));
      if (lines.isEmpty()) {
        log.write(head.line());
      }
      return log;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Supplier<MalformedFileException> damaged(Path file, int line) {
    return () ->
        new MalformedFileException(
            file.toString(), line, "is no evaluation with the number that follows the last");
  }

  private static Optional<Evaluation> read(String line, int number) {
    try {
      JsonNode node = MAPPER.readTree(line);
      JsonNode options = node.path("encoding");
      if (node.path("n").asInt() != number || !options.isArray()) {
        return Optional.empty();
      }
      int[] encoding =
          IntStream.range(0, options.size()).map(i -> options.get(i).asInt()).toArray();
      return Optional.of(
          new Evaluation(
              number,
              new Proposal(
                  Encoding.of(encoding),
                  node.path("epochs").asInt(),
                  node.path("epochsBefore").asInt()),
              node.path("errorPct").asDouble(Double.NaN),
              node.path("repeated").asBoolean(),
              node.path("cost").asDouble(Double.NaN),
              node.path("spent").asDouble(Double.NaN)));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String line(Evaluation evaluation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("n", evaluation.number());
    ArrayNode encoding = node.putArray("encoding");
    for (int option : evaluation.encoding().toArray()) {
      encoding.add(option);
    }
    return node.put("epochs", evaluation.proposal().epochs())
        .put("epochsBefore", evaluation.proposal().epochsBefore())
        .put("errorPct", evaluation.errorPct())
        .put("repeated", evaluation.repeated())
        .put("cost", evaluation.cost())
        .put("spent", evaluation.spent())
        .toString();
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** What the search was told before, from its first evaluation on. */
  public List<Evaluation> before() {
    return before;
  }

  /**
   * Adds an evaluation, in the file when this returns.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void append(Evaluation evaluation) {
    try {
      write(line(evaluation));
      if (durable) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
