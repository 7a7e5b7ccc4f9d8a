package dsa.figures.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dsa.analysis.report.ComparisonReport;
import dsa.core.run.Population;
import dsa.figures.Axis;
import dsa.figures.Band;
import dsa.figures.Examples;
import dsa.figures.Figure;
import dsa.figures.StepLine;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page is what colleagues read instead of the files: a number that differs from the report, a
 * script that the page's own policy refuses, or a name that becomes markup would be found by them.
 * A browser looks at the page in {@code dist}.
 */
final class ComparisonPageTest {

  private static final ComparisonReport REPORT = Examples.comparison();
  private static final String PAGE =
      ComparisonPage.of(REPORT, Examples.BOTH, Map.of("command", "dsa compare 'a<b'"));

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  @Test
  void verdictConditionsFiguresAndTablesAreThere() {
    assertTrue(PAGE.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
    assertTrue(PAGE.contains(Html.escape(REPORT.pairs().get(0).verdict().text())));
    assertTrue(PAGE.contains(Html.escape(REPORT.conditions())));
    assertEquals(5, PAGE.split("<figure id=\"figure-").length - 1);
    assertEquals(5, PAGE.split("<svg ").length - 1);
    assertTrue(PAGE.contains("dsa compare &#39;a&lt;b&#39;"));
  }

  @Test
  void thePolicyAdmitsItsScriptAndItsStyleAndNothingElse() throws Exception {
    String policy = between(PAGE, "Content-Security-Policy\" content=\"", "\"");
    assertTrue(policy.startsWith("default-src 'none'; "), policy);
    for (String tag : List.of("style", "script")) {
      String text = between(PAGE, "<" + tag + ">", "</" + tag + ">");
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      String hash = "'sha256-" + Base64.getEncoder().encodeToString(sum) + "'";
      assertTrue(policy.contains(tag + "-src " + hash), policy);
    }
    assertFalse(PAGE.matches("(?s).*\\s(href|src|style|on[a-z]+)=.*"), "asks or runs something");
    assertFalse(PAGE.contains("url(http"));
  }

  @Test
  void idsAreUnique() {
    Matcher ids = Pattern.compile("\\sid=\"([^\"]+)\"").matcher(PAGE);
    List<String> all = ids.results().map(found -> found.group(1)).toList();
    assertEquals(all.stream().distinct().toList(), all);
    Matcher used = Pattern.compile("(?:url\\(#|aria-labelledby=\")([^) \"]+)").matcher(PAGE);
    used.results().forEach(found -> assertTrue(all.contains(found.group(1)), found.group(1)));
  }

  @Test
  void theModelsInUseAreThereWithTheirNumbers() throws Exception {
    JsonNode models = new ObjectMapper().readTree(between(PAGE, "id=\"models\">", "</script>"));
    for (int p = 0; p < 2; p++) {
      Population population = Examples.BOTH.get(p);
      JsonNode found = models.at("/populations/" + p);
      assertEquals(population.name(), found.get("name").asText());
      int[] source = REPORT.populations().get(p).models().sourceIndices();
      assertEquals(source.length, found.get("id").size());
      double weight = 0;
      for (int i = 0; i < source.length; i++) {
        var model = population.models().get(source[i]);
        assertEquals(model.id(), found.at("/id/" + i).asText());
        assertEquals(
            REPORT.populations().get(p).models().errors()[i],
            found.at("/value/" + i).asDouble(),
            1e-5);
        assertEquals(model.complexity().params().orElseThrow(), found.at("/params/" + i).asLong());
        weight += found.at("/weight/" + i).asDouble();
      }
      assertEquals(1, weight, 1e-5);
    }
  }

  @Test
  void namesAreTextWhateverTheyHold() {
    assertEquals(
        "<bdi>&lt;script&gt;&quot;&amp;&#39; \uFFFDx\uFFFD</bdi>",
        Html.name("<script>\"&' \u202Ex\u0000"));
    String table =
        Html.table("a<b", Table.of(Column.text("<i>"), Column.count("n")).row("<b>", 3).build());
    assertFalse(table.contains("<b>") || table.contains("<i>"), table);
    assertTrue(table.contains("<td class=\"n\">3</td>"), table);
    Population hostile = Examples.BOTH.get(0).named("</script><script>alert(1)</script>");
    String page = ComparisonPage.of(REPORT, List.of(hostile, Examples.BOTH.get(1)), Map.of());
    assertEquals(2, page.split("</script>").length - 1);
  }

  @Test
  void theNumbersOfAFigureAreThoseOfItsCurves() {
    Figure figure =
        new Figure(
            "",
            Axis.linear("error", 0, 24),
            Axis.linear("F", 0, 1),
            List.of(
                StepLine.of("a", new double[] {5, 10}, new double[] {0.5, 1}),
                Band.stepwise(
                    "a", new double[] {5, 10}, new double[] {0.3, 0.8}, new double[] {0.7, 1})));
    Table numbers = FigureNumbers.of(figure).orElseThrow();
    assertEquals(2, numbers.size());
    assertEquals("5.0000", numbers.shown(0, 0));
    assertEquals("0.5000", numbers.shown(0, 1));
    assertEquals("0.3000", numbers.shown(0, 2));
    assertEquals("1.0000", numbers.shown(1, 3));

    double[] x = new double[100];
    double[] y = new double[100];
    for (int i = 0; i < 100; i++) {
      x[i] = 2 + i / 10.0;
      y[i] = (i + 1) / 100.0;
    }
    Table sampled =
        FigureNumbers.of(
                new Figure(
                    "",
                    Axis.linear("error", 0, 24),
                    Axis.linear("F", 0, 1),
                    List.of(StepLine.of("a", x, y))))
            .orElseThrow();
    assertEquals(FigureNumbers.ROWS, sampled.size());
    assertEquals("0.0000", sampled.shown(1, 1)); // at 1, before the first step
    assertEquals("0.1100", sampled.shown(3, 1)); // at 3, the eleventh of a hundred
    assertEquals("1.0000", sampled.shown(24, 1));
  }
}
