package dsa.trainer.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.core.io.InputFile;
import dsa.core.io.SweepPlan;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a sweep is, as seen from outside: results are counted in its log, what is running is what
 * its supervisor last wrote (every other second while it works, file {@code status.json}, format
 * {@code dsa.status/1}).
 *
 * @param plan what is trained
 * @param supervisor process that trains it now, empty if none does
 * @param progress how far it is; nothing is running without a supervisor
 */
public record SweepStatus(SweepPlan plan, Optional<Long> supervisor, SweepProgress progress) {

  private static final String FORMAT = "dsa.status/1";

  /** Bytes; one has a few hundred for each worker. */
  private static final int LARGEST = 1 << 20;

  private static final Duration FRESH = Duration.ofSeconds(30);

  /**
   * How far the sweep of a folder is.
   *
   * @param now to judge whether what its supervisor wrote still holds
   */
  public static SweepStatus of(SweepFolder folder, Instant now) throws IOException {
    SweepTally tally = SweepTally.of(folder.runs().latest().values());
    Written written = written(folder, now);
    return new SweepStatus(
        folder.plan(),
        written.supervisor(),
        new SweepProgress(
            folder.models().size(),
            tally.done(),
            tally.diverged(),
            tally.failed(),
            written.running(),
            written.imagesPerSecond(),
            tally.bestErrorPct(),
            written.secondsLeft()));
  }

  /** What a supervisor wrote, if it still holds. */
  private record Written(
      Optional<Long> supervisor,
      List<SweepProgress.Running> running,
      double imagesPerSecond,
      OptionalDouble secondsLeft) {

    static final Written NOTHING =
        new Written(Optional.empty(), List.of(), 0, OptionalDouble.empty());
  }

  private static Written written(SweepFolder folder, Instant now) {
    JsonNode json;
    try {
      json = new JsonMapper().readTree(InputFile.text(folder.status(), LARGEST));
    } catch (IOException e) {
      return Written.NOTHING; // absent, or damaged as by a power cut: the next one is written soon
    }
    long supervisor = json.path("supervisor").asLong();
    boolean alive = ProcessHandle.of(supervisor).map(ProcessHandle::isAlive).orElse(false);
    if (!alive || !fresh(json.path("written").asText(), now)) {
      return Written.NOTHING;
    }
    List<SweepProgress.Running> running = new ArrayList<>();
    for (JsonNode one : json.path("running")) {
      running.add(
          new SweepProgress.Running(
              one.path("id").asText(),
              one.path("epoch").asInt(),
              one.path("epochs").asInt(),
              one.path("epochShare").asDouble(),
              number(one.path("testErrorPct")),
              one.path("seconds").asDouble()));
    }
    return new Written(
        Optional.of(supervisor),
        running,
        json.path("imagesPerSecond").asDouble(),
        number(json.path("secondsLeft")));
  }

  private static boolean fresh(String written, Instant now) {
    try {
      return Duration.between(Instant.parse(written), now).abs().compareTo(FRESH) < 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }

  /** What a supervisor writes. */
  static String text(long supervisor, Instant now, SweepProgress progress) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", FORMAT)
            .put("supervisor", supervisor)
            .put("written", now.toString());
    ArrayNode running = json.putArray("running");
    for (SweepProgress.Running one : progress.running()) {
      ObjectNode node = running.addObject().put("id", one.id()).put("epoch", one.epoch());
      node.put("epochs", one.epochs()).put("seconds", one.seconds());
      if (one.epochShare() > 0) {
        node.put("epochShare", one.epochShare());
      }
      one.testErrorPct().ifPresent(error -> node.put("testErrorPct", error));
    }
    json.put("imagesPerSecond", progress.imagesPerSecond());
    progress.secondsLeft().ifPresent(left -> json.put("secondsLeft", left));
    return json.toPrettyString() + "\n";
  }
}
