package dsa.populations.selection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which columns say how a model was trained: learning rates, resolutions and whatever a search tool
 * puts under {@code params_} (Optuna) or {@code config} (Ray Tune, W&amp;B, SMAC) or at a place of
 * its configuration ({@code OPTIM.BASE_LR}, pycls).
 */
public final class SettingNames {

  private static final List<String> PREFIXES =
      List.of("config.", "config/", "config_", "config:", "hparams.", "hparams/", "hparams_");

  /** What may follow {@code params_} in the name of a count of weights. */
  private static final Set<String> COUNT_WORDS =
      Set.of(
          "m", "k", "b", "g", "million", "millions", "count", "total", "num", "raw", "trainable");

  private static final Pattern PLACE = Pattern.compile("[A-Z][A-Z0-9_]*(?:\\.[A-Z0-9_]+)+");

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
          "max_ep",
          "img_size",
          "image_size",
          "input_size",
          "resolution",
          "crop_pct",
          "interpolation");

  private SettingNames() {}

  /** Whether a lower-case name stands under a search tool's prefix for hyper-parameters. */
  public static boolean isPrefixed(String name) {
    if (name.startsWith("params_")) {
      return !COUNT_WORDS.containsAll(words(name.substring("params_".length())));
    }
    return PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** Whether a column is one of settings, a seed among them. */
  public static boolean isNamed(String column) {
    String name = column.toLowerCase(Locale.ROOT);
    return isPrefixed(name) || NAMES.contains(name) || PLACE.matcher(column).matches();
  }

  /** Whether models that differ in this column are trained differently, not again. */
  public static boolean isSetting(String column) {
    return isNamed(column) && !isSeed(column);
  }

  /** Whether models that differ in this column alone are runs of one. */
  private static boolean isSeed(String name) {
    List<String> words = words(name);
    return words.contains("seed") || words.contains("rng");
  }

  private static List<String> words(String name) {
    return Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1));
  }
}
