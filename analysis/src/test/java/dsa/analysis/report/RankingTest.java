package dsa.analysis.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.report.ComparisonReport.PairFindings;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Ten spaces make 45 sentences that nobody reads. A ranking that hides which places are no places,
 * or letters that two equal spaces do not share, would be worse than those.
 */
final class RankingTest {

  private static Population population(String name, double shift, int models, long seed) {
    RandomStream random = SeedPath.root(seed).generator();
    List<TrainedModel> trained = new ArrayList<>();
    for (int i = 0; i < models; i++) {
      double size = random.nextDouble();
      double error = 8 + shift - 2 * size + 3 * random.nextDouble();
      trained.add(
          TrainedModel.of(
              "m" + i,
              error,
              new RecordedComplexity(
                  OptionalLong.of(1_000_000 + (long) (1e6 * size)),
                  OptionalLong.empty(),
                  OptionalLong.empty())));
    }
    return new Population(name, trained, PopulationOrigin.unstated("test"));
  }

  private static final List<Population> FIVE =
      List.of(
          population("worst", 2, 300, 1),
          population("good", 0, 300, 2),
          population("middle", 0.6, 300, 3),
          population("as-good", 0.02, 300, 2),
          population("medium", 0.65, 300, 3));

  private static ComparisonSettings settings(List<Population> populations) {
    return ComparisonSettings.fittedTo(populations, 1).withResamples(100);
  }

  @Test
  void twoShareALetterIfAndOnlyIfTheyAreNotToldApart() {
    for (int trial = 0; trial < 300; trial++) {
      RandomStream random = SeedPath.root(trial).generator();
      int n = 2 + random.nextInt(9);
      List<int[]> apart = new ArrayList<>();
      boolean[][] is = new boolean[n][n];
      double density = random.nextDouble();
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          if (random.nextDouble() < density) {
            apart.add(new int[] {a, b});
            is[a][b] = true;
          }
        }
      }
      List<BitSet> groups = Ranking.groups(apart, n);
      for (int a = 0; a < n; a++) {
        int rank = a;
        assertTrue(groups.stream().anyMatch(g -> g.get(rank)), "every one has a letter");
        for (int b = a + 1; b < n; b++) {
          int other = b;
          assertEquals(
              !is[a][b], groups.stream().anyMatch(g -> g.get(rank) && g.get(other)), a + ", " + b);
        }
      }
    }
  }

  @Test
  void theOrderIsThatOfMeansAndTheSentenceNamesWhoIsLevelWithTheBest() {
    ComparisonReport report = Comparison.of(FIVE, settings(FIVE)).report();
    Ranking ranking = report.ranking();
    assertEquals(10, report.pairs().size());
    assertEquals(Optional.empty(), ranking.reference());
    List<String> names =
        ranking.places().stream()
            .map(place -> report.populations().get(place.population()).name())
            .toList();
    assertEquals("worst", names.get(4));
    assertEquals(List.of("as-good", "good"), names.subList(0, 2).stream().sorted().toList());
    assertEquals(
        List.of("a", "a", "b", "b", "c"),
        ranking.places().stream().map(Ranking.Place::groups).toList());
    assertTrue(
        ranking.text().startsWith(names.get(0) + " has the lowest mean error of 5 spaces given"),
        ranking.text());
    assertTrue(ranking.text().contains("not told apart from " + names.get(1)), ranking.text());
    assertTrue(ranking.text().contains("8 of 10 pairs"), ranking.text());
    assertTrue(ReportJson.of(report).contains("\"ranking\""));
    assertEquals(
        ranking.text(), ReportJson.read(ReportJson.of(report)).ranking().text(), "read back");
  }

  @Test
  void aPairIsFoundAlikeAmongAllPairsAndAgainstAReference() {
    ComparisonReport all = Comparison.of(FIVE, settings(FIVE)).report();
    ComparisonReport some = Comparison.of(FIVE, settings(FIVE).withReference("middle")).report();
    assertEquals(4, some.pairs().size());
    assertEquals(Optional.of(2), some.ranking().reference());
    for (PairFindings pair : some.pairs()) {
      PairFindings same =
          all.pairs().stream()
              .filter(p -> p.a() == pair.a() && p.b() == pair.b())
              .findFirst()
              .orElseThrow();
      assertEquals(same.estimates().areaDifference(), pair.estimates().areaDifference());
      assertEquals(same.unnormalized(), pair.unnormalized());
      assertTrue(pair.holm() <= same.holm() + 0.02, "the family is smaller");
    }
    assertTrue(
        some.ranking().text().startsWith("Of 4 spaces given params 2 are better than middle"),
        some.ranking().text());
    assertTrue(some.ranking().text().contains("1 is worse (worst)"), some.ranking().text());
    assertEquals(
        some.ranking(), ReportJson.read(ReportJson.of(some)).ranking(), "the reference is kept");
  }

  @Test
  void anUnknownReferenceIsRefusedWithNearNames() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Comparison.of(FIVE, settings(FIVE).withReference("midle")).report());
    assertTrue(refusal.getMessage().contains("did you mean middle?"), refusal.getMessage());
  }

  @Test
  void veryManyAreComparedWithTheBestAlone() {
    List<Population> many = new ArrayList<>();
    for (int k = 0; k < 25; k++) {
      many.add(population("p" + k, k == 7 ? 0 : 1 + 0.02 * k, 60, 100 + k));
    }
    ComparisonReport report =
        Comparison.of(many, ComparisonSettings.fittedTo(many, 1).withResamples(40)).report();
    assertEquals(24, report.pairs().size());
    assertEquals(Optional.of(7), report.ranking().reference());
    assertEquals(7, report.ranking().places().get(0).population());
    assertFalse(report.warnings().stream().noneMatch(w -> w.contains("chosen as the best")));
  }

  @Test
  void withManyPairsPermutationsSufficeForALevel() {
    for (int n : new int[] {2, 3, 10, 20, 21, 200}) {
      List<Population> those = new ArrayList<>();
      for (int k = 0; k < n; k++) {
        those.add(population("p" + k, 0, 2, k));
      }
      int pairs = n <= 20 ? n * (n - 1) / 2 : n - 1;
      int permutations = ComparisonSettings.fittedTo(those, 1).permutations();
      assertTrue(permutations >= 2000 && (double) pairs / (1 + permutations) <= 0.025, "n " + n);
    }
  }
}
