package dsa.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dsa.analysis.weighting.DivergedModels;
import dsa.analysis.weighting.EmptyBins;
import dsa.analysis.weighting.Normalization;
import dsa.analysis.weighting.Weighting;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Defaults made for thousands of models trained to the end make comparisons of small populations,
 * or of short trainings, say nothing: bins of one model, areas of zero.
 */
final class ComparisonSettingsTest {

  private static Population population(int models, int above, double chance) {
    List<TrainedModel> list =
        IntStream.range(0, models)
            .mapToObj(
                i ->
                    new TrainedModel(
                        "m" + i,
                        i == 0 ? OptionalDouble.empty() : OptionalDouble.of(i < above ? 60 : 7),
                        new RecordedComplexity(
                            OptionalLong.of(1 + i), OptionalLong.of(1), OptionalLong.of(1)),
                        Optional.empty(),
                        1))
            .toList();
    return new Population(
        "p",
        list,
        new PopulationOrigin(
            "test",
            Optional.empty(),
            Optional.of(FlopsConvention.NDS),
            ErrorKind.MIN,
            chance,
            Optional.empty()));
  }

  private static int bins(Population... populations) {
    return Weighting.PublishedBins.fittedTo(List.of(populations), ComplexityMeasure.PARAMS).bins();
  }

  @Test
  void binsHoldSixteenModelsOfTheSmallestPopulationOnAverage() {
    assertEquals(10, bins(population(5000, 1, 90), population(160, 1, 90)));
    assertEquals(9, bins(population(5000, 1, 90), population(159, 1, 90)));
    assertEquals(4, bins(population(64, 1, 90)));
    assertEquals(2, bins(population(3, 1, 90)));
  }

  @Test
  void paramsAreHeldFixedInStrataWithoutARange() {
    assertEquals(
        Weighting.InStrata.of(ComplexityMeasure.PARAMS),
        ComparisonSettings.fittedTo(List.of(population(64, 1, 90)), 1).weighting());
  }

  private static double epsilon(Population... populations) {
    return ComparisonSettings.fittedTo(List.of(populations), 1).epsilon();
  }

  @Test
  void areasEndAtGuessingWhereHalfTheModelsOfAPopulationAreAboveThePublishedEnd() {
    assertEquals(20, epsilon(population(10, 4, 90), population(10, 1, 90)));
    assertEquals(90, epsilon(population(10, 5, 90), population(10, 1, 90)));
    assertEquals(99, epsilon(population(10, 10, 90), population(10, 9, 99)));
  }

  @Test
  void whatIsChangedChangesAndTheRestStays() {
    ComparisonSettings settings = ComparisonSettings.fittedTo(List.of(population(64, 1, 90)), 7);
    ComparisonSettings changed =
        settings
            .withSeed(8)
            .with(new Weighting.Equal())
            .with(DivergedModels.DROP)
            .withEpsilon(15)
            .withLevel(0.9)
            .withResamples(100)
            .withPermutations(99)
            .withSmallestDifference(0.5)
            .withBudgets(List.of(4, 2, 16, 4));
    assertEquals(8, changed.seed());
    assertEquals(new Weighting.Equal(), changed.weighting());
    assertEquals(DivergedModels.DROP, changed.diverged());
    assertEquals(15, changed.epsilon());
    assertEquals(0.9, changed.level());
    assertEquals(100, changed.resamples());
    assertEquals(99, changed.permutations());
    assertEquals(0.5, changed.smallestDifference());
    assertEquals(List.of(2, 4, 16), changed.budgets());
    assertEquals(7, settings.seed());
    assertEquals(DivergedModels.WORST, settings.diverged());
    assertEquals(20, settings.epsilon());
    assertEquals(0.95, settings.level());
    assertEquals(2000, settings.resamples());
    assertEquals(2000, settings.permutations());
    assertEquals(0.1, settings.smallestDifference());
    assertEquals(ComparisonSettings.DEFAULT_BUDGETS, settings.budgets());
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedWhereTheyAreMade() {
    ComparisonSettings settings = ComparisonSettings.fittedTo(List.of(population(64, 1, 90)), 7);
    List<Runnable> attempts =
        List.of(
            () -> settings.withEpsilon(0),
            () -> settings.withEpsilon(Double.NaN),
            () -> settings.withLevel(1),
            () -> settings.withResamples(1),
            () -> settings.withPermutations(0),
            () -> settings.withSmallestDifference(-1),
            () -> settings.withBudgets(List.of(0)),
            () ->
                new Weighting.PublishedBins(
                    ComplexityMeasure.PARAMS, Optional.empty(), 0, EmptyBins.MERGE));
    for (Runnable attempt : attempts) {
      assertThrows(IllegalArgumentException.class, attempt::run);
    }
  }

  @Test
  void aWeightingOfBinsIsThePublishedNormalization() {
    Population all = population(64, 1, 90);
    Weighting.PublishedBins weighting =
        Weighting.PublishedBins.fittedTo(List.of(all), ComplexityMeasure.PARAMS)
            .within(new Normalization.Range(4, 60))
            .withBins(5)
            .with(EmptyBins.ERROR);
    Normalization.Result expected =
        Normalization.withDefaults()
            .within(new Normalization.Range(4, 60))
            .withBins(5)
            .with(EmptyBins.ERROR)
            .with(DivergedModels.DROP)
            .of(List.of(all));
    Normalization.Result found = weighting.of(List.of(all), DivergedModels.DROP);
    assertEquals(expected.bins(), found.bins());
    assertEquals(
        expected.populations().get(0).effectiveSampleSize(),
        found.populations().get(0).effectiveSampleSize());
    assertEquals(55, found.populations().get(0).size());
    Normalization.Result equal = new Weighting.Equal().of(List.of(all), DivergedModels.WORST);
    assertEquals(64, equal.populations().get(0).size());
    assertEquals(Optional.empty(), equal.given());
  }
}
