package dsa.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Hidden output, clocks, locales and generators make results that cannot be repeated; modules that
 * look sideways rot.
 */
final class ArchitectureRulesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(
              location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
          .importPackages("dsa");

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
        .callMethod(Locale.class, "getDefault")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void analysisSeesNoFilesNoInkAndNoSampler() {
    noClasses()
        .that()
        .resideInAPackage("dsa.analysis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..",
            "java.awt..",
            "org.knowm..",
            "dsa.sampler..",
            "dsa.figures..",
            "dsa.cli..")
        .check(CLASSES);
  }

  @Test
  void coreSeesOnlyItselfTheJdkAndOneJsonLibrary() {
    noClasses()
        .that()
        .resideInAPackage("dsa.core..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dsa.core..", "java..", "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyTheRendererSeesTheChartLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dsa.figures.render..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.knowm..", "de.erichseifert..")
        .check(CLASSES);
  }

  @Test
  void eachEngineIsSeenByOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dsa.trainer.libtorch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dsa.trainer.djl..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void theTrainerIsHandedArchitecturesAndSeesNoSpacesOrCommands() {
    noClasses()
        .that()
        .resideInAPackage("dsa.trainer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dsa.sampler..", "dsa.analysis..", "dsa.figures..", "dsa.cli..")
        .check(CLASSES);
  }

  @Test
  void figuresDoNotSeeSpacesOrCommands() {
    noClasses()
        .that()
        .resideInAPackage("dsa.figures..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dsa.sampler..", "dsa.cli..")
        .check(CLASSES);
  }
}
