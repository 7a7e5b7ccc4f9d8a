package dsa.populations.importers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Columns that say how a model was trained: learning rates, resolutions and whatever a search tool
 * puts under {@code params_} (Optuna) or {@code config} (Ray Tune, W&amp;B, SMAC).
 */
final class CsvSettings {

  private static final List<String> PREFIXES =
      List.of("config.", "config/", "config_", "config:", "hparams.", "hparams/", "hparams_");

  /** What may follow {@code params_} in the name of a count of weights. */
  private static final Set<String> COUNT_WORDS =
      Set.of(
          "m", "k", "b", "g", "million", "millions", "count", "total", "num", "raw", "trainable");

  private static final Set<String> NAMES =
      Set.of(
          "lr",
          "learning_rate",
          "base_lr",
          "wd",
          "weight_decay",
          "momentum",
          "dropout",
          "batch_size",
          "optimizer",
          "scheduler",
          "epochs",
          "img_size",
          "image_size",
          "input_size",
          "resolution",
          "crop_pct",
          "interpolation");

  private CsvSettings() {}

  /** Whether a lower-case name stands under a search tool's prefix for hyper-parameters. */
  static boolean isPrefixed(String name) {
    if (name.startsWith("params_")) {
      return !COUNT_WORDS.containsAll(CsvColumns.words(name.substring("params_".length())));
    }
    return PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** The columns of settings, apart from those in use. */
  static List<Integer> of(List<String> header, CsvColumns columns) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).toLowerCase(Locale.ROOT);
      if (!columns.isTaken(i) && (isPrefixed(name) || NAMES.contains(name))) {
        found.add(i);
      }
    }
    return found;
  }

  /** Whether rows that differ in this setting alone are runs of one model. */
  static boolean isSeed(String name) {
    List<String> words = CsvColumns.words(name);
    return words.contains("seed") || words.contains("rng");
  }
}
