package dsa.figures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A figure with a wrong label, range or subset looks as convincing as a right one. */
final class FigureTest {

  private static final Optional<ComplexityMeasure> PARAMS = Optional.of(ComplexityMeasure.PARAMS);

  @Test
  void anEdfFigureIsLabelledAsInThePaper() {
    List<StepLine> lines = List.of(EdfFigure.line("a", Edf.of(new double[] {5, 6, 7})));
    assertEquals("error (%) | params", EdfFigure.of(PARAMS, lines).x().label());
    assertEquals("error (%)", EdfFigure.of(Optional.empty(), lines).x().label());
    assertEquals("cumulative prob.", EdfFigure.of(PARAMS, lines).y().label());
  }

  @Test
  void anEdfLineStepsWhereTheEdfSteps() {
    StepLine line = EdfFigure.line("a", Edf.of(new double[] {7, 5, 5, 6}));
    assertArrayEquals(new double[] {5, 6, 7}, line.x());
    assertArrayEquals(new double[] {0.5, 0.75, 1}, line.y());
  }

  @Test
  void theLegendOfAnEdfGivesCountMinimumAndMean() {
    Figure figure =
        EdfFigure.of(PARAMS, List.of(EdfFigure.line("a", Edf.of(new double[] {5.04, 6, 7.06}))));
    assertEquals("[3|5.0|6.0] a", figure.legend("a"));
  }

  @Test
  void anEdfFigureShowsNineteenTwentiethsOfEveryPopulation() {
    double[] errors = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
    double[] better = Arrays.stream(errors).map(e -> e / 2).toArray();
    Figure figure =
        EdfFigure.of(
            PARAMS,
            List.of(EdfFigure.line("a", Edf.of(errors)), EdfFigure.line("b", Edf.of(better))));
    assertEquals(0.5, figure.x().low());
    assertEquals(95, figure.x().high());
  }

  @Test
  void equalErrorsGetAWindow() {
    Figure figure = EdfFigure.of(PARAMS, List.of(EdfFigure.line("a", Edf.of(new double[] {6, 6}))));
    assertEquals(5.5, figure.x().low());
    assertEquals(6.5, figure.x().high());
    assertEquals(6.5, Axis.covering("e", Scale.LINEAR, 6, 6 + 1e-12).high(), 1e-9);
    Axis log = Axis.covering("n", Scale.LOG2, 8, 8);
    assertEquals(4, log.low());
    assertEquals(16, log.high());
  }

  @Test
  void aFigureOfNothingSaysSo() {
    List<Runnable> attempts =
        List.of(
            () -> EdfFigure.of(PARAMS, List.of()),
            () -> RandomSearchFigure.of(PARAMS, List.of()),
            () -> SampleSizeFigure.of(List.of()),
            () -> ScatterFigure.of(List.of(), ComplexityMeasure.PARAMS, SeedPath.root(1)),
            () -> HistogramFigure.of(List.of(), ComplexityMeasure.PARAMS),
            () -> ModelCloud.of("a", new double[0], new double[0]),
            () -> Points.of("a", new double[0], new double[0]));
    for (Runnable attempt : attempts) {
      String message = assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
      assertTrue(message.contains("no models"), message);
    }
  }

  @Test
  void numbersThatCannotBeDrawnAreRefused() {
    double[] x = {1, 2};
    assertThrows(
        IllegalArgumentException.class, () -> Points.of("a", x, new double[] {1, Double.NaN}));
    assertThrows(IllegalArgumentException.class, () -> Line.of("a", x, new double[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> StepLine.of("a", x, new double[] {0.5, 0.4}));
    assertThrows(
        IllegalArgumentException.class, () -> Line.of("a", new double[] {2, 1}, new double[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> Band.linear("a", x, new double[] {0, 1}, new double[] {1, 0}));
    assertThrows(
        IllegalArgumentException.class, () -> Axis.covering("n", Scale.LOG2, new double[] {0, 4}));
    assertThrows(IllegalArgumentException.class, () -> Axis.linear("e", 3, 3));
    assertThrows(IllegalArgumentException.class, () -> Axis.linear("e", 0, 1e300));
    assertThrows(IllegalArgumentException.class, () -> Axis.linear("e", 1e9, 1e9 + 1e-3));
    assertThrows(IllegalArgumentException.class, () -> Points.of("two\nlines", x, x));
  }

  @Test
  void laterChangesToTheArraysDoNotReachTheSeries() {
    double[] x = {1, 2};
    Points points = Points.of("a", x, x);
    x[0] = 9;
    points.y()[1] = 9;
    assertArrayEquals(new double[] {1, 2}, points.x());
    assertArrayEquals(new double[] {1, 2}, points.y());
  }

  @Test
  void complexitiesAreShownInMillionsOrBillions() {
    ModelCloud cloud = ModelCloud.of("a", new double[] {8.56e5, 4e5}, new double[] {6, 7});
    Figure params = ScatterFigure.of(List.of(cloud), ComplexityMeasure.PARAMS, SeedPath.root(1));
    assertEquals("params (M)", params.x().label());
    assertEquals("error (%)", params.y().label());
    assertArrayEquals(new double[] {0.856, 0.4}, ((Points) params.series().get(0)).x());
    Figure flops = HistogramFigure.of(List.of(cloud), ComplexityMeasure.FLOPS);
    assertEquals("flops (B)", flops.x().label());
    assertEquals("number of models", flops.y().label());
  }

  @Test
  void aLargeCloudIsThinnedRepeatablyAndTheLegendSaysSo() {
    double[] values = IntStream.range(0, 7000).mapToDouble(i -> i + 1).toArray();
    List<ModelCloud> clouds = List.of(ModelCloud.of("a", values, values));
    Figure figure = ScatterFigure.of(clouds, ComplexityMeasure.PARAMS, SeedPath.root(1));
    double[] shown = ((Points) figure.series().get(0)).y();
    assertEquals(6000, Arrays.stream(shown).distinct().count());
    assertEquals("[6000 of 7000 shown] a", figure.legend("a"));
    assertArrayEquals(shown, thinned(clouds, 1));
    assertTrue(!Arrays.equals(shown, thinned(clouds, 2)), "another seed, another draw");
    assertEquals(7000 + 0.03 * 6999, figure.y().high(), 1e-9, "the range is that of all models");
  }

  @Test
  void oneDivergedModelDoesNotFlattenTheOthers() {
    double[] errors = IntStream.range(0, 400).mapToDouble(i -> 5 + i / 100.0).toArray();
    errors[7] = 90;
    List<ModelCloud> clouds = List.of(ModelCloud.of("a", new double[400], errors));
    Figure figure = ScatterFigure.of(clouds, ComplexityMeasure.PARAMS, SeedPath.root(1));
    assertTrue(figure.y().high() < 9.2, "up to " + figure.y().high());
    long shown = Arrays.stream(errors).filter(e -> e <= figure.y().high()).count();
    assertTrue(shown >= 398, "shown: " + shown);
    assertEquals("[" + shown + " of 400 shown] a", figure.legend("a"));
    assertEquals(400, figure.series().get(0).size(), "the data keep it");
  }

  private static double[] thinned(List<ModelCloud> clouds, long seed) {
    Figure figure = ScatterFigure.of(clouds, ComplexityMeasure.PARAMS, SeedPath.root(seed));
    return ((Points) figure.series().get(0)).y();
  }

  @Test
  void aHistogramOfFewModelsHasFewBarsThatCountEveryModelInRange() {
    double[] counts = {0, 1e6, 1.8e6, 3.6e6, 9e6};
    ModelCloud cloud = ModelCloud.of("a", counts, new double[5]);
    Figure figure = HistogramFigure.of(List.of(cloud), ComplexityMeasure.PARAMS, 0, 3.6);
    Histogram bars = (Histogram) figure.series().get(0);
    assertEquals(5, bars.size());
    assertEquals(4, Arrays.stream(bars.count()).sum());
    assertEquals(1, bars.count()[4], "the last bin owns its upper edge");
    assertEquals(3.6, bars.high()[4]);
  }

  @Test
  void searchCurvesLieOnAnAxisOfDoublings() {
    double[] budgets = {1, 2, 4, 8};
    Figure figure =
        RandomSearchFigure.of(
            PARAMS,
            List.of(
                Line.of("a", budgets, new double[] {9, 8, 7, 6}),
                Band.linear("a", budgets, new double[] {7, 7, 6, 5}, new double[] {11, 9, 8, 7})));
    assertEquals(Scale.LOG2, figure.x().scale());
    assertEquals(List.of(1.0, 2.0, 4.0, 8.0), figure.x().ticks(8));
    assertEquals("error (%) | params", figure.y().label());
    assertTrue(figure.y().low() < 5 && figure.y().high() > 11, "the band fits");
    assertEquals("KS statistic (D)", SampleSizeFigure.of(figure.series()).y().label());
  }

  @Test
  void seriesOfOneNameShareALegendEntryLedByTheirLine() {
    double[] x = {1, 2};
    Band band = Band.stepwise("a", x, new double[] {0, 0}, new double[] {1, 1});
    StepLine line = StepLine.of("a", x, new double[] {0.5, 1});
    Figure figure = EdfFigure.of(PARAMS, List.of(band, line, StepLine.of("b", x, x)));
    assertEquals(List.of("a", "b"), figure.names());
    assertEquals(line, figure.leader("a"));
  }

  @Test
  void ticksAreRoundNumbersWithinTheAxis() {
    assertEquals(List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), Axis.linear("p", 0, 1).ticks(6));
    assertEquals(List.of(5.0, 10.0, 15.0), Axis.linear("e", 4.7, 17).ticks(4));
    assertEquals(List.of(0.3), Axis.linear("p", 0.25, 0.35).ticks(2));
    assertEquals(List.of(1.0, 10.0, 100.0), new Axis("n", Scale.LOG10, 1, 200).ticks(5));
    assertEquals("0.3", Axis.tickLabel(0.1 + 0.2));
    assertEquals("16384", Axis.tickLabel(16384));
    assertEquals("0", Axis.tickLabel(-0.0));
  }

  @Test
  void histogramsBeginAtTheSmallestModelAndHaveMoreBarsOfMoreModels() {
    double[] counts = IntStream.range(0, 1000).mapToDouble(i -> 2e6 + i * 1e3).toArray();
    ModelCloud cloud = ModelCloud.of("a", counts, new double[1000]);
    Figure figure = HistogramFigure.of(List.of(cloud), ComplexityMeasure.PARAMS);
    assertEquals(2, figure.x().low());
    assertEquals(20, figure.series().get(0).size());
  }

  @Test
  void divergedModelsDoNotStretchAnEdfAndTheLegendSaysHowMany() {
    double[] errors =
        IntStream.range(0, 100).mapToDouble(i -> i < 80 ? 5 + i / 10.0 : 90).toArray();
    Figure figure = EdfFigure.of(PARAMS, List.of(EdfFigure.line("a", Edf.of(errors))));
    assertEquals(12.9, figure.x().high());
    assertTrue(figure.legend("a").contains("20 % above 12.9"), figure.legend("a"));
  }
}
