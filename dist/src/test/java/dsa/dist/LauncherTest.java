package dsa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program on the path is mostly a link; a script that looks beside the link finds no jar. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh")
final class LauncherTest {

  private static final Path SCRIPT =
      Path.of(System.getProperty("dsa.root")).toAbsolutePath().normalize().resolve("dsa");

  @TempDir Path folder;

  private static String said(Path program, Path from) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), "--version")
            .directory(from.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  @Test
  void theScriptRunsTheJarBesideIt() throws Exception {
    assertTrue(said(SCRIPT, folder).startsWith("dsa "));
  }

  @Test
  void linksToTheScriptRunItToo() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin of mine"));
    Path absolute = Files.createSymbolicLink(bin.resolve("dsa"), SCRIPT);
    Path relative = Files.createSymbolicLink(folder.resolve("d"), Path.of("bin of mine", "dsa"));
    Path folders = Files.createSymbolicLink(folder.resolve("linked folder"), SCRIPT.getParent());
    String plain = said(SCRIPT, folder);
    assertEquals(plain, said(absolute, folder));
    assertEquals(plain, said(relative, bin));
    assertEquals(plain, said(folders.resolve("dsa"), bin));
  }

  @Test
  void theExitCodeIsTheProgramsOwn() throws Exception {
    Process process = new ProcessBuilder(SCRIPT.toString(), "bogus").start();
    assertEquals(2, process.waitFor());
  }

  /** Java loses every character that the locale's bytes lack before the program sees it. */
  @Test
  void namesThatAreNotAsciiAreReadInEveryLocale() throws Exception {
    Path file = folder.resolve("na\u00efve.csv");
    Files.writeString(file, "id,test_error_pct,params\na,5,1000000\nb,6,2000000\n");
    for (String locale : new String[] {"C", "POSIX", "", "C.UTF-8"}) {
      ProcessBuilder builder =
          new ProcessBuilder(SCRIPT.toString(), "populations", "--format", "csv", file.toString());
      builder.environment().put("LC_ALL", locale);
      builder.environment().remove("LANG");
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), locale);
      assertTrue(said.contains("na\u00efve"), locale + ": " + said);
    }
  }
}
