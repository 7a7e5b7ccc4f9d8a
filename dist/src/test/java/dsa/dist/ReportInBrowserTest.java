package dsa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report that a colleague opens by double click has no second chance: it must ask nothing of a
 * network, run under its own policy, and be read and used without a mouse or without eyes. Names
 * come from files of strangers; one that runs as a script is an attack on whoever opens the report.
 */
@Tag("slow")
final class ReportInBrowserTest {

  @TempDir static Path folder;

  private static Browser browser;
  private static Path report;
  private static String axe;

  @BeforeAll
  static void openTheBrowser() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on the path: 'apt-get install chromium' has one");
    try (InputStream in = ReportInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    report = compared("report", "resnext-a", "resnext-b");
    browser = new Browser(program.get(), folder.resolve("profile"));
  }

  @AfterAll
  static void closeIt() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path compared(String name, String... populations) throws Exception {
    Path jar = Path.of(System.getProperty("dsa.root"), "dist", "target", "dsa.jar");
    Path into = folder.resolve(name);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "compare"));
    command.addAll(List.of(populations));
    command.addAll(List.of("--resamples", "100", "--figures", "svg", "-o", into.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve(name + ".err").toFile())
            .start();
    assertEquals(0, process.waitFor(), Files.readString(folder.resolve(name + ".err")));
    return into.resolve("report.html");
  }

  private static void assertQuiet(Path page) {
    assertEquals(List.of(), browser.requests(page));
    assertEquals(List.of(), browser.complaints());
  }

  private static String text(String selector) throws Exception {
    return browser.evaluate("document.querySelector('" + selector + "').textContent").asText();
  }

  private static double[] middleOf(String selector) throws Exception {
    JsonNode box =
        browser.evaluate(
            "(() => { const e = document.querySelector('"
                + selector
                + "'); e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
                + " return [b.x, b.y, b.width, b.height]; })()");
    return new double[] {
      box.get(0).asDouble(), box.get(1).asDouble(), box.get(2).asDouble(), box.get(3).asDouble()
    };
  }

  @Test
  void itAsksForNothingAndComplainsOfNothing() throws Exception {
    browser.open(report);
    assertQuiet(report);
    assertEquals("resnext-a · resnext-b", text("h1"));
    assertTrue(text(".verdict").contains("resnext-"), text(".verdict"));
    assertEquals(5, browser.evaluate("document.querySelectorAll('figure svg').length").asInt());
    assertEquals(2, browser.evaluate("document.querySelectorAll('canvas').length").asInt());
  }

  @Test
  void theRulesOfAxeFindNoViolationInLightAndDark() throws Exception {
    browser.open(report);
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.evaluate(axe + "; 0");
    for (String scheme : List.of("light", "dark")) {
      browser.look(1200, scheme, "screen");
      JsonNode found =
          browser.evaluate(
              "axe.run().then(r => [r.passes.length, r.violations.map(v => v.id + ': '"
                  + " + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))])");
      assertTrue(found.get(0).asInt() > 10, found.toString());
      assertEquals("[]", found.get(1).toString(), scheme);
    }
  }

  @Test
  void aSelectionInTheCloudChangesTheDistributionsAndAClickTellsTheModel() throws Exception {
    browser.open(report);
    browser.look(1200, "light", "screen");
    double[] cloud = middleOf(".plots div:nth-child(2) canvas");
    double x = cloud[0] + cloud[2] / 2;
    double y = cloud[1] + cloud[3] / 2;
    browser.mouse("mousePressed", cloud[0] + 80, cloud[1] + 30);
    browser.mouse("mouseMoved", x, y);
    browser.mouse("mouseReleased", x, y);
    String selected = text(".plots div:nth-child(1) .readout");
    assertTrue(
        selected.matches("resnext-a: \\d+ of \\d+ models selected\\sresnext-b: \\d+ of \\d+ .*"),
        selected);
    assertNotEquals(
        "", browser.evaluate("document.querySelector('input[type=number]').value").asText());
    browser.evaluate("document.querySelector('button').click()");
    assertEquals(
        "", browser.evaluate("document.querySelector('input[type=number]').value").asText());
    assertEquals("No model chosen.", text(".model"));
    browser.evaluate("document.querySelector('.plots div:nth-child(2) canvas').focus()");
    browser.key("ArrowRight", 39);
    browser.key("ArrowRight", 39);
    browser.key("Enter", 13);
    assertTrue(text(".model").contains("bottleneck cifar:16 | "), text(".model"));
    assertTrue(text(".model").contains("params"), text(".model"));
    assertQuiet(report);
  }

  @Test
  void curvesAreReadByKeyboard() throws Exception {
    browser.open(report);
    browser.evaluate("document.querySelector('canvas').focus()");
    browser.key("ArrowRight", 39);
    String read = text(".readout");
    assertTrue(
        read.matches("error at most [0-9.]+ %: resnext-a [0-9.]+ %, resnext-b [0-9.]+ %"), read);
    browser.evaluate("document.querySelector('.bar input').click()");
    browser.key("ArrowRight", 39);
    assertFalse(text(".readout").contains("resnext-a"), text(".readout"));
  }

  @Test
  void hostileNamesAreText() throws Exception {
    StringBuilder table = new StringBuilder("id,test_error_pct,params\n");
    String[] hostile = {
      "<script>document.title='run'</script>",
      "</script><img src=x onerror=document.title='run'>",
      "\"\"><svg onload=document.title='run'>",
      "javascript:document.title='run'",
      "&lt;b&gt; ]]> <!-- --> {{7*7}} ${7*7}",
      "\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD",
      "x".repeat(1 << 20)
    };
    for (int i = 0; i < 10_000; i++) {
      table.append('"').append(hostile[i % hostile.length]).append(' ').append(i).append("\",");
      table.append(5 + i % 400 / 100.0).append(',').append(100_000 + 37 * i).append('\n');
      hostile[6] = i > 20 ? "long enough" : hostile[6];
    }
    Path file = folder.resolve("a.csv");
    Files.writeString(file, table);
    Path page = compared("hostile", "<script>alert(1)</script>=" + file, "other=" + file);
    browser.open(page);
    assertQuiet(page);
    assertFalse(browser.evaluate("document.title").asText().matches("run|1"));
    assertEquals(0, browser.evaluate("document.querySelectorAll('img').length").asInt());
    browser.look(1200, "light", "screen");
    assertTrue(
        browser.evaluate("document.documentElement.scrollWidth").asInt() <= 1200,
        "the page is wider than its window");
  }

  @Test
  void nothingIsWiderThanANarrowWindowNorMissingInPrint() throws Exception {
    browser.open(report);
    for (int width : new int[] {360, 800, 1600}) {
      browser.look(width, "light", "screen");
      int wide = browser.evaluate("document.documentElement.scrollWidth").asInt();
      assertTrue(wide <= width, wide + " at " + width);
    }
    String pictures = System.getProperty("dsa.pictures", "");
    if (!pictures.isEmpty()) {
      Files.createDirectories(Path.of(pictures));
      Files.write(Path.of(pictures, "light.png"), browser.picture(1200, "light", "screen"));
      Files.write(Path.of(pictures, "dark.png"), browser.picture(1200, "dark", "screen"));
      Files.write(Path.of(pictures, "narrow.png"), browser.picture(360, "light", "screen"));
      Files.write(Path.of(pictures, "print.png"), browser.picture(800, "light", "print"));
    }
    browser.look(800, "dark", "print");
    assertEquals(
        "rgb(255, 255, 255)",
        browser.evaluate("getComputedStyle(document.body).backgroundColor").asText());
    assertEquals(
        "none",
        browser.evaluate("getComputedStyle(document.querySelector('.screen')).display").asText());
  }
}
