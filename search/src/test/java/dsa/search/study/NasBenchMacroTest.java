package dsa.search.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.report.SearchReport;
import dsa.analysis.report.SearchReport.StrategyResult;
import dsa.core.testing.Shared;
import dsa.populations.TrainedNetworks;
import dsa.sampler.spaces.Spaces;
import dsa.search.Budget;
import dsa.search.ChoiceSpace;
import dsa.search.strategy.Strategies;
import dsa.search.table.EnumeratedTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    Map<String, String> given = new java.util.HashMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      given.put(parts[0], parts[1]);
    }
    return new Contender(Strategies.find(name), given);
  }

  private static SearchReport run(int budget, int repeats, Contender... contenders)
      throws IOException {
    return SearchStudy.on(table(), Budget.evaluations(budget), 1)
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

  @Test
  void explore() throws IOException {
    long start = System.nanoTime();
    SearchReport report =
        run(
            200,
            500,
            contender("random"),
            contender("rea"),
            contender("local-search"),
            contender("reinforce"),
            contender("mdenas", "epochs=1000"),
            contender("mdenas", "epochs=1000", "record=mean"),
            contender("mdenas", "epochs=1000", "ties=loose"),
            contender("mdenas", "epochs=1000", "record=mean", "ties=loose"),
            contender("petridish-grow"));
    System.out.println((System.nanoTime() - start) / 1e9 + " s");
    for (StrategyResult s : report.strategies()) {
      System.out.println(
          s.name()
              + " "
              + s.atBudget()
              + " "
              + s.stops()
              + " uniq "
              + s.uniqueNetworks()
              + " rec "
              + s.recommended());
      System.out.println(
          "   eq " + s.equivalents().get(s.equivalents().size() - 1) + " hv " + s.volume());
    }
    System.out.println(report.checkpoints() + " " + report.expectedRandom());
    start = System.nanoTime();
    report =
        run(
            200,
            60,
            contender("nas-controller"),
            contender("nas-controller", "lr=0.0006"),
            contender("nas-controller", "lr=0.01", "batch=5"));
    System.out.println((System.nanoTime() - start) / 1e9 + " s");
    for (StrategyResult s : report.strategies()) {
      System.out.println(
          s.name()
              + " "
              + s.atBudget()
              + " "
              + s.stops()
              + " uniq "
              + s.uniqueNetworks()
              + " rec "
              + s.recommended());
    }
    report =
        SearchStudy.on(table(), Budget.evaluations(200), 1)
            .withRepeats(500)
            .with(EnumeratedTable.Signal.ofRun(1))
            .run(List.of(contender("random"), contender("rea")));
    report.findings().forEach(System.out::println);
    assertTrue(true);
  }
}
