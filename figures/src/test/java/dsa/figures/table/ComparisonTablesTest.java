package dsa.figures.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.inference.Interval;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.analysis.report.ComparisonReport.PopulationFindings;
import dsa.analysis.report.ReportJson;
import dsa.figures.Examples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table with two columns exchanged goes into a paper and nobody ever computes it again. */
final class ComparisonTablesTest {

  private static final ComparisonReport REPORT = Examples.comparison();
  private static final PopulationFindings NARROW = REPORT.populations().get(0);
  private static final PairFindings PAIR = REPORT.pairs().get(0);

  private static List<String> cells(String csv, int line) {
    return Arrays.asList(csv.split("\n", -1)[line].split(",", -1));
  }

  private static String number(double value) {
    return Double.toString(value);
  }

  @Test
  void everyNumberOfAPopulationStandsInItsColumn() {
    String csv = CsvTable.of(ComparisonTables.populationData(REPORT));
    assertEquals(
        "space,recorded,diverged,diverged dropped,uncosted,outside,used,n_eff,largest weight,min"
            + " (%),median (%),mean (%),area,area low,area high",
        csv.split("\n")[0]);
    Interval area = NARROW.estimates().area();
    assertEquals(
        List.of(
            "example-narrow",
            "200",
            Integer.toString(NARROW.models().diverged()),
            "0",
            "0",
            Integer.toString(NARROW.models().outside()),
            Integer.toString(NARROW.models().size()),
            number(NARROW.models().effectiveSampleSize()),
            number(NARROW.models().largestWeight()),
            number(NARROW.models().errors()[0]),
            number(NARROW.models().edf().quantile(0.5)),
            number(NARROW.estimates().mean().value()),
            number(area.value()),
            number(area.low()),
            number(area.high())),
        cells(csv, 1));
    assertEquals("example-wide", cells(csv, 2).get(0));
    assertTrue(area.low() < area.value() && area.value() < area.high());
  }

  @Test
  void everyNumberOfAPairStandsInItsColumn() {
    String csv = CsvTable.of(ComparisonTables.pairData(REPORT));
    assertEquals(
        "A,B,D unnormalized,p unnormalized,D normalized,p normalized,p area,p joint,p"
            + " Holm,area difference,area"
            + " difference low,area difference high,P(A better),P(A better) low,P(A better)"
            + " high,P(A better at equal complexity),P(A better at equal complexity) low,P(A"
            + " better at equal complexity) high,outcome",
        csv.split("\n")[0]);
    Interval area = PAIR.estimates().areaDifference();
    Interval better = PAIR.estimates().probabilityABetter();
    Interval equal = PAIR.probabilityABetter();
    assertEquals(
        List.of(
            "example-narrow",
            "example-wide",
            number(PAIR.unnormalized().distance()),
            number(PAIR.unnormalized().pValue()),
            number(PAIR.normalized().ks().distance()),
            number(PAIR.normalized().ks().pValue()),
            number(PAIR.normalized().areaPValue()),
            number(PAIR.normalized().jointPValue()),
            number(PAIR.holm()),
            number(area.value()),
            number(area.low()),
            number(area.high()),
            number(better.value()),
            number(better.low()),
            number(better.high()),
            number(equal.value()),
            number(equal.low()),
            number(equal.high()),
            PAIR.verdict().outcome().label()),
        cells(csv, 1));
  }

  @Test
  void budgetsBeyondTheModelsAreMarkedOrLeftOut() {
    String text = TextTable.of(ComparisonTables.randomSearch(REPORT));
    List<String> lines = text.lines().toList();
    assertEquals(11, lines.size());
    assertTrue(lines.get(0).contains("example-narrow % [95 %]"), text);
    assertTrue(lines.get(1).stripLeading().startsWith("1  ") && !lines.get(1).contains("?"), text);
    assertTrue(lines.get(8).stripLeading().startsWith("128") && lines.get(8).contains("?"), text);
    assertEquals(List.of("512", "-", "-"), List.of(lines.get(10).strip().split(" +")));
    String csv = CsvTable.of(ComparisonTables.randomSearchData(REPORT));
    assertEquals(21, csv.lines().count());
    Interval expected = NARROW.estimates().expectedBest().get(1);
    assertEquals(
        List.of(
            "example-narrow",
            "2",
            number(NARROW.search().get(1).expectedBest()),
            number(expected.low()),
            number(expected.high()),
            "ample"),
        cells(csv, 2));
  }

  @Test
  void allFormatsHaveTheSameRowsAndTheMeasureThatIsHeldFixed() {
    String text = TextTable.of(ComparisonTables.pairs(REPORT));
    String latex = LatexTable.of(ComparisonTables.pairs(REPORT));
    String markdown = MarkdownTable.of(ComparisonTables.pairs(REPORT));
    for (String one : List.of(text, latex, markdown)) {
      assertTrue(one.contains("example-narrow, example-wide"), one);
      assertTrue(one.contains("P(A better at equal params) "), one);
      assertTrue(one.contains("p (area, D)"), one);
    }
    assertTrue(text.contains("D | params"), text);
    assertTrue(text.contains("P(A better at equal params) [95 %]"), text);
    assertTrue(latex.contains("D \\textbar{} params"), latex);
    assertTrue(markdown.contains("D \\| params"), markdown);
    String areas = TextTable.of(ComparisonTables.populations(REPORT));
    assertTrue(areas.contains("area [95 %]") && areas.contains("["), areas);
  }

  @Test
  void pValuesHaveTwoDigitsAndABound() {
    assertEquals("0.043", ComparisonTables.pValue(0.04321));
    assertEquals("1", ComparisonTables.pValue(1));
    assertEquals("0.0001", ComparisonTables.pValue(1e-4));
    assertEquals("< 0.0001", ComparisonTables.pValue(9.9e-5));
  }

  @Test
  void aReportThatWasReadBackHasTheSameTables() {
    ComparisonReport read = ReportJson.read(ReportJson.of(REPORT));
    assertEquals(
        CsvTable.of(ComparisonTables.populationData(REPORT)),
        CsvTable.of(ComparisonTables.populationData(read)));
    assertEquals(
        CsvTable.of(ComparisonTables.pairData(REPORT)),
        CsvTable.of(ComparisonTables.pairData(read)));
    assertEquals(
        CsvTable.of(ComparisonTables.randomSearchData(REPORT)),
        CsvTable.of(ComparisonTables.randomSearchData(read)));
    assertEquals(
        TextTable.of(ComparisonTables.pairs(REPORT)), TextTable.of(ComparisonTables.pairs(read)));
  }
}
