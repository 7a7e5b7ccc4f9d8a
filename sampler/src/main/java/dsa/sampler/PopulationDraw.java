package dsa.sampler;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.core.run.Population;
import dsa.core.run.TrainedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Networks drawn, without replacement, from those that a population has trained already: to train
 * them again, for longer or under another seed. A network's index is its model's place in the
 * population, from 0, and networks stand in that order.
 *
 * @param models the networks drawn
 * @param rejected models outside the cap, or whose network is not known
 * @param repeats models dropped because an earlier one has the same network
 */
public record PopulationDraw(List<DrawnModel> models, long rejected, long repeats) {

  /** Copies the list. */
  public PopulationDraw {
    models = List.copyOf(models);
  }

  /** How the networks are spread over those that may be drawn. */
  public enum Rule {
    /** Every set of n networks is equally likely. */
    UNIFORM,
    /**
     * The models by rising error (a diverged one has that of guessing; ties by id) are cut into n
     * groups whose sizes differ by at most one, and one network is drawn uniformly from each.
     */
    BY_ERROR
  }

  private record Eligible(DrawnModel drawn, TrainedModel model) {}

  /**
   * Draws {@code n} networks at {@code seed.child("draw").child(population.name())}.
   *
   * @param task what the networks' costs are counted for
   * @param cap that they must keep to
   * @param repeatedNetworks of several models with one network: whether only the first may be drawn
   * @throws IllegalArgumentException if fewer than {@code n} networks may be drawn
   */
  public static PopulationDraw of(
      Population population,
      Task task,
      ComplexityCap cap,
      int n,
      Repeats repeatedNetworks,
      Rule rule,
      SeedPath seed) {
    List<Eligible> eligible = new ArrayList<>();
    Set<ArchitectureSpec> seen = new HashSet<>();
    long rejected = 0;
    long repeats = 0;
    for (int i = 0; i < population.models().size(); i++) {
      TrainedModel model = population.models().get(i);
      if (model.architecture().isEmpty()) {
        rejected++;
        continue;
      }
      ArchitectureSpec spec = model.architecture().get();
      Complexity cost = spec.complexity(task);
      if (!cap.admits(cost)) {
        rejected++;
      } else if (repeatedNetworks == Repeats.DROPPED && !seen.add(spec.canonical())) {
        repeats++;
      } else {
        eligible.add(new Eligible(new DrawnModel(i, spec, cost), model));
      }
    }
    if (n < 1 || n > eligible.size()) {
      throw new IllegalArgumentException(
          n
              + " networks were asked for, but population "
              + population.name()
              + " has "
              + eligible.size()
              + " to draw from ("
              + rejected
              + " of its "
              + population.models().size()
              + " models are outside the limits or of unknown architecture)");
    }
    RandomStream random = seed.child("draw").child(population.name()).generator();
    if (rule == Rule.BY_ERROR) {
      double chance = population.origin().chanceErrorPct();
      eligible.sort(
          Comparator.<Eligible>comparingDouble(e -> e.model().testError().orElse(chance))
              .thenComparing(e -> e.model().id()));
    }
    List<DrawnModel> drawn = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (rule == Rule.BY_ERROR) {
        int from = (int) ((long) eligible.size() * i / n);
        int to = (int) ((long) eligible.size() * (i + 1) / n);
        drawn.add(eligible.get(from + random.nextInt(to - from)).drawn());
      } else { // the first n of a shuffle
        int other = i + random.nextInt(eligible.size() - i);
        drawn.add(eligible.get(other).drawn());
        eligible.set(other, eligible.get(i));
      }
    }
    drawn.sort(Comparator.comparingInt(DrawnModel::index));
    return new PopulationDraw(drawn, rejected, repeats);
  }
}
