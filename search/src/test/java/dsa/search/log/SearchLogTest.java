package dsa.search.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.io.MalformedFileException;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.search.Budget;
import dsa.search.BudgetUnit;
import dsa.search.Evaluator;
import dsa.search.Examples;
import dsa.search.Search;
import dsa.search.SearchTrace;
import dsa.search.StrategyType;
import dsa.search.strategy.Strategies;
import dsa.search.table.EnumeratedTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search of days that is killed must go on as if it had not been: with no evaluation lost, none
 * made twice, and the same proposals to its end.
 */
final class SearchLogTest {

  private static final EnumeratedTable TABLE = Examples.table("mixnet-mini");
  private static final int KILLS = 50;

  @TempDir private Path folder;

  /** Stands for the end of a process. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static SearchLog.Head head(StrategyType type) {
    return new SearchLog.Head(type.name(), "", TABLE.space().name(), "test", 4, 0);
  }

  private static Budget budget(StrategyType type) {
    return type.curves() ? Budget.of(BudgetUnit.EPOCHS, 150) : Budget.evaluations(80);
  }

  /** Runs until the end, or until so many evaluations were made. */
  private static SearchTrace run(StrategyType type, Path file, int evaluations, AtomicInteger made)
      throws IOException {
    SeedPath seed = SeedPath.root(4);
    Evaluator table = TABLE.evaluator(EnumeratedTable.Signal.RANDOM, seed);
    int from = made.get();
    try (SearchLog log = SearchLog.open(file, head(type), false)) {
      return Search.run(
          type.on(TABLE.space(), TABLE.epochs(), Map.of(), seed),
          TABLE.space(),
          proposal -> {
            if (made.get() - from >= evaluations) {
              throw new Killed();
            }
            made.incrementAndGet();
            return table.evaluate(proposal);
          },
          budget(type),
          log.before(),
          log::append);
    }
  }

  @Test
  void everyStrategyGoesOnFromAnyByteAsIfNotInterrupted() throws IOException {
    RandomStream random = SeedPath.root(9).generator();
    for (StrategyType type : Strategies.ALL) {
      Path whole = folder.resolve(type.name() + ".jsonl");
      SearchTrace expected = run(type, whole, Integer.MAX_VALUE, new AtomicInteger());
      byte[] bytes = Files.readAllBytes(whole);
      for (int kill = 0; kill < (KILLS + 8) / Strategies.ALL.size() + 1; kill++) {
        Path file = folder.resolve(type.name() + "-" + kill + ".jsonl");
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        SearchTrace resumed = run(type, file, Integer.MAX_VALUE, new AtomicInteger());
        assertArrayEquals(bytes, Files.readAllBytes(file), type.name());
        assertEquals(expected, resumed, type.name());
      }
    }
  }

  @Test
  void noEvaluationIsMadeTwiceHoweverOftenItIsKilled() throws IOException {
    for (StrategyType type : Strategies.ALL) {
      Path whole = folder.resolve(type.name() + ".jsonl");
      AtomicInteger inOneGo = new AtomicInteger();
      run(type, whole, Integer.MAX_VALUE, inOneGo);
      Path file = folder.resolve(type.name() + "-killed.jsonl");
      AtomicInteger made = new AtomicInteger();
      boolean ended = false;
      while (!ended) {
        try {
          run(type, file, 17, made);
          ended = true;
        } catch (Killed e) {
          assertTrue(made.get() <= inOneGo.get(), type.name());
        }
      }
      assertEquals(inOneGo.get(), made.get(), type.name());
      assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(file), type.name());
    }
  }

  @Test
  void anotherSearchIsNotTakenForThisOne() throws IOException {
    Path file = folder.resolve("log.jsonl");
    run(Strategies.find("rea"), file, Integer.MAX_VALUE, new AtomicInteger());
    MalformedFileException refused =
        assertThrows(
            MalformedFileException.class,
            () -> SearchLog.open(file, head(Strategies.find("random")), true));
    assertTrue(refused.getMessage().contains("another search"), refused.getMessage());
    String damaged = Files.readString(file).replace("\"n\":7,", "\"n\":8,");
    Files.write(file, damaged.getBytes(StandardCharsets.UTF_8));
    refused =
        assertThrows(
            MalformedFileException.class,
            () -> SearchLog.open(file, head(Strategies.find("rea")), true));
    assertTrue(refused.getMessage().contains(":8:"), refused.getMessage());
  }
}
