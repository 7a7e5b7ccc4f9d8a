package dsa.sampler.format;

import dsa.core.ForeignText;
import dsa.core.io.MalformedFileException;
import dsa.core.io.PositionedDocument;
import dsa.core.io.PositionedDocument.Numeral;
import dsa.sampler.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A value of a space file that remembers where it stands, so that whatever is wrong with it can be
 * said with file, line and key.
 *
 * @param file what messages call the file
 * @param line counted from 1
 * @param path such as {@code stages[1].width}; empty for the whole document
 * @param value a {@code String} (text), {@code Numeral} (its text), {@code List<SpaceNode>} or
 *     {@code Map<String, SpaceNode>}
 */
public record SpaceNode(String file, long line, String path, Object value) {

  private static final PositionedDocument.Kind KIND =
      new PositionedDocument.Kind("a space file", "space", SpaceFile.FORMAT, 1024);

  private static final int LONGEST_TEXT = 1000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  /** The one document of a stream; {@code file} is what messages call it. */
  static SpaceNode read(String file, InputStream in) throws IOException {
    return of(file, PositionedDocument.read(file, in, KIND));
  }

  private static SpaceNode of(String file, PositionedDocument.Node node) {
    Object value = node.value();
    if (value instanceof List<?> list) {
      value = list.stream().map(item -> of(file, (PositionedDocument.Node) item)).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, SpaceNode> fields = new LinkedHashMap<>();
      map.forEach(
          (key, field) -> fields.put((String) key, of(file, (PositionedDocument.Node) field)));
      value = fields;
    }
    return new SpaceNode(file, node.line(), node.path(), value);
  }

  /** A short text. */
  public String text() throws MalformedFileException {
    if (!(value instanceof String text) || text.length() > LONGEST_TEXT) {
      throw fault("is not a short text");
    }
    return text;
  }

  /** What {@code parse} makes of a short text. */
  public <T> T named(Function<String, T> parse) throws MalformedFileException {
    String text = text();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw fault("is wrong", e);
    }
  }

  /** The items of a list; {@code what} is what it should be a list of, for the message. */
  public List<SpaceNode> items(String what) throws MalformedFileException {
    if (!(value instanceof List<?> list)) {
      throw fault("is not a list of " + what);
    }
    List<SpaceNode> items = new ArrayList<>();
    for (Object item : list) {
      items.add((SpaceNode) item);
    }
    return items;
  }

  /** The fields of a map, none of them outside {@code known} unless that is empty. */
  public Map<String, SpaceNode> fields(Set<String> known) throws MalformedFileException {
    if (!(value instanceof Map<?, ?> map)) {
      throw fault("is not a map of keys and values");
    }
    Map<String, SpaceNode> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      SpaceNode field = (SpaceNode) entry.getValue();
      if (!known.isEmpty() && !known.contains(key)) {
        throw field.fault(
            "is not a key known here; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
      fields.put(key, field);
    }
    return fields;
  }

  /** The field {@code key} of this map, which has the given fields. */
  public SpaceNode required(Map<String, SpaceNode> fields, String key)
      throws MalformedFileException {
    SpaceNode field = fields.get(key);
    if (field == null) {
      throw fault("has no key '" + key + "'");
    }
    return field;
  }

  /** One whole number, above 0; {@code name} is what messages call it. */
  public int wholeNumber(String name) throws MalformedFileException {
    Dimension numbers = wholeNumbers(name);
    if (numbers.size() != 1) {
      throw fault("is not one number");
    }
    return numbers.whole(0);
  }

  /** A whole number or a list of whole numbers, as the values of an axis. */
  public Dimension wholeNumbers(String name) throws MalformedFileException {
    return axis(name, false);
  }

  /** A number or a list of numbers, as the values of an axis. */
  public Dimension numbers(String name) throws MalformedFileException {
    return axis(name, true);
  }

  /** One number, exactly as it is written. */
  public BigDecimal decimal() throws MalformedFileException {
    if (!(value instanceof Numeral number) || !NUMBER.matcher(number.text()).matches()) {
      throw fault("is not a plain number such as 64 or 1.5");
    }
    return new BigDecimal(number.text());
  }

  private Dimension axis(String name, boolean fractions) throws MalformedFileException {
    List<SpaceNode> items = value instanceof List<?> ? items("numbers") : List.of(this);
    List<Double> values = new ArrayList<>();
    for (SpaceNode item : items) {
      if (!(item.value instanceof Numeral number) || !NUMBER.matcher(number.text()).matches()) {
        throw item.fault("is not a plain number such as 64" + (fractions ? " or 1.5" : ""));
      }
      if (!fractions && number.text().contains(".")) {
        throw item.fault("is not a whole number");
      }
      values.add(Double.valueOf(number.text()));
    }
    try {
      return new Dimension(name, values);
    } catch (IllegalArgumentException e) {
      throw fault("is no grid", e);
    }
  }

  /** What to throw if {@code what} is wrong with this value. */
  public MalformedFileException fault(String what) {
    String shown = path.isEmpty() ? "the file" : shown(path);
    if (value instanceof String text) {
      shown += " '" + shown(text) + "'";
    }
    if (value instanceof Numeral number) {
      shown += " " + shown(number.text());
    }
    return new MalformedFileException(file, line, shown + " " + what);
  }

  /**
   * What to throw if nothing can be made of this value: a fault of the key that {@code refusal}
   * names, or else {@code what} of this value.
   */
  public MalformedFileException fault(String what, IllegalArgumentException refusal) {
    return refusal instanceof SpaceFault fault
        ? innermost(path.isEmpty() ? fault.key() : path + "." + fault.key())
            .fault("is wrong: " + fault.getMessage())
        : fault(what + ": " + refusal.getMessage());
  }

  /** The value at {@code wanted}, or the innermost around it that the file has. */
  private SpaceNode innermost(String wanted) {
    Collection<?> inner =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof List<?> list ? list : List.of();
    for (Object each : inner) {
      SpaceNode node = (SpaceNode) each;
      if (wanted.equals(node.path)) {
        return node;
      }
      if (wanted.startsWith(node.path + ".") || wanted.startsWith(node.path + "[")) {
        return node.innermost(wanted);
      }
    }
    return this;
  }

  /** Foreign text, fit for one line of a message. */
  public static String shown(String text) {
    return ForeignText.shown(text, 80);
  }
}
