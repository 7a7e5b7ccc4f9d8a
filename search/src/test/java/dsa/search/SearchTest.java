package dsa.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.SeedPath;
import dsa.core.run.TrainedNetwork;
import dsa.search.strategy.Strategies;
import dsa.search.table.EnumeratedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A ledger that forgets repeats, or a budget that is overdrawn, makes one strategy cheaper than
 * another; a search that never ends is what users complain of most.
 */
final class SearchTest {

  private static final SearchSpace GRID = Examples.grid(2, 3);

  /** Proposes the same network for ever, for one epoch. */
  private static final class Stubborn implements SearchStrategy {
    @Override
    public Optional<Proposal> ask() {
      return Optional.of(Proposal.of(Encoding.of(1, 2), 1));
    }

    @Override
    public void tell(Evaluation evaluation) {
      // does not listen
    }
  }

  @Test
  void repeatsCostAQueryAndAreAnsweredFromMemory() {
    List<Proposal> asked = new ArrayList<>();
    SearchTrace trace =
        Search.run(
            new Stubborn(),
            GRID,
            proposal -> {
              asked.add(proposal);
              return new Evaluator.Answer(asked.size(), 0);
            },
            Budget.evaluations(5));
    assertEquals(1, asked.size());
    assertEquals(5, trace.evaluations().size());
    assertEquals(1, trace.uniqueNetworks());
    assertEquals(StopReason.BUDGET, trace.stop());
    assertTrue(trace.evaluations().stream().allMatch(e -> e.errorPct() == 1));
    assertFalse(trace.evaluations().get(0).repeated());
    assertTrue(trace.evaluations().get(4).repeated());
    assertEquals(5, trace.evaluations().get(4).spent());
  }

  @Test
  void aSearchThatProposesNothingNewEnds() {
    Budget free = new Budget(BudgetUnit.EVALUATIONS, 5, true, 20);
    SearchTrace trace = Search.run(new Stubborn(), GRID, p -> new Evaluator.Answer(10, 0), free);
    assertEquals(StopReason.NOTHING_NEW, trace.stop());
    assertEquals(21, trace.evaluations().size());
    assertEquals(1, trace.evaluations().get(20).spent());
  }

  @Test
  void noBudgetIsOverdrawn() {
    for (BudgetUnit unit :
        List.of(BudgetUnit.EVALUATIONS, BudgetUnit.EPOCHS, BudgetUnit.MAC_EPOCHS)) {
      SearchTrace trace =
          Search.run(
              Strategies.find("random").on(GRID, 7, Map.of(), SeedPath.root(3)),
              GRID,
              p -> new Evaluator.Answer(10, 0),
              Budget.of(unit, 100));
      double spent = 0;
      for (Evaluation each : trace.evaluations()) {
        double cost =
            switch (unit) {
              case EVALUATIONS -> 1;
              case EPOCHS -> 7;
              default -> 7 * GRID.cost(each.encoding()) / 1e9;
            };
        assertEquals(cost, each.cost(), 1e-9);
        spent += each.cost();
      }
      assertTrue(spent <= 100 && spent > 60, unit + ": " + spent);
    }
  }

  @Test
  void secondsAreThoseOfTraining() {
    SearchTrace trace =
        Search.run(
            Strategies.find("random")
                .on(GRID, 7, Map.of("replacement", "without"), SeedPath.root(3)),
            GRID,
            p -> new Evaluator.Answer(10, 2.5),
            Budget.of(BudgetUnit.SECONDS, 10));
    assertEquals(4, trace.evaluations().size());
    assertEquals(10, trace.evaluations().get(3).spent());
  }

  @Test
  void withoutReplacementASearchEndsWithTheSpace() {
    SearchTrace trace =
        Search.run(
            Strategies.find("random")
                .on(GRID, 1, Map.of("replacement", "without"), SeedPath.root(3)),
            GRID,
            p -> new Evaluator.Answer(10, 0),
            Budget.evaluations(100));
    assertEquals(9, trace.evaluations().size());
    assertEquals(StopReason.EXHAUSTED, trace.stop());
  }

  @Test
  void aLogOfOtherSettingsIsNotGoneOnWith() {
    Evaluation other = new Evaluation(1, Proposal.of(Encoding.of(0, 0), 3), 10, false, 1, 1);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Search.run(
                    new Stubborn(),
                    GRID,
                    p -> new Evaluator.Answer(10, 0),
                    Budget.evaluations(5),
                    List.of(other),
                    e -> {}));
    assertTrue(refused.getMessage().contains("other settings"), refused.getMessage());
  }

  @Test
  void aSampleRefusesWhatChangesNetworksAndSaysWhy() {
    SearchSpace sample =
        EnumeratedTable.sample(
                "few",
                List.of(
                    TrainedNetwork.of(
                        "a", Optional.empty(), List.of(3.0), RecordedComplexity.NONE)),
                1)
            .space();
    for (StrategyType type : Strategies.ALL) {
      if (type.neighbours()) {
        IllegalArgumentException refused =
            assertThrows(
                IllegalArgumentException.class,
                () -> type.on(sample, 1, Map.of(), SeedPath.root(1)));
        assertTrue(refused.getMessage().contains("random search alone"), refused.getMessage());
      }
    }
    Strategies.find("random").on(sample, 1, Map.of(), SeedPath.root(1));
  }

  @Test
  void settingsAreNamedWhenTheyAreWrong() {
    assertSays("rea has no setting 'x'; it has population, tournament", "rea", Map.of("x", "1"));
    assertSays("population=0 is outside [1, 1000000]", "rea", Map.of("population", "0"));
    assertSays("record=best is none of last, mean", "mdenas", Map.of("record", "best"));
    assertSays("alpha=x is not a number", "mdenas", Map.of("alpha", "x"));
    assertSays("population=1.5 is not a whole number", "rea", Map.of("population", "1.5"));
  }

  private static void assertSays(String words, String strategy, Map<String, String> settings) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Strategies.find(strategy).on(GRID, 9, settings, SeedPath.root(1)));
    assertEquals(words, refused.getMessage());
  }
}
