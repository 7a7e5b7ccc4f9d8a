package dsa.search.study;

import dsa.search.StrategyType;
import java.util.Map;

/**
 * A strategy that takes part in a study.
 *
 * @param type which
 * @param settings what differs from its standard
 */
public record Contender(StrategyType type, Map<String, String> settings) {

  /** Copies the settings; rejects ones that the strategy does not have. */
  public Contender {
    settings = Map.copyOf(settings);
    type.settings(settings);
  }

  /** What reports call it: its name, and the settings that are not standard. */
  public String label() {
    StringBuilder label = new StringBuilder(type.name());
    type.settings().stream()
        .filter(setting -> settings.containsKey(setting.name()))
        .filter(setting -> !settings.get(setting.name()).equals(setting.standard()))
        .forEach(
            setting ->
                label
                    .append(' ')
                    .append(setting.name())
                    .append('=')
                    .append(settings.get(setting.name())));
    return label.toString();
  }
}
