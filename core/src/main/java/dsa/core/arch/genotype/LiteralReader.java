package dsa.core.arch.genotype;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the literals that Python's {@code repr} and JSON share, as far as genotypes need them:
 * texts in either quotes, whole numbers, lists and tuples (both become lists), {@code range(a, b)},
 * {@code None} and {@code null} (both become an empty list), comments behind {@code #}, and one
 * object on the outside, {@code Name(key=value, …)} or <code>{"key": value, …}</code>.
 */
public final class LiteralReader {

  private static final int LONGEST = 100_000;
  private static final int DEEPEST = 4;
  private static final int LARGEST_RANGE = 1000;
  private static final Pattern SPACE = Pattern.compile("(?:\\s|#[^\\n\\r]*)*+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern TEXT =
      Pattern.compile("'([^'\\\\\\p{Cntrl}]*)'|\"([^\"\\\\\\p{Cntrl}]*)\"");

  private final String text;
  private final String name;
  private int at;

  /**
   * A reader.
   *
   * @param name what stands before the parenthesis of an object, and what messages call the text
   */
  LiteralReader(String text, String name) {
    this.text = text;
    this.name = name;
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          name.toLowerCase(java.util.Locale.ROOT) + " of more than " + LONGEST + " characters");
    }
  }

  /** The one object that the text is; values are {@code String}, {@code Integer} or lists. */
  Map<String, Object> object() {
    boolean json = skips('{');
    if (!json) {
      String word = word();
      if (!word.equals(name)) {
        need('=');
        word = word();
      }
      if (!word.equals(name)) {
        throw wrong(name + "(…) or a JSON object is expected");
      }
      need('(');
    }
    char close = json ? '}' : ')';
    Map<String, Object> fields = new LinkedHashMap<>();
    while (!skips(close)) {
      String key = json ? text() : word();
      need(json ? ':' : '=');
      if (fields.put(key, value(0)) != null) {
        throw wrong("'" + key + "' stands there twice");
      }
      if (!skips(',') && !ahead(close)) {
        throw wrong("',' or '" + close + "' is expected");
      }
    }
    space();
    if (at < text.length()) {
      throw wrong("nothing more is expected");
    }
    return fields;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("lists are nested too deep");
    }
    if (skips('[')) {
      return list(']', depth);
    }
    if (skips('(')) {
      return list(')', depth);
    }
    if (ahead('\'') || ahead('"')) {
      return text();
    }
    space();
    for (String nothing : List.of("None", "null")) {
      if (text.startsWith(nothing, at)) {
        at += nothing.length();
        return List.of();
      }
    }
    if (text.startsWith("range", at)) {
      at += "range".length();
      need('(');
      int low = number();
      need(',');
      int high = number();
      need(')');
      if (low > high || (long) high - low > LARGEST_RANGE) {
        throw wrong("range(" + low + ", " + high + ") is no range of states");
      }
      return IntStream.range(low, high).boxed().toList();
    }
    return number();
  }

  private List<Object> list(char close, int depth) {
    List<Object> items = new ArrayList<>();
    while (!skips(close)) {
      items.add(value(depth + 1));
      if (!skips(',') && !ahead(close)) {
        throw wrong("',' or '" + close + "' is expected");
      }
    }
    return items;
  }

  private String text() {
    Matcher matcher = match(TEXT, "a text in quotes");
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private String word() {
    return match(WORD, "a name").group();
  }

  private int number() {
    return Integer.parseInt(match(NUMBER, "a list, a text or a whole number").group());
  }

  private Matcher match(Pattern pattern, String what) {
    space();
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw wrong(what + " is expected");
    }
    at = matcher.end();
    return matcher;
  }

  private void space() {
    Matcher matcher = SPACE.matcher(text).region(at, text.length());
    at = matcher.lookingAt() ? matcher.end() : at;
  }

  private boolean ahead(char c) {
    space();
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean skips(char c) {
    boolean there = ahead(c);
    at += there ? 1 : 0;
    return there;
  }

  private void need(char c) {
    if (!skips(c)) {
      throw wrong("'" + c + "' is expected");
    }
  }

  private IllegalArgumentException wrong(String what) {
    String rest = text.substring(Math.min(at, text.length())).replaceAll("\\p{Cntrl}", " ");
    return new IllegalArgumentException(
        name.toLowerCase(java.util.Locale.ROOT)
            + ": "
            + what
            + (rest.isEmpty()
                ? " where it ends"
                : " before '" + (rest.length() > 40 ? rest.substring(0, 40) + "…" : rest) + "'"));
  }
}
