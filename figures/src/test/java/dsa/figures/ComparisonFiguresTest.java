package dsa.figures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.inference.EdfBand;
import dsa.analysis.report.ComparisonReport;
import dsa.analysis.report.EdfReport;
import dsa.analysis.report.RandomSearchReport;
import dsa.analysis.report.ReportJson;
import dsa.analysis.report.SampleSizeReport;
import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.ComplexityMeasure;
import dsa.figures.ComparisonFigures.Plot;
import dsa.figures.render.FigureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A figure shows what its report found. A band taken from another population, a curve drawn past
 * what the models can say, or points of models that were left out: all look as good as the truth.
 */
final class ComparisonFiguresTest {

  private static final ComparisonReport REPORT = Examples.comparison();
  private static final Set<Plot> ALL = EnumSet.allOf(Plot.class);

  @TempDir private Path folder;

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void aReportThatWasReadBackIsDrawnTheSameToTheLastByte() throws IOException {
    ComparisonReport read = ReportJson.read(ReportJson.of(REPORT));
    Map<String, Figure> figures = ComparisonFigures.of(REPORT, ALL);
    Map<String, Figure> again = ComparisonFigures.of(read, ALL);
    assertEquals(5, figures.size());
    assertEquals(figures.keySet(), again.keySet());
    for (String name : figures.keySet()) {
      Path first = FigureWriter.to(folder.resolve("a")).write(name, figures.get(name)).get(0);
      Path second = FigureWriter.to(folder.resolve("b")).write(name, again.get(name)).get(0);
      assertTrue(Files.size(first) > 1000, name);
      assertEquals(-1, Files.mismatch(first, second), name);
      assertEquals(figures.get(name).x(), again.get(name).x(), name);
      assertEquals(figures.get(name).y(), again.get(name).y(), name);
      assertEquals(figures.get(name).names(), again.get(name).names(), name);
    }
  }

  @Test
  void edfsAreTheWeightedOnesAndEachHasItsOwnBand() {
    Figure figure = ComparisonFigures.edf(REPORT);
    assertEquals(List.of("example-narrow", "example-wide"), figure.names());
    assertEquals(4, figure.series().size());
    for (int p = 0; p < 2; p++) {
      NormalizedPopulation models = REPORT.populations().get(p).models();
      StepLine line = (StepLine) figure.series().get(2 * p);
      assertArrayEquals(models.edf().values(), line.x());
      assertArrayEquals(models.edf().cumulative(), line.y());
      assertEquals(
          models.size() + "|" + line.note().orElseThrow().split("\\|", 2)[1],
          line.note().orElseThrow());
      Band band = (Band) figure.series().get(2 * p + 1);
      EdfBand estimates = REPORT.populations().get(p).estimates().edf();
      assertEquals(models.name(), band.name());
      assertArrayEquals(doubles(estimates.simultaneousLow()), band.low());
      assertArrayEquals(doubles(estimates.simultaneousHigh()), band.high());
    }
    assertEquals("error (%) | params", figure.x().label());
  }

  @Test
  void theDifferenceIsTheFirstMinusTheSecondWithinAnAxisThatHoldsItsBand() {
    Figure figure = ComparisonFigures.edfDifference(REPORT);
    Line line = (Line) figure.series().get(0);
    Band band = (Band) figure.series().get(1);
    EdfBand estimates = REPORT.pairs().get(0).estimates().difference();
    assertEquals("example-narrow - example-wide", line.name());
    assertArrayEquals(doubles(estimates.value()), line.y());
    double[] first = doubles(REPORT.populations().get(0).estimates().edf().value());
    double[] second = doubles(REPORT.populations().get(1).estimates().edf().value());
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i] - second[i], line.y()[i], 1e-12);
    }
    assertTrue(figure.y().low() <= Arrays.stream(band.low()).min().orElseThrow());
    assertTrue(figure.y().high() >= Arrays.stream(band.high()).max().orElseThrow());
    assertTrue(figure.y().low() <= 0 && figure.y().high() >= 0);
  }

  @Test
  void searchCurvesEndWhereTheModelsCannotSayMore() {
    Figure figure = ComparisonFigures.randomSearch(REPORT);
    Line line = (Line) figure.series().get(0);
    double most = REPORT.populations().get(0).models().effectiveSampleSize();
    assertArrayEquals(new double[] {1, 2, 4, 8, 16, 32, 64, 128}, line.x());
    assertTrue(128 <= most && most < 256, "n_eff " + most);
    assertEquals(REPORT.populations().get(0).search().get(3).expectedBest(), line.y()[3]);
    Band band = (Band) figure.series().get(1);
    assertEquals(
        REPORT.populations().get(0).estimates().expectedBest().get(3).low(), band.low()[3]);
  }

  @Test
  void cloudsAndBarsAreOfTheModelsInUse() {
    ComparisonReport inside =
        dsa.analysis.report.Comparison.of(
                Examples.BOTH,
                REPORT
                    .settings()
                    .with(
                        Weighting.InStrata.of(ComplexityMeasure.PARAMS)
                            .within(new Normalization.Range(150_000, 700_000)))
                    .withResamples(2)
                    .withPermutations(1))
            .report();
    Map<String, Figure> figures =
        ComparisonFigures.of(inside, EnumSet.of(Plot.ERROR_AGAINST_COMPLEXITY, Plot.COMPLEXITY));
    Points points = (Points) figures.get("error-against-complexity").series().get(1);
    NormalizedPopulation wide = inside.populations().get(1).models();
    assertArrayEquals(wide.errors(), points.y());
    assertArrayEquals(Arrays.stream(wide.complexities()).map(c -> c / 1e6).toArray(), points.x());
    Histogram bars = (Histogram) figures.get("complexity").series().get(1);
    assertEquals(wide.size(), Arrays.stream(bars.count()).sum());
    assertNotEquals(wide.size(), wide.recorded(), "some are left out");
  }

  @Test
  void plotsOfAMeasureNeedOne() {
    ComparisonReport equal =
        dsa.analysis.report.Comparison.of(
                Examples.BOTH,
                REPORT.settings().with(new Weighting.Equal()).withResamples(2).withPermutations(1))
            .report();
    assertEquals(
        Set.of("edf", "edf-difference", "random-search"),
        ComparisonFigures.of(equal, ALL).keySet());
    assertEquals("error (%)", ComparisonFigures.edf(equal).x().label());
  }

  @Test
  void theOtherReportsAreDrawnFromTheirOwnNumbers() {
    dsa.analysis.weighting.Normalization.Result weighted =
        Weighting.PublishedBins.fittedTo(Examples.BOTH, ComplexityMeasure.PARAMS)
            .of(Examples.BOTH, DivergedModels.WORST);
    EdfReport edfs = EdfReport.of(weighted, List.of(7.0), 0.9, 30, 1);
    Band band = (Band) ComparisonFigures.edf(edfs).series().get(3);
    assertArrayEquals(doubles(edfs.populations().get(1).band().simultaneousLow()), band.low());
    RandomSearchReport searches =
        RandomSearchReport.of(weighted, List.of(8L, 1L, 400L), 0.9, false);
    Figure search = RandomSearchFigure.of(searches);
    Line line = (Line) search.series().get(2);
    assertEquals("example-wide", line.name());
    assertArrayEquals(new double[] {1, 8, 400}, line.x());
    assertEquals(searches.populations().get(1).points().get(2).expectedBest(), line.y()[2]);
    Band prediction = (Band) search.series().get(3);
    assertEquals(searches.populations().get(1).points().get(0).high(), prediction.high()[0]);
    SampleSizeReport sizes =
        SampleSizeReport.of(
            new Weighting.Equal().of(Examples.BOTH.subList(0, 1), DivergedModels.WORST),
            50,
            5,
            10,
            2,
            1);
    Line distances = (Line) SampleSizeFigure.of(sizes).series().get(0);
    assertArrayEquals(new double[] {1, 2, 4, 8, 16, 32}, distances.x());
    assertEquals(sizes.distances().get(2).meanDistance(), distances.y()[2]);
  }
}
