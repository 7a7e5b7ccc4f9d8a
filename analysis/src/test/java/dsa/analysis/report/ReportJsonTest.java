package dsa.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.testing.Examples;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.ComplexityMeasure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A comparison takes minutes and its report is what people keep: a report that cannot be read back
 * is drawn anew only by whoever still has the populations.
 */
final class ReportJsonTest {

  private static final ComparisonSettings FEW =
      ComparisonSettings.fittedTo(Examples.both(), 1).withResamples(40).withPermutations(30);

  private static String written(ComparisonSettings settings) {
    return ReportJson.of(Comparison.of(Examples.both(), settings).report());
  }

  @Test
  void aReportThatWasReadIsWrittenTheSame() {
    List<ComparisonSettings> all =
        List.of(
            FEW,
            FEW.with(new Weighting.Equal()).with(DivergedModels.DROP).withBudgets(List.of(3, 500)),
            FEW.with(
                    new Weighting.PublishedBins(
                        ComplexityMeasure.FLOPS,
                        Optional.of(new Normalization.Range(1e7, 2.5e8)),
                        30,
                        EmptyBins.SHRINK))
                .withLevel(0.9)
                .withSeed(3)
                .withEpsilon(12));
    for (ComparisonSettings settings : all) {
      String text = written(settings);
      ComparisonReport read = ReportJson.read(text);
      assertEquals(text, ReportJson.of(read));
      assertEquals(settings.weighting().given(), read.normalization().given());
      assertEquals(settings.epsilon(), read.settings().epsilon());
      assertEquals(settings.budgets(), read.settings().budgets());
    }
  }

  @Test
  void theWeightingThatWasAskedForIsRead() {
    Weighting asked =
        new Weighting.PublishedBins(
            ComplexityMeasure.FLOPS,
            Optional.of(new Normalization.Range(1e7, 2.5e8)),
            30,
            EmptyBins.SHRINK);
    assertEquals(asked, ReportJson.read(written(FEW.with(asked))).settings().weighting());
    assertEquals(FEW.weighting(), ReportJson.read(written(FEW)).settings().weighting());
  }

  @Test
  void warningsAreInTheReport() {
    ComparisonReport report = Comparison.of(Examples.both(), FEW.withPermutations(10)).report();
    assertTrue(
        report.warnings().stream().anyMatch(w -> w.contains("no p-value can fall below 0.090909")),
        report.warnings().toString());
    assertTrue(ReportJson.of(report).contains("no p-value can fall below 0.090909"));
    assertEquals(report.warnings(), ReportJson.read(ReportJson.of(report)).warnings());
  }

  @Test
  void whatIsNoSuchReportIsRefused() {
    String text = written(FEW);
    List<String> wrong =
        List.of(
            "",
            "{",
            "[]",
            "{\"format\":\"dsa.comparison/1\"}",
            "{\"format\":\"dsa.comparison/2\"}",
            text.replace("\"level\" : 0.95", "\"level\" : \"high\""),
            text.replace("\"resamples\" : 40", "\"resamples\" : 1"),
            text.replaceFirst("\"outcome\" : \"[a-z-]*\"", "\"outcome\" : \"a-draw\""),
            text.replaceFirst("\"used\" : \\d+", "\"used\" : 1")
                .replaceFirst("\"outside\" : \\d+", "\"outside\" : 9"),
            text.replaceFirst("\"bins\" : \\[ \\d+, ", "\"bins\" : [ "));
    for (String one : wrong) {
      assertThrows(IllegalArgumentException.class, () -> ReportJson.read(one), one);
    }
    String old =
        assertThrows(
                IllegalArgumentException.class,
                () -> ReportJson.read("{\"format\":\"dsa.comparison/1\"}"))
            .getMessage();
    assertTrue(old.contains("'dsa.comparison/1'") && old.contains("compare the populations again"));
  }

  @Test
  void theDefaultsAreThoseOfAComparisonThatIsFitted() {
    assertEquals(
        ReportJson.of(
            Comparison.of(Examples.both(), ComparisonSettings.fittedTo(Examples.both(), 5))
                .report()),
        ReportJson.of(Comparison.fittedTo(Examples.both(), 5).report()));
  }
}
