package dsa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The list of what holds each number is only worth reading while it is true. A renamed test would
 * leave a number without its guard and nobody would know.
 */
final class ChecksDocTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void everyTestThatTheListNamesExists() throws IOException {
    TreeMap<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString();
        sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
    }
    Matcher named =
        Pattern.compile("`(\\w+)#(\\w+)`")
            .matcher(Files.readString(ROOT.resolve("docs/checks.md")));
    List<String> missing = new ArrayList<>();
    int count = 0;
    while (named.find()) {
      count++;
      String method =
          "@(?:Parameterized)?Test\\b(?:(?!\\bvoid\\b)[\\s\\S])*\\bvoid " + named.group(2) + "\\(";
      if (!Pattern.compile(method).matcher(sources.getOrDefault(named.group(1), "")).find()) {
        missing.add(named.group());
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(count > 60, "the list names " + count + " tests");
  }
}
