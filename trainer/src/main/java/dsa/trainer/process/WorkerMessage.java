package dsa.trainer.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import dsa.core.io.RunLog;
import dsa.core.run.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a worker says to its supervisor: one line of UTF-8 text on standard output. This is the one
 * definition of the lines; docs/formats.md specifies them for workers in other languages. Networks
 * are named by their place in the architectures file, from 0.
 */
public sealed interface WorkerMessage {

  /**
   * Can train from now on.
   *
   * @param setup what with
   */
  record Ready(WorkerSetup setup) implements WorkerMessage {
    static final String WORD = "ready";

    @Override
    public String text() {
      return WORD + " " + setup.engine() + "|" + setup.device() + "|" + setup.threads();
    }
  }

  /**
   * Will never be able to train.
   *
   * @param reason one sentence
   */
  record Unable(String reason) implements WorkerMessage {
    static final String WORD = "unable";

    public Unable {
      reason = oneLine(reason);
    }

    @Override
    public String text() {
      return WORD + " " + reason;
    }
  }

  /**
   * Has trained on some batches of an epoch; said once a second or less often.
   *
   * @param place of the network
   * @param epoch in progress, from 1
   * @param step of the epoch, from 1, that is done
   * @param steps of the whole epoch
   * @param imagesPerSecond in training since the epoch began
   */
  record StepDone(int place, int epoch, int step, int steps, double imagesPerSecond)
      implements WorkerMessage {
    static final String WORD = "step";

    @Override
    public String text() {
      return String.format(
          Locale.ROOT, "%s %d %d %d %d %.1f", WORD, place, epoch, step, steps, imagesPerSecond);
    }
  }

  /**
   * Has trained and evaluated an epoch.
   *
   * @param place of the network
   * @param epoch from 1
   * @param testErrorPct after it, percent; empty if the epoch was not evaluated
   * @param imagesPerSecond of its training steps
   */
  record EpochDone(int place, int epoch, OptionalDouble testErrorPct, double imagesPerSecond)
      implements WorkerMessage {
    static final String WORD = "epoch";

    @Override
    public String text() {
      String error =
          testErrorPct.isPresent()
              ? String.format(Locale.ROOT, "%.2f", testErrorPct.getAsDouble())
              : "-";
      return String.format(
          Locale.ROOT, "%s %d %d %s %.1f", WORD, place, epoch, error, imagesPerSecond);
    }
  }

  /**
   * Goes on, but something is not as it should be.
   *
   * @param sentence for the user
   */
  record Warning(String sentence) implements WorkerMessage {
    static final String WORD = "warning";

    public Warning {
      sentence = oneLine(sentence);
    }

    @Override
    public String text() {
      return WORD + " " + sentence;
    }
  }

  /**
   * A run came to a result; its line is that of the run log.
   *
   * @param run completed or diverged
   */
  record Result(RunRecord run) implements WorkerMessage {
    @Override
    public String text() {
      try {
        return RunLog.line(run);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * An attempt failed; another worker may succeed.
   *
   * @param place of the network
   * @param reason one sentence
   */
  record Failed(int place, String reason) implements WorkerMessage {
    static final String WORD = "failed";

    public Failed {
      reason = oneLine(reason);
    }

    @Override
    public String text() {
      return WORD + " " + place + " " + reason;
    }
  }

  /**
   * The network cannot be trained, however often it is tried.
   *
   * @param place of the network
   * @param reason one sentence
   */
  record Refused(int place, String reason) implements WorkerMessage {
    static final String WORD = "refused";

    public Refused {
      reason = oneLine(reason);
    }

    @Override
    public String text() {
      return WORD + " " + place + " " + reason;
    }
  }

  /** This message as one line, without its end. */
  String text();

  /** The message of a line; empty if it is none, for native libraries write to the same stream. */
  static Optional<WorkerMessage> parse(String line) {
    try {
      return line.startsWith("{") ? Optional.of(new Result(RunLog.parse(line))) : ofWords(line);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<WorkerMessage> ofWords(String line) {
    String word = line.substring(0, Math.max(0, line.indexOf(' ')));
    String rest = line.substring(word.length()).stripLeading();
    return switch (word) {
      case Ready.WORD -> {
        List<String> parts = List.of(rest.split("\\|", -1));
        yield parts.size() != 3
            ? Optional.empty()
            : Optional.of(
                new Ready(
                    new WorkerSetup(parts.get(0), parts.get(1), Integer.parseInt(parts.get(2)))));
      }
      case Unable.WORD -> Optional.of(new Unable(rest));
      case Warning.WORD -> Optional.of(new Warning(rest));
      case StepDone.WORD -> {
        List<String> parts = List.of(rest.split(" ", -1));
        yield parts.size() != 5
            ? Optional.empty()
            : Optional.of(
                new StepDone(
                    Integer.parseInt(parts.get(0)),
                    Integer.parseInt(parts.get(1)),
                    Integer.parseInt(parts.get(2)),
                    Integer.parseInt(parts.get(3)),
                    Double.parseDouble(parts.get(4))));
      }
      case EpochDone.WORD -> {
        List<String> parts = List.of(rest.split(" ", -1));
        yield parts.size() != 4
            ? Optional.empty()
            : Optional.of(
                new EpochDone(
                    Integer.parseInt(parts.get(0)),
                    Integer.parseInt(parts.get(1)),
                    parts.get(2).equals("-")
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Double.parseDouble(parts.get(2))),
                    Double.parseDouble(parts.get(3))));
      }
      case Failed.WORD, Refused.WORD -> {
        List<String> parts = List.of(rest.split(" ", 2));
        int place = Integer.parseInt(parts.get(0));
        String reason = parts.size() > 1 ? parts.get(1) : "";
        yield Optional.of(
            word.equals(Failed.WORD) ? new Failed(place, reason) : new Refused(place, reason));
      }
      default -> Optional.empty();
    };
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
  }
}
