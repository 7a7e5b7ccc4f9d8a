package dsa.core.arch.genotype;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The genotypes in a text that holds more than them: a file of Python such as {@code genotypes.py},
 * or the log of a search. A genotype is called what it is assigned to ({@code DARTS_V2 =
 * Genotype(…)}, {@code genotype = Genotype(…)}), and where a name comes again it is followed by the
 * number of its turn: {@code genotype-2}.
 */
public final class NamedGenotypes {

  private static final Pattern BEGINNING =
      Pattern.compile("(?:([A-Za-z_]\\w{0,99})[ \\t]{0,9}=[ \\t]{0,9})?\\bGenotype[ \\t]{0,9}\\(");
  private static final Pattern ALIAS =
      Pattern.compile(
          "(?m)^[ \\t]{0,9}([A-Za-z_]\\w{0,99})[ \\t]{0,9}=[ \\t]{0,9}(\\w{1,99})[ \\t]{0,9}$");

  private NamedGenotypes() {}

  /** The text of each genotype by its name, in order; of one without a name {@code genotype}. */
  public static Map<String, String> in(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, Integer> turns = new LinkedHashMap<>();
    Matcher beginning = BEGINNING.matcher(text);
    for (int from = 0; beginning.find(from); ) {
      String name = beginning.group(1) == null ? "genotype" : beginning.group(1);
      int line = text.lastIndexOf('\n', beginning.start()) + 1;
      if (text.substring(line, beginning.start()).stripLeading().startsWith("#")) {
        from = beginning.end();
        continue;
      }
      int turn = turns.merge(name, 1, Integer::sum);
      from = end(text, beginning.end());
      int start =
          text.indexOf("Genotype", beginning.start(1) < 0 ? beginning.start() : beginning.end(1));
      found.put(turn == 1 ? name : name + "-" + turn, text.substring(start, from));
    }
    Matcher alias = ALIAS.matcher(text);
    while (alias.find()) {
      if (found.containsKey(alias.group(2))) {
        found.putIfAbsent(alias.group(1), found.get(alias.group(2)));
      }
    }
    return Collections.unmodifiableMap(found);
  }

  /** The place behind the parenthesis that closes the one before {@code from}. */
  private static int end(String text, int from) {
    int open = 1;
    int at = from;
    while (at < text.length() && open > 0) {
      char c = text.charAt(at);
      if (c == '#') {
        at = skip(text, at, '\n');
      } else if (c == '\'' || c == '"') {
        at = skip(text, at + 1, c);
      }
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      at++;
    }
    return Math.min(at, text.length());
  }

  private static int skip(String text, int from, char until) {
    int at = text.indexOf(until, from);
    return at < 0 ? text.length() : at;
  }
}
