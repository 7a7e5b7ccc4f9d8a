package dsa.sampler.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Space files are written by hand and by other programs: whatever is wrong with one must end in a
 * sentence that says where, not in a stack trace, a hang, or a space that nobody described.
 */
final class MalformedSpacesTest {

  /** {@code mvn -Dsurefire.jvm=-Ddsa.fuzz=100000 …} tries more. */
  private static final int REFUSALS = Integer.getInteger("dsa.fuzz", 2000);

  private static final int LARGE = 20; // one try in so many is on a space that takes long to build
  private static final Set<String> SLOW = Set.of("mnasnet-c10", "mixnet-c10");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]+|\\d+(?:\\.\\d+)?|\\S");
  private static final String NOISE = "{}[]():;,&*!|>%@`\"'-?#=/+ \n\t0.9xé\u0000";
  private static final List<String> STRANGE =
      List.of(
          "0",
          "-1",
          "1.5",
          "1e9",
          "65537",
          "999999999",
          "99999999999999999999",
          "two",
          "''",
          "[]",
          "{}",
          "~",
          "id",
          "{in}",
          "{in/7}",
          "{",
          "}",
          "skip(",
          ")",
          "sum(id; id)",
          "mix9",
          "{mb}",
          "[1, 1]",
          "conv3@{out}",
          "true",
          "stages",
          "null",
          "{{}}");

  /** What is said of a file that cannot be read as keys and values. */
  private static final Pattern NO_YAML = Pattern.compile("(is|uses|has something) .*");

  /** What is wrong with no key alone: one that is missing, or several that do not go together. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "the file (.* )?(is not a map|has no key) .*"
              + "|the file is no space: ("
              + "its exact tables would have|its widest stages|its encodings are too many"
              + "|none of its numbers give|the costs of|a stage of \\d+ widths"
              + "|\\d+ widths and \\d+ depths)\\b.*");

  private static final Pattern KEY = Pattern.compile("[^ ]*?([^ .\\[\\]]+)(\\[\\d+\\])* .*");

  /** What was wrong with {@code text}, if anything; each kind of damage is one of these. */
  private static Optional<String> refusal(String file, String text) {
    return assertTimeoutPreemptively(
        Duration.ofMinutes(10),
        () -> {
          try {
            Spaces.read(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return Optional.empty();
          } catch (MalformedFileException e) {
            return Optional.of(e.getMessage());
          } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new AssertionError(text, e);
          }
        });
  }

  /**
   * Whether a sentence names a key, and the line where its value begins: on that line or the one
   * before stands the key, or the item of a list.
   */
  private static boolean isAtItsKey(String said, String rest, String text) {
    if (rest.contains("is not a key known here") || rest.contains("has a label that is not of")) {
      return true; // the key itself is damaged
    }
    if (rest.startsWith("the file ")) {
      return WHOLE.matcher(rest).matches();
    }
    Matcher key = KEY.matcher(rest);
    int line = Integer.parseInt(said.split(":", 3)[1]);
    List<String> upTo = text.lines().limit(line).filter(one -> !one.isBlank()).toList();
    String near = String.join("\n", upTo.subList(Math.max(0, upTo.size() - 2), upTo.size()));
    return key.matches() && (key.group(2) != null || near.contains(key.group(1)));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Spaces.class.getResourceAsStream(name + ".yaml")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String damaged(String text, RandomStream random) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    MatchResult word = words.get(random.nextInt(words.size()));
    MatchResult other = words.get(random.nextInt(words.size()));
    String before = text.substring(0, word.start());
    String after = text.substring(word.end());
    List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
    int line = random.nextInt(lines.size());
    char noise = NOISE.charAt(random.nextInt(NOISE.length()));
    return switch (random.nextInt(8)) {
      case 0 -> before + after;
      case 1 -> before + other.group() + after;
      case 2 -> before + STRANGE.get(random.nextInt(STRANGE.size())) + after;
      case 3 -> before + noise + after;
      case 4 -> before + word.group() + noise + after;
      case 5 -> {
        lines.remove(line);
        yield String.join("\n", lines);
      }
      case 6 -> {
        lines.add(random.nextInt(lines.size()), lines.get(line));
        yield String.join("\n", lines);
      }
      default -> before;
    };
  }

  @Tag("slow")
  @Test
  void damagedFilesOfEveryBuiltInSpaceEndInOneSentence() throws IOException {
    List<String> quick = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    for (String name : Spaces.builtIn()) {
      if (!resource(name).isEmpty()) {
        (SLOW.contains(name) ? slow : quick).add(name);
      }
    }
    RandomStream random = SeedPath.root(41).generator();
    Set<String> kinds = new HashSet<>();
    Set<String> refused = new HashSet<>();
    int refusals = 0;
    int read = 0;
    while (refusals < REFUSALS) {
      List<String> from = random.nextInt(LARGE) == 0 ? slow : quick;
      String name = from.get(random.nextInt(from.size()));
      String text = resource(name).replaceAll("(?m)^#.*\n", "");
      for (int damage = 1 + random.nextInt(2); damage > 0 && !text.isBlank(); damage--) {
        text = damaged(text, random);
      }
      Optional<String> refusal = refusal("f.yaml", text);
      if (refusal.isEmpty()) {
        read++;
        continue;
      }
      String said = refusal.get();
      String context = said + "\n---\n" + text;
      assertEquals(1, said.lines().count(), context);
      assertTrue(said.length() < 1000, context);
      assertTrue(said.matches("f\\.yaml:\\d+: .*"), context);
      String rest = said.replaceFirst("f\\.yaml:\\d+: ", "");
      assertTrue(NO_YAML.matcher(rest).matches() || isAtItsKey(said, rest, text), context);
      refusals++;
      refused.add(name);
      kinds.add(rest.replaceAll("'[^']*'|\\d+", "…"));
    }
    assertEquals(quick.size() + slow.size(), refused.size());
    assertTrue(kinds.size() > 100, kinds.size() + " kinds of sentences");
    assertTrue(read > 0);
  }
}
