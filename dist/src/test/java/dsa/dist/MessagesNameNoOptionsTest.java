package dsa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A library that says "use --error" sends users of another command, of Java or of a notebook to an
 * option that they do not have. Libraries name the fault and the remedy; a command adds its option.
 */
final class MessagesNameNoOptionsTest {

  /** Modules whose messages may name options and commands. */
  private static final Set<String> COMMANDS = Set.of("cli", "dist", "benchmarks");

  /** Files that still do; one that no longer does must leave the list. */
  private static final Set<String> STILL = Set.of();

  /** Files that give options to other programs. */
  private static final Set<String> CALLERS = Set.of("Cuda");

  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  private static final Pattern OPTION = Pattern.compile("(?:[ '(]|^\")--[a-z]|'dsa ");

  private static boolean names(Path source) throws IOException {
    for (String line : Files.readAllLines(source)) {
      String code = line.strip();
      if (code.startsWith("*") || code.startsWith("/")) {
        continue;
      }
      Matcher literal = LITERAL.matcher(code);
      while (literal.find()) {
        if (OPTION.matcher(literal.group()).find()) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void librariesNameNoOptionsAndNoCommands() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    int read = 0;
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        for (Path source : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          read++;
          if (names(source)) {
            found.add(source.getFileName().toString().replace(".java", ""));
          }
        }
      }
    }
    assertTrue(read > 200, "read only " + read + " files");
    assertTrue(found.removeAll(CALLERS), found.toString());
    assertEquals(new TreeSet<>(STILL), found);
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("dsa.root")))) {
      return folders
          .filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
          .filter(folder -> !COMMANDS.contains(folder.getFileName().toString()))
          .sorted()
          .toList();
    }
  }
}
