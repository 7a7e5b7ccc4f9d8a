package dsa.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of all settings of one strategy. */
public final class Settings {

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * The settings as given, the others as they are by themselves.
   *
   * @param strategy what messages call the strategy
   * @throws IllegalArgumentException if one is not known, or its value is not allowed
   */
  public static Settings of(String strategy, List<Setting> known, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    known.forEach(setting -> values.put(setting.name(), setting.standard()));
    given.forEach(
        (name, value) -> {
          Setting setting =
              known.stream()
                  .filter(each -> each.name().equals(name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              strategy
                                  + " has no setting '"
                                  + name
                                  + "'; it has "
                                  + (known.isEmpty()
                                      ? "none"
                                      : known.stream()
                                          .map(Setting::name)
                                          .collect(Collectors.joining(", ")))));
          setting.check(value);
          values.put(name, value);
        });
    return new Settings(values);
  }

  /** A number. */
  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  /** A number that counts things; fractions are refused. */
  public int count(String name) {
    double number = number(name);
    if (number != Math.rint(number)) {
      throw new IllegalArgumentException(name + "=" + text(name) + " is not a whole number");
    }
    return (int) number;
  }

  /** A word. */
  public String word(String name) {
    return text(name);
  }

  private String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no setting '" + name + "'");
    }
    return value;
  }

  /** All of them as {@code name=value}, in the order they are declared. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }
}
