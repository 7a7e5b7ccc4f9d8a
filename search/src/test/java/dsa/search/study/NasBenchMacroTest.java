package dsa.search.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.association.ParetoFront;
import dsa.analysis.report.SearchReport;
import dsa.analysis.trajectory.SignalledRandomSearch;
import dsa.core.testing.Shared;
import dsa.populations.TrainedNetworks;
import dsa.sampler.spaces.Spaces;
import dsa.search.Budget;
import dsa.search.ChoiceSpace;
import dsa.search.strategy.Strategies;
import dsa.search.table.EnumeratedTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A strategy with a wrong sign or a wrong tournament still finds something. On a table whose every
 * network is known, others measured what each strategy finds: ours must find the same.
 */
final class NasBenchMacroTest {

  private static EnumeratedTable table;

  static EnumeratedTable table() throws IOException {
    if (table == null) {
      TrainedNetworks trained =
          TrainedNetworks.open(
              List.of(Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.csv").toString()));
      table =
          EnumeratedTable.of(
              ChoiceSpace.of(Spaces.find("mb-macro")),
              trained.networks(),
              trained.epochs().orElseThrow());
    }
    return table;
  }

  private static Contender contender(String name, String... settings) {
    Map<String, String> given = new HashMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      given.put(parts[0], parts[1]);
    }
    return new Contender(Strategies.find(name), given);
  }

  private static SearchReport run(int budget, int repeats, Contender... contenders)
      throws IOException {
    return SearchStudy.on(table(), Budget.evaluations(budget), 1)
        .withCheckpoints(List.of(20.0, 100.0))
        .withRepeats(repeats)
        .withIntervals(0.95, 200)
        .run(List.of(contenders));
  }

  @Test
  void theTableIsComplete() throws IOException {
    assertEquals(6561, table().encodings());
    assertEquals(3969, table().networks());
    assertEquals(6.873337, table().bestPct(), 1e-6);
  }

  private static double regret(SearchReport report, int strategy) {
    return report.strategies().get(strategy).atBudget().value();
  }

  @Test
  void randomSearchAndEvolutionFindWhatOthersMeasured() throws IOException {
    SearchReport report = run(200, 500, contender("random"), contender("rea"));
    assertEquals(0.263, regret(report, 0), 0.02);
    assertEquals(0.263, report.expectedRandom().get(report.checkpoints().indexOf(200.0)), 0.01);
    assertEquals(0.326, report.expectedRandom().get(report.checkpoints().indexOf(100.0)), 0.01);
    assertEquals(0.080, regret(report, 1), 0.015);
    assertEquals(
        0.178,
        report.strategies().get(1).points().get(report.checkpoints().indexOf(100.0)).mean().value(),
        0.02);
    assertTrue(report.pairs().get(0).holm() < 1e-6);
    assertTrue(report.pairs().get(0).result().probabilityABetter() < 0.2);
  }

  @Test
  void evolutionIsWorthAsManyRandomDrawsAsOthersMeasured() throws IOException {
    SearchReport report =
        SearchStudy.on(table(), Budget.evaluations(200), 1)
            .with(EnumeratedTable.Signal.ofRun(1))
            .withCheckpoints(List.of(100.0))
            .withRepeats(500)
            .withIntervals(0.95, 200)
            .run(List.of(contender("rea")));
    List<SignalledRandomSearch.Equivalent> worth = report.strategies().get(0).equivalents();
    assertEquals(
        3500.0,
        (double) worth.get(report.checkpoints().indexOf(200.0)).budget().orElseThrow(),
        700);
    assertEquals(
        555.0, (double) worth.get(report.checkpoints().indexOf(100.0)).budget().orElseThrow(), 80);
  }

  @Test
  void distributionLearnersFindWhatOthersMeasured() throws IOException {
    SearchReport report =
        run(
            200,
            200,
            contender("mdenas", "epochs=200", "record=mean"),
            contender("mdenas", "epochs=200", "record=last"),
            contender("mdenas", "epochs=200", "record=mean", "ties=loose"),
            contender("mdenas", "epochs=200", "record=last", "ties=loose"),
            contender("reinforce"),
            contender("mdenas"));
    assertEquals(0.118, regret(report, 0), 0.03);
    assertEquals(0.221, regret(report, 1), 0.04);
    assertEquals(0.124, regret(report, 2), 0.03);
    assertEquals(0.238, regret(report, 3), 0.04);
    assertEquals(0.104, regret(report, 4), 0.03);
    // what is most probable is worse than the best that was seen
    assertEquals(0.3, report.strategies().get(0).recommended().orElseThrow().value(), 0.15);
    assertEquals(2.3, report.strategies().get(1).recommended().orElseThrow().value(), 0.5);
    assertEquals(
        Map.of("the cap on its epochs was reached", 200L), report.strategies().get(5).stops());
  }

  @Test
  void growthCoversTheFrontSoonerThanRandomSearch() throws IOException {
    SearchReport report =
        SearchStudy.on(table(), Budget.evaluations(200), 1)
            .withReferenceError(30)
            .withCheckpoints(List.of(20.0, 100.0))
            .withRepeats(60)
            .withIntervals(0.95, 200)
            .run(List.of(contender("random"), contender("petridish-grow")));
    int hundred = report.checkpoints().indexOf(100.0);
    assertEquals(0.911, report.strategies().get(0).volume().get(hundred).value(), 0.02);
    assertEquals(0.981, report.strategies().get(1).volume().get(hundred).value(), 0.02);
    int twenty = report.checkpoints().indexOf(20.0);
    assertEquals(0.833, report.strategies().get(0).volume().get(twenty).value(), 0.03);
    assertEquals(0.876, report.strategies().get(1).volume().get(twenty).value(), 0.03);
  }

  @Test
  void theWholeFrontHasTheVolumeThatOthersMeasured() throws IOException {
    double volume =
        ParetoFront.of(table().costs(), table().reportedPct()).hypervolume(105_660_928, 30);
    assertEquals(0.604149266622, volume / 105_660_928 / 30, 1e-12);
    assertEquals(105_660_928, table().largestCost());
  }

  @Test
  @Tag("slow")
  void theControllerFindsWhatOthersMeasured() throws IOException {
    SearchReport report = run(200, 60, contender("nas-controller"), contender("random"));
    assertEquals(0.116, regret(report, 0), 0.04);
    assertTrue(
        report.strategies().get(0).atBudget().high() < report.strategies().get(1).atBudget().low());
  }

  @Test
  void csvAndJsonAreOneTable() throws IOException {
    TrainedNetworks json =
        TrainedNetworks.open(
            List.of(Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.json").toString()));
    EnumeratedTable read =
        EnumeratedTable.of(ChoiceSpace.of(Spaces.find("mb-macro")), json.networks(), 50);
    assertArrayEquals(table().reportedPct(), read.reportedPct(), 1e-9);
    assertArrayEquals(table().costs(), read.costs());
  }

  @Test
  void aPartOfTheTableIsASample() throws IOException {
    TrainedNetworks trained =
        TrainedNetworks.open(
            List.of(Shared.file("data/nas-bench-macro/nas-bench-macro_cifar10.csv").toString()));
    ChoiceSpace space = ChoiceSpace.of(Spaces.find("mb-macro"));
    String message =
        assertThrows(
                EnumeratedTable.IncompleteException.class,
                () -> EnumeratedTable.of(space, trained.networks().subList(0, 2000), 50))
            .getMessage();
    assertTrue(
        message.contains("sample of mb-macro") && message.contains("random search"), message);
  }
}
