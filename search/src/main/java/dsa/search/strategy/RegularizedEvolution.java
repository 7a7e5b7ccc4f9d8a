package dsa.search.strategy;

import dsa.core.random.RandomStream;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StrategyType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Regularized evolution (Real et al., <i>Regularized Evolution for Image Classifier Architecture
 * Search</i>, AAAI 2019, algorithm 1): a population drawn at random; then, again and again, the
 * best of a tournament drawn without replacement is changed at one position, and its child takes
 * the place of the oldest.
 */
final class RegularizedEvolution implements SearchStrategy {

  static final StrategyType TYPE =
      new StrategyType(
          "rea",
          "Regularized evolution: mutates the best of a tournament, drops the oldest.",
          List.of(
              Setting.number("population", 50, 1, 1e6, "networks alive"),
              Setting.number("tournament", 10, 1, 1e6, "of them drawn to compete")),
          true,
          false,
          RegularizedEvolution::new);

  private final StrategyType.Setup setup;
  private final int size;
  private final int tournament;
  private final Deque<Evaluation> population = new ArrayDeque<>();
  private long step;

  RegularizedEvolution(StrategyType.Setup setup) {
    this.setup = setup;
    size = setup.settings().count("population");
    tournament = setup.settings().count("tournament");
    if (tournament > size) {
      throw new IllegalArgumentException(
          "tournament=" + tournament + " exceeds population=" + size);
    }
  }

  @Override
  public Optional<Proposal> ask() {
    long now = step++;
    if (now < size) {
      return Optional.of(Proposal.of(setup.drawn(now), setup.epochs()));
    }
    RandomStream random = setup.seed().child("evolve").child(now).generator();
    List<Evaluation> alive = new ArrayList<>(population);
    Evaluation best = null;
    for (int i = 0; i < tournament; i++) {
      Evaluation drawn = alive.set(i + random.nextInt(alive.size() - i), alive.get(i));
      if (best == null || drawn.errorPct() < best.errorPct()) {
        best = drawn;
      }
    }
    Encoding child = setup.space().mutate(best.encoding(), random);
    return Optional.of(Proposal.of(child, setup.epochs()));
  }

  @Override
  public void tell(Evaluation evaluation) {
    population.addLast(evaluation);
    if (population.size() > size) {
      population.removeFirst();
    }
  }
}
