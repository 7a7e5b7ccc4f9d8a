package dsa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whoever passes {@code dsa.jar} on must pass on the licences of what is in it, and must not find a
 * library there whose terms bind the whole.
 */
final class JarTest {

  private static final Pattern POM = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom.xml");

  private static JarFile jar;
  private static List<String> names;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(Path.of(System.getProperty("dsa.jar")).toFile());
    names = jar.stream().map(JarEntry::getName).toList();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  private static String text(String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Artifacts of other projects, by the poms that their jars brought along. */
  private static Set<String> artifacts() {
    TreeSet<String> artifacts = new TreeSet<>();
    for (String name : names) {
      Matcher pom = POM.matcher(name);
      if (pom.matches() && !pom.group(1).equals("dsa")) {
        artifacts.add(pom.group(2));
      }
    }
    return artifacts;
  }

  @Test
  void theLicenceOfTheProgramIsApache2() throws IOException {
    assertTrue(text("META-INF/LICENSE").contains("Apache License"));
    Path root = Path.of(System.getProperty("dsa.root"));
    assertEquals(Files.readString(root.resolve("LICENSE")), text("META-INF/LICENSE"));
    assertTrue(Files.readString(root.resolve("pom.xml")).contains("<name>Apache-2.0</name>"));
  }

  @Test
  void everyLibraryHasItsLicenceText() {
    assertTrue(artifacts().size() > 20, "found only " + artifacts());
    TreeSet<String> without = new TreeSet<>(artifacts());
    without.removeIf(
        artifact ->
            names.stream()
                .anyMatch(
                    name ->
                        name.startsWith("META-INF/licenses/" + artifact + "/")
                            && !name.endsWith("/")
                            && !name.contains("NOTICE")));
    assertEquals(new TreeSet<String>(), without);
  }

  /** A library that offers another licence beside the GPL's family is taken under that one. */
  @Test
  void noJavaLibraryIsUnderTheGplOrLgplAlone() throws IOException {
    TreeSet<String> bound = new TreeSet<>();
    for (String name : names) {
      Matcher pom = POM.matcher(name);
      if (pom.matches() && !pom.group(1).equals("dsa")) {
        Matcher licences = Pattern.compile("(?s)<licenses>.*?</licenses>").matcher(text(name));
        if (licences.find()
            && licences.group().matches("(?s).*(GPL|General Public).*")
            && !licences.group().matches("(?s).*(Apache|MIT|BSD).*")) {
          bound.add(pom.group(2));
        }
      }
    }
    assertEquals(new TreeSet<String>(), bound);
  }

  @Test
  void theProgramRunsFromTheJarAlone() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("dsa.jar"),
                "--version")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertTrue(out.readLine().startsWith("dsa "));
    }
    assertEquals(0, process.waitFor());
  }
}
