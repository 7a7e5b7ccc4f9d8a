package dsa.sampler.templates;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that stand in for each other: {@code {mb e=3}} in a template becomes the text called {@code
 * mb}, and there {@code e} becomes 3. What remains in braces is arithmetic.
 */
public final class TemplateTexts {

  private static final int DEEPEST = 8;
  private static final int LONGEST = 4_000;
  private static final int MOST_FILLED = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern CALL =
      Pattern.compile("\\s*(" + NAME + ")((?:\\s+" + NAME + "=[^\\s={}]+)*)\\s*");
  private static final Pattern CLOSED =
      Pattern.compile("(?:[^{}]++|\\{[^{}]*+\\})*+", Pattern.DOTALL);
  private static final Pattern BINDING = Pattern.compile("(" + NAME + ")=([^\\s={}]+)");
  private static final Pattern IN_EXPRESSION = Pattern.compile(NAME + "(?!\\w*\\()");

  private final Map<String, String> texts;

  /** The texts by their names. */
  public TemplateTexts(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /** Whether {@code name} can be called so in templates: a letter, then letters, digits, _. */
  public static boolean nameable(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether every brace that {@code text} opens is closed before the next, and no other. */
  public static boolean closed(String text) {
    return CLOSED.matcher(text).matches();
  }

  /**
   * The template with all texts in their places.
   *
   * @throws IllegalArgumentException if braces do not match, or texts stand in each other for ever
   */
  public String expand(String template) {
    return expand(template, Map.of(), 0, new AtomicInteger());
  }

  private String expand(
      String template, Map<String, String> bound, int depth, AtomicInteger filled) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "its texts stand in each other more than " + DEEPEST + " deep");
    }
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      String plain = template.substring(at, open < 0 ? template.length() : open);
      if (plain.contains("}")) {
        throw new IllegalArgumentException("it closes a brace } that was not opened");
      }
      expanded.append(plain);
      if (open < 0) {
        break;
      }
      int close = template.indexOf('}', open);
      String inside = template.substring(open + 1, close < 0 ? template.length() : close);
      if (close < 0 || inside.contains("{")) {
        throw new IllegalArgumentException("it opens a brace { and does not close it");
      }
      if (filled.incrementAndGet() > MOST_FILLED) {
        throw new IllegalArgumentException("it has more than " + MOST_FILLED + " holes to fill");
      }
      expanded.append(filled(inside, bound, depth, filled));
      if (expanded.length() > LONGEST) {
        throw new IllegalArgumentException("it comes to more than " + LONGEST + " characters");
      }
      at = close + 1;
    }
    return expanded.toString();
  }

  private String filled(String inside, Map<String, String> bound, int depth, AtomicInteger filled) {
    Matcher call = CALL.matcher(inside);
    if (call.matches() && texts.containsKey(call.group(1)) && !bound.containsKey(call.group(1))) {
      Map<String, String> inner = new HashMap<>(bound);
      Matcher binding = BINDING.matcher(call.group(2));
      while (binding.find()) {
        inner.put(binding.group(1), "(" + substituted(binding.group(2), bound) + ")");
      }
      return expand(texts.get(call.group(1)), inner, depth + 1, filled);
    }
    if (inside.contains("=")) {
      throw new IllegalArgumentException(
          "'{"
              + inside
              + "}' gives values to what is no text; texts are "
              + String.join(", ", texts.keySet().stream().sorted().toList()));
    }
    return "{" + substituted(inside, bound) + "}";
  }

  private static String substituted(String expression, Map<String, String> bound) {
    return IN_EXPRESSION
        .matcher(expression)
        .replaceAll(
            match -> Matcher.quoteReplacement(bound.getOrDefault(match.group(), match.group())));
  }
}
