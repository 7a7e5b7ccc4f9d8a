package dsa.search.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.random.SeedPath;
import dsa.search.Budget;
import dsa.search.BudgetUnit;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Evaluator;
import dsa.search.Examples;
import dsa.search.Proposal;
import dsa.search.Search;
import dsa.search.SearchSpace;
import dsa.search.SearchTrace;
import dsa.search.table.EnumeratedTable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each strategy is known by its steps; one that leaves out a step is another strategy. */
final class StrategiesTest {

  private static final SearchSpace GRID = Examples.grid(4, 3);

  /** Separable: each position is best at option 2. */
  private static double error(Encoding encoding) {
    double error = 10;
    for (int i = 0; i < encoding.length(); i++) {
      error += 2 * (2 - encoding.at(i)) * (i + 1);
    }
    return error;
  }

  private static List<Evaluation> run(String strategy, Map<String, String> settings, int budget) {
    return Search.run(
            Strategies.find(strategy).on(GRID, 1, settings, SeedPath.root(5)),
            GRID,
            p -> new Evaluator.Answer(error(p.encoding()), 0),
            Budget.evaluations(budget))
        .evaluations();
  }

  private static int differences(Encoding a, Encoding b) {
    int differences = 0;
    for (int i = 0; i < a.length(); i++) {
      differences += a.at(i) == b.at(i) ? 0 : 1;
    }
    return differences;
  }

  @Test
  void allBeginWithTheSameDrawsWhereTheyDrawAtRandom() {
    List<Evaluation> random = run("random", Map.of(), 20);
    List<Evaluation> evolved = run("rea", Map.of("population", "20"), 20);
    assertEquals(random, evolved);
    assertEquals(random.get(0), run("local-search", Map.of(), 20).get(0));
  }

  @Test
  void evolutionChangesOnePositionOfOneOfTheYoungest() {
    int population = 6;
    List<Evaluation> all = run("rea", Map.of("population", "6", "tournament", "6"), 200);
    for (int n = population; n < all.size(); n++) {
      List<Evaluation> alive = all.subList(n - population, n);
      double best = alive.stream().mapToDouble(Evaluation::errorPct).min().orElseThrow();
      Encoding child = all.get(n).encoding();
      // the whole population competes, so that the parent is one of its best
      assertTrue(
          alive.stream()
              .filter(e -> e.errorPct() == best)
              .anyMatch(e -> differences(e.encoding(), child) == 1),
          "child " + n);
    }
  }

  @Test
  void localSearchEndsAtTheBestOfASeparableSpaceAndStartsAnew() {
    for (String step : List.of("best", "first")) {
      List<Evaluation> all = run("local-search", Map.of("step", step), 120);
      assertTrue(all.stream().anyMatch(e -> e.errorPct() == 10), step);
      long far =
          all.stream().filter(e -> differences(e.encoding(), Encoding.of(2, 2, 2, 2)) > 2).count();
      assertTrue(far > 2, "starts anew");
    }
  }

  @Test
  void reinforceMakesGoodOptionsProbable() {
    List<Evaluation> all = run("reinforce", Map.of(), 400);
    double early =
        all.subList(0, 50).stream().mapToDouble(Evaluation::errorPct).average().orElse(0);
    double late =
        all.subList(350, 400).stream().mapToDouble(Evaluation::errorPct).average().orElse(0);
    assertTrue(late < early - 5, early + " to " + late);
  }

  @Test
  void growthIsMonotoneWithoutDuplicatesAndStopsAtItsLimits() {
    SearchTrace trace =
        Search.run(
            Strategies.find("petridish-grow")
                .on(GRID, 1, Map.of("gallery", "30", "tries", "1000"), SeedPath.root(5)),
            GRID,
            p -> new Evaluator.Answer(error(p.encoding()), 0),
            Budget.evaluations(1000));
    assertEquals(PetridishGrow.GALLERY_FULL, trace.stop());
    assertEquals(30, trace.uniqueNetworks());
    List<Evaluation> all = trace.evaluations();
    int seeds = PetridishGrow.seeds(GRID).size();
    assertEquals(3, seeds);
    Set<Encoding> seen = new HashSet<>();
    for (int n = 0; n < all.size(); n++) {
      Encoding child = all.get(n).encoding();
      if (n >= seeds) {
        assertTrue(
            seen.stream()
                .anyMatch(
                    parent ->
                        differences(parent, child) == 1 && GRID.cost(parent) < GRID.cost(child)),
            "no parent of " + child);
      }
      assertTrue(seen.add(child), "twice " + child);
    }
    SearchTrace small =
        Search.run(
            Strategies.find("petridish-grow")
                .on(GRID, 1, Map.of("mmacs", "3000"), SeedPath.root(5)),
            GRID,
            p -> new Evaluator.Answer(error(p.encoding()), 0),
            Budget.evaluations(1000));
    assertEquals(PetridishGrow.TOO_LARGE, small.stop());
  }

  @Test
  void parentsAreDrawnEvenlyUntilTheyDiffer() {
    double[] even = PetridishGrow.weights(new double[] {2, 2, 2}, new double[] {5, 5, 5});
    for (double weight : even) {
      assertEquals(1 / 3.0, weight, 1e-15);
    }
    double[] uneven = PetridishGrow.weights(new double[] {3, 0, 1}, new double[] {9, 1, 5});
    assertTrue(uneven[1] > uneven[2] && uneven[2] > uneven[0]);
  }

  @Test
  void halvingTrainsAThirdForThreeTimesAsLong() {
    EnumeratedTable table = Examples.table("mixnet-mini");
    SearchTrace trace =
        Search.run(
            Strategies.find("successive-halving").on(table.space(), 9, Map.of(), SeedPath.root(2)),
            table.space(),
            table.evaluator(EnumeratedTable.Signal.ofRun(1), SeedPath.root(2)),
            Budget.of(BudgetUnit.EPOCHS, 9 * 1 + 3 * 2 + 6));
    List<Evaluation> all = trace.evaluations();
    assertEquals(13, all.size());
    assertEquals(
        List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9),
        all.stream().map(e -> e.proposal().epochs()).toList());
    Set<Encoding> best =
        all.subList(0, 9).stream()
            .sorted(Comparator.comparingDouble(Evaluation::errorPct))
            .limit(3)
            .map(Evaluation::encoding)
            .collect(Collectors.toSet());
    assertEquals(
        best, all.subList(9, 12).stream().map(Evaluation::encoding).collect(Collectors.toSet()));
    assertEquals(1, all.get(9).proposal().epochsBefore());
    assertEquals(21, all.get(12).spent());
  }

  @Test
  void hyperbandsBracketsAreThoseOfThePaper() {
    // Li et al., JMLR 2018, table 1: R = 81, eta = 3
    int[] networks = {81, 34, 15, 8, 5};
    for (int i = 0; i < networks.length; i++) {
      assertEquals(networks[i], SuccessiveHalving.networks(3, 4, 4 - i));
    }
    EnumeratedTable table = Examples.table("mixnet-mini");
    SearchTrace trace =
        Search.run(
            Strategies.find("hyperband")
                .on(table.space(), 9, Map.of("cost", "restart"), SeedPath.root(2)),
            table.space(),
            table.evaluator(EnumeratedTable.Signal.ofRun(1), SeedPath.root(2)),
            Budget.evaluations(9 + 3 + 1 + 5 + 1 + 3));
    assertEquals(
        List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9, 3, 3, 3, 3, 3, 9, 9, 9, 9),
        trace.evaluations().stream().map(e -> e.proposal().epochs()).toList());
    assertTrue(trace.evaluations().stream().allMatch(e -> e.proposal().epochsBefore() == 0));
  }

  @Test
  void tablesWithoutCurvesSayThatTheyHaveNone() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Examples.table("mixnet-mini")
                    .evaluator(EnumeratedTable.Signal.ofRun(1), SeedPath.root(2))
                    .evaluate(Proposal.of(Encoding.of(0, 0, 0), 10)));
    assertTrue(refused.getMessage().contains("9 epochs and fewer"), refused.getMessage());
  }

  @Test
  void namesAreFoundAndNearOnesSuggested() {
    assertEquals("rea", Strategies.find("REA").name());
    assertEquals(
        "there is no strategy 'mdnas'; did you mean mdenas?",
        assertThrows(IllegalArgumentException.class, () -> Strategies.find("mdnas")).getMessage());
    assertFalse(Strategies.ALL.isEmpty());
  }
}
