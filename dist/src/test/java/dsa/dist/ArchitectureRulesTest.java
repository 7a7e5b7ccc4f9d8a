package dsa.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Hidden output, clocks, locales and generators make results that cannot be repeated; modules that
 * look sideways, circles of packages and packages of more than twenty files rot.
 */
final class ArchitectureRulesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(
              location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
          .importPackages("dsa");

  private static final String JSON = "com.fasterxml.jackson";
  private static final String COMMONS = "org.apache.commons";
  private static final String XZ = "org.tukaani.xz";

  /**
   * What a package and those below it may see beside themselves and the JDK; the longest name that
   * fits a package counts. A package that no name fits is refused: say here what it may see.
   */
  private static final Map<String, List<String>> MAY_SEE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("dsa.core", List.of(JSON)),
              Map.entry("dsa.populations", List.of("dsa.core", JSON, COMMONS)),
              Map.entry("dsa.sampler", List.of("dsa.core", JSON)),
              Map.entry("dsa.trainer", List.of("dsa.core", JSON, COMMONS, XZ)),
              Map.entry(
                  "dsa.trainer.libtorch",
                  List.of("dsa.trainer.engine", "dsa.trainer.data", "dsa.core", "org.bytedeco")),
              Map.entry(
                  "dsa.trainer.djl",
                  List.of(
                      "dsa.trainer.engine",
                      "dsa.trainer.data",
                      "dsa.core",
                      "ai.djl",
                      "com.sun.jna")),
              Map.entry("dsa.analysis", List.of("dsa.core", COMMONS)),
              Map.entry("dsa.analysis.report", List.of("dsa.core", "dsa.analysis", JSON)),
              Map.entry("dsa.search", List.of("dsa.core", "dsa.sampler", "dsa.analysis")),
              Map.entry("dsa.search.log", List.of("dsa.core", "dsa.search", JSON)),
              Map.entry("dsa.figures", List.of("dsa.core", "dsa.analysis")),
              Map.entry(
                  "dsa.figures.render",
                  List.of("dsa.core", "dsa.analysis", "dsa.figures", "org.apache.pdfbox")),
              Map.entry(
                  "dsa.figures.html", List.of("dsa.core", "dsa.analysis", "dsa.figures", JSON)),
              Map.entry(
                  "dsa.cli", List.of("dsa", "picocli", "me.tongfei", JSON, "com.sun.management"))));

  /** Parts of the JDK that a package may not see. */
  private static final Map<String, List<String>> JDK_WITHOUT =
      Map.of(
          "dsa.analysis", List.of("java.nio.file", "java.awt", "java.net", "javax"),
          "dsa.core", List.of("java.awt", "java.net", "javax"),
          "dsa.sampler", List.of("java.awt", "java.net", "javax"));

  /** Packages of more files than {@link #MOST_FILES}, until they are divided. */
  private static final Set<String> TOO_LARGE = Set.of();

  private static final int MOST_FILES = 20;

  private static boolean within(String name, String outer) {
    return name.equals(outer) || name.startsWith(outer + ".");
  }

  private static String ruleFor(String packageName) {
    String rule = "";
    for (String name : MAY_SEE.keySet()) {
      if (within(packageName, name) && name.length() > rule.length()) {
        rule = name;
      }
    }
    return rule;
  }

  private static boolean allowed(JavaClass from, String seen) {
    String rule = ruleFor(from.getPackageName());
    if (within(seen, "java") || within(seen, "javax")) {
      return JDK_WITHOUT.entrySet().stream()
          .noneMatch(
              e ->
                  within(from.getPackageName(), e.getKey())
                      && e.getValue().stream().anyMatch(part -> within(seen, part)));
    }
    return seen.isEmpty() // int, double[]
        || within(seen, rule)
        || MAY_SEE.get(rule).stream().anyMatch(part -> within(seen, part));
  }

  @Test
  void everyPackageSeesOnlyWhatIsListedForIt() {
    TreeSet<String> refused = new TreeSet<>();
    assertTrue(CLASSES.size() > 300, "read only " + CLASSES.size() + " classes");
    for (JavaClass from : CLASSES) {
      if (ruleFor(from.getPackageName()).isEmpty()) {
        refused.add(from.getPackageName() + " is not in the list");
        continue;
      }
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass seen = dependency.getTargetClass().getBaseComponentType();
        if (!allowed(from, seen.getPackageName())) {
          refused.add(from.getName() + " sees " + seen.getName());
        }
      }
    }
    assertEquals(new TreeSet<String>(), refused);
  }

  @Test
  void packagesSeeEachOtherInNoCircle() {
    slices().matching("dsa.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noPackageHasMoreThanTwentyFiles() {
    TreeMap<String, Integer> files = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      if (!type.isNestedClass() && !type.getSimpleName().equals("package-info")) {
        files.merge(type.getPackageName(), 1, Integer::sum);
      }
    }
    files.values().removeIf(count -> count <= MOST_FILES);
    // a package that was divided must leave the list of exceptions
    assertEquals(new TreeSet<>(TOO_LARGE), new TreeSet<>(files.keySet()), files.toString());
  }

  @Test
  void nothingBelowTheCommandsSpeaksExitsOrReadsTheClock() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dsa.cli..", "dsa.benchmarks..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }
}
