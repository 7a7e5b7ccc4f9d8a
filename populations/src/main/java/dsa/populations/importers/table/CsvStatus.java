package dsa.populations.importers.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a row's status says of its training, in the words of W&amp;B ({@code finished}), Optuna
 * ({@code COMPLETE}), Ray Tune ({@code TERMINATED}, {@code done}) and SMAC ({@code SUCCESS}).
 */
final class CsvStatus {

  private static final Set<String> COLUMNS =
      Set.of("state", "status", "done", "trial_state", "trial_status", "run_state", "run_status");

  private static final Set<String> FINISHED =
      Set.of(
          "finished",
          "complete",
          "completed",
          "done",
          "success",
          "succeeded",
          "ok",
          "true",
          "1",
          "terminated",
          "diverged"); // a finished training, not one that was cut off

  private static final Set<String> UNFINISHED =
      Set.of(
          "running",
          "crashed",
          "crash",
          "fail",
          "failed",
          "killed",
          "pruned",
          "waiting",
          "pending",
          "preempted",
          "preempting",
          "error",
          "false",
          "0",
          "timeout",
          "memout",
          "stopped",
          "stop",
          "paused",
          "aborted",
          "abort",
          "canceled",
          "cancelled",
          "queued");

  private CsvStatus() {}

  /** The column of statuses, or -1. */
  static int column(List<String> header) {
    for (int i = 0; i < header.size(); i++) {
      if (COLUMNS.contains(header.get(i).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The column that says how far a trial went, or -1: Ray Tune's iterations, or the budget that
   * SMAC spent on a configuration.
   */
  static int progressColumn(List<String> header) {
    int iterations = header.indexOf("training_iteration");
    return iterations >= 0 || !header.contains("config_id") ? iterations : header.indexOf("budget");
  }

  /** A cell's word: lower case, without the class that Python writes before it. */
  static String word(String cell) {
    String word = cell.strip().toLowerCase(Locale.ROOT);
    return word.substring(word.lastIndexOf('.') + 1);
  }

  /** Whether a word says that the training ran to its end. */
  static boolean isFinished(String word) {
    return FINISHED.contains(word);
  }

  /** Whether it is a word for a training's status at all. */
  static boolean isKnown(String word) {
    return FINISHED.contains(word) || UNFINISHED.contains(word);
  }
}
