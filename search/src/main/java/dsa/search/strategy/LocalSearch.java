package dsa.search.strategy;

import dsa.core.random.RandomStream;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StrategyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Local search (White et al., <i>Exploring the Loss Landscape in Neural Architecture Search</i>,
 * UAI 2021): from a network drawn at random to the best of its neighbours, or to the first that is
 * better, until none is; then from another.
 */
final class LocalSearch implements SearchStrategy {

  static final StrategyType TYPE =
      new StrategyType(
          "local-search",
          "Goes to a better neighbour until there is none, then starts anew.",
          List.of(
              Setting.word(
                  "step",
                  "to the best of all neighbours, or to the first better",
                  "best",
                  "first")),
          true,
          false,
          LocalSearch::new);

  private final StrategyType.Setup setup;
  private final boolean first;
  private final List<Encoding> waiting = new ArrayList<>(); // neighbours, the next last
  private Evaluation here;
  private Evaluation bestNeighbour;
  private long starts;
  private long moves;

  LocalSearch(StrategyType.Setup setup) {
    this.setup = setup;
    first = setup.settings().word("step").equals("first");
  }

  @Override
  public Optional<Proposal> ask() {
    if (here != null && waiting.isEmpty()) {
      boolean better = bestNeighbour != null && bestNeighbour.errorPct() < here.errorPct();
      arrive(better ? bestNeighbour : null);
    }
    Encoding next = here == null ? setup.drawn(starts++) : waiting.remove(waiting.size() - 1);
    return Optional.of(Proposal.of(next, setup.epochs()));
  }

  @Override
  public void tell(Evaluation evaluation) {
    if (here == null) {
      arrive(evaluation);
      return;
    }
    if (bestNeighbour == null || evaluation.errorPct() < bestNeighbour.errorPct()) {
      bestNeighbour = evaluation;
    }
    if (first && evaluation.errorPct() < here.errorPct()) {
      arrive(evaluation);
    }
  }

  private void arrive(Evaluation place) {
    here = place;
    bestNeighbour = null;
    waiting.clear();
    if (place == null) {
      return;
    }
    waiting.addAll(setup.space().neighbours(place.encoding()));
    RandomStream random = setup.seed().child("neighbours").child(moves++).generator();
    for (int i = waiting.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      waiting.set(i, waiting.set(other, waiting.get(i)));
    }
    if (waiting.isEmpty()) {
      here = null;
    }
  }
}
