package dsa.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.inference.Interval;
import dsa.analysis.testing.Examples;
import dsa.analysis.weighting.DivergedModels;
import dsa.core.run.Population;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A difference that is there under one setting only passes for a property of the spaces. */
final class SensitivityTest {

  private static final ComparisonSettings FEW =
      ComparisonSettings.fittedTo(Examples.both(), 1).withResamples(99).withPermutations(30);

  private static Sensitivity of(ComparisonSettings settings) {
    return Comparison.of(Examples.both(), settings).report().sensitivity().orElseThrow();
  }

  @Test
  void everySettingIsChanged() {
    Set<String> settings = new HashSet<>();
    Set<String> rows = new HashSet<>();
    for (Sensitivity.Row row : of(FEW).rows()) {
      settings.add(row.setting());
      assertTrue(rows.add(row.setting() + row.value()), row + " stands twice");
    }
    assertEquals(Set.of("strata", "spacing", "bins", "range", "epsilon", "diverged"), settings);
  }

  @Test
  void aRowHasTheDifferenceOfAComparisonUnderItsSetting() {
    Sensitivity.Row epsilon = row(of(FEW), "epsilon", "15");
    assertEquals(15 * area(FEW.withEpsilon(15)).value(), epsilon.points().value());
    Sensitivity.Row dropped = row(of(FEW), "diverged", "drop");
    assertEquals(20 * area(FEW.with(DivergedModels.DROP)).value(), dropped.points().value());
  }

  /** With an epsilon above the diverged models the mean is theirs, and its interval wide. */
  @Test
  void aLargeDifferenceHoldsUntilDivergedModelsDecideTheMean() {
    Sensitivity sensitivity = of(FEW);
    List<String> others =
        sensitivity.rows().stream()
            .filter(row -> !row.holds())
            .map(row -> row.setting() + " " + row.value())
            .toList();
    assertEquals(List.of("epsilon 90"), others);
  }

  @Test
  void rowsThatDoNotHoldAreNamed() {
    Sensitivity sensitivity =
        new Sensitivity(
            List.of(
                new Sensitivity.Row("bins", "5", new Interval(1, -0.5, 2.5), false),
                new Sensitivity.Row("bins", "10", new Interval(1, 0.5, 2), true)));
    assertTrue(sensitivity.text().contains(" 1 of 2 "), sensitivity.text());
    assertTrue(
        sensitivity.text().endsWith("; not under bins 5 (-0.5 to 2.5)."), sensitivity.text());
  }

  /** Of three populations there is no one difference. */
  @Test
  void onlyTwoPopulationsHaveIt() {
    List<Population> three = new ArrayList<>(Examples.both());
    Population first = three.get(0);
    three.add(new Population("again", first.models(), first.origin()));
    assertTrue(Comparison.of(three, FEW).report().sensitivity().isEmpty());
  }

  private static Interval area(ComparisonSettings settings) {
    return Comparison.of(Examples.both(), settings)
        .report()
        .pairs()
        .get(0)
        .estimates()
        .areaDifference();
  }

  private static Sensitivity.Row row(Sensitivity sensitivity, String setting, String value) {
    return sensitivity.rows().stream()
        .filter(row -> row.setting().equals(setting) && row.value().equals(value))
        .findFirst()
        .orElseThrow();
  }
}
