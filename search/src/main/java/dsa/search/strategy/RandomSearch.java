package dsa.search.strategy;

import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StrategyType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws networks uniformly over encodings: what every other strategy is read against. */
final class RandomSearch implements SearchStrategy {

  static final StrategyType TYPE =
      new StrategyType(
          "random",
          "Draws encodings uniformly: the baseline.",
          List.of(
              Setting.word(
                  "replacement", "whether a network may be drawn again", "with", "without")),
          false,
          false,
          RandomSearch::new);

  /** Draws in a row that find nothing new before all is taken to be seen. */
  private static final int MOST_DRAWS = 100_000;

  private final StrategyType.Setup setup;
  private final boolean distinct;
  private final Set<Object> seen = new HashSet<>();
  private long draws;

  RandomSearch(StrategyType.Setup setup) {
    this.setup = setup;
    distinct = setup.settings().word("replacement").equals("without");
  }

  @Override
  public Optional<Proposal> ask() {
    for (int i = 0; i < MOST_DRAWS; i++) {
      Encoding drawn = setup.drawn(draws++);
      if (!distinct || seen.add(setup.space().network(drawn))) {
        return Optional.of(Proposal.of(drawn, setup.epochs()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void tell(Evaluation evaluation) {
    // learns nothing
  }
}
