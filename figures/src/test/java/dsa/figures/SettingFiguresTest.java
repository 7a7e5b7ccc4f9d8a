package dsa.figures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.report.BestRangeReport;
import dsa.analysis.report.RankMapReport;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ExtraColumn;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The shaded range and the dark points are what a reader takes the good settings to be: at another
 * place than in the table they send the next sweep elsewhere.
 */
final class SettingFiguresTest {

  /** Forty models whose error is least at a learning rate of 0.1, and does not depend on wd. */
  private static Population sweep() {
    List<TrainedModel> models = new ArrayList<>();
    List<String> rates = new ArrayList<>();
    List<String> decays = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double exponent = -3 + i * 0.1;
      rates.add(Double.toString(Math.pow(10, exponent)));
      decays.add(i % 2 == 0 ? "1e-5" : "1e-4");
      models.add(TrainedModel.of("m" + i, 5 + Math.abs(exponent + 1), RecordedComplexity.NONE));
    }
    return new Population(
        "sweep",
        models,
        PopulationOrigin.unstated("a test"),
        List.of(
            new ExtraColumn("lr", rates),
            new ExtraColumn("wd", decays),
            new ExtraColumn("dataset", java.util.Collections.nCopies(40, "cifar10"))));
  }

  @Test
  void theShadedRangeAndTheLineAreThoseOfTheTable() {
    BestRangeReport report = BestRangeReport.of(sweep(), List.of("lr"), 0.25, 500, 0.95, 1);
    assertEquals(1, report.parameters().size());
    Figure figure = BestRangeFigure.of(report, report.parameters().get(0));
    Band band = (Band) figure.series().get(0);
    var range = report.parameters().get(0).simulated();
    assertArrayEquals(new double[] {range.low(), range.high()}, band.x());
    Line middle = (Line) figure.series().get(2);
    assertEquals(range.median(), middle.x()[0]);
    assertTrue(range.low() < 0.1 && 0.1 < range.high());
    assertEquals(Scale.LOG10, figure.x().scale());
    assertEquals(band.name(), middle.name());
    assertTrue(band.name().startsWith("95 % of the best: 0.0"), band.name());
  }

  @Test
  void outlyingModelsDoNotStretchTheAxisAndAreCounted() {
    List<TrainedModel> models = new ArrayList<>();
    List<String> rates = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      models.add(TrainedModel.of("m" + i, i < 3 ? 35 : 5 + i % 50 / 10.0, RecordedComplexity.NONE));
      rates.add(Integer.toString(1 + i % 9));
    }
    Population population =
        new Population(
            "sweep",
            models,
            PopulationOrigin.unstated("a test"),
            List.of(new ExtraColumn("lr", rates)));
    BestRangeReport report = BestRangeReport.of(population, List.of("lr"), 0.25, 100, 0.95, 1);
    Figure figure = BestRangeFigure.of(report, report.parameters().get(0));
    assertEquals(9.9 + 0.03 * 4.9, figure.y().high(), 1e-9);
    assertTrue(
        figure.series().stream().anyMatch(s -> s.note().equals(Optional.of("997 of 1000 shown"))));
  }

  @Test
  void theDarkestFifthHoldsTheLowestErrors() {
    RankMapReport report = RankMapReport.of(sweep(), "lr", "wd");
    Figure figure = RankMapFigure.of(report);
    assertEquals(List.of("best fifth", "second", "third", "fourth", "worst fifth"), figure.names());
    Points best = (Points) figure.series().get(0);
    assertEquals(0, best.shade().getAsDouble());
    for (double rate : best.x()) {
      assertTrue(rate > 0.03 && rate < 0.3, "lr " + rate);
    }
    assertEquals(
        40, figure.series().stream().mapToInt(Series::size).sum(), "every model is in one fifth");
    assertEquals(
        0.5,
        report.points().stream().mapToDouble(p -> p.relativeRank()).average().getAsDouble(),
        1e-12);
  }
}
