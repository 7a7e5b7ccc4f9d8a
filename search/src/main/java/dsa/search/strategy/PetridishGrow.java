package dsa.search.strategy;

import dsa.analysis.association.EpsilonHull;
import dsa.core.random.RandomStream;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchSpace;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StopReason;
import dsa.search.StrategyType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forward growth over a gallery, after Petridish (Hu et al., <i>Efficient Forward Architecture
 * Search</i>, NeurIPS 2019; parent sampling as microsoft/archai has it): a parent is drawn from the
 * epsilon-hull of cost and error, and a network one step larger takes its place beside it. The step
 * is drawn at random, the authors' random option: there are no candidate layers behind stop
 * gradients here, no scores of them and no warm starts.
 */
final class PetridishGrow implements SearchStrategy {

  static final StopReason GALLERY_FULL =
      new StopReason("gallery-full", "the gallery holds as many networks as it may");
  static final StopReason TOO_LARGE =
      new StopReason("largest-cost", "a parent reached the largest cost allowed");

  static final StrategyType TYPE =
      new StrategyType(
          "petridish-grow",
          "Grows networks from small ones, parents drawn from the epsilon-hull of the gallery.",
          List.of(
              Setting.number("epsilon", 0.025, 0, 10, "how far above the hull parents may lie"),
              Setting.number("tries", 50, 1, 1e6, "for a new child before one is drawn at random"),
              Setting.number("gallery", 1e9, 1, 1e9, "networks at which it ends"),
              Setting.number("mmacs", 1e9, 0, 1e9, "million MACs of a parent at which it ends")),
          true,
          false,
          PetridishGrow::new);

  private final StrategyType.Setup setup;
  private final double epsilon;
  private final int tries;
  private final long largestGallery;
  private final double largestCost;
  private final List<Encoding> seeds;
  private final List<Member> gallery = new ArrayList<>();
  private final Map<Object, Member> memberOf = new HashMap<>();
  private Member parent;
  private StopReason stop;
  private long step;

  /** A network of the gallery and how often it was a parent. */
  private static final class Member {
    final Encoding encoding;
    final double cost;
    final double error;
    int used;

    Member(Encoding encoding, double cost, double error) {
      this.encoding = encoding;
      this.cost = cost;
      this.error = error;
    }
  }

  PetridishGrow(StrategyType.Setup setup) {
    this.setup = setup;
    epsilon = setup.settings().number("epsilon");
    tries = setup.settings().count("tries");
    largestGallery = setup.settings().count("gallery");
    largestCost = setup.settings().number("mmacs") * 1e6;
    seeds = seeds(setup.space());
  }

  /**
   * The cheapest network, and it with the smallest growth at the first, third, fifth, … position.
   */
  static List<Encoding> seeds(SearchSpace space) {
    Encoding cheapest = Encoding.of(new int[space.positions()]);
    for (int i = 0; i < space.positions(); i++) {
      Encoding best = cheapest;
      for (int option = 1; option < space.options(i); option++) {
        Encoding other = cheapest.with(i, option);
        best = space.cost(other) < space.cost(best) ? other : best;
      }
      cheapest = best;
    }
    List<Encoding> seeds = new ArrayList<>(List.of(cheapest));
    for (int i = 0; i < space.positions(); i += 2) {
      Encoding smallest = null;
      for (Encoding grown : space.growths(cheapest)) {
        if (grown.at(i) != cheapest.at(i)
            && (smallest == null || space.cost(grown) < space.cost(smallest))) {
          smallest = grown;
        }
      }
      if (smallest != null) {
        seeds.add(smallest);
      }
    }
    return seeds;
  }

  @Override
  public Optional<Proposal> ask() {
    if (gallery.size() >= largestGallery) {
      stop = GALLERY_FULL;
    } else if (parent != null && parent.cost >= largestCost) {
      stop = TOO_LARGE;
    }
    if (stop != null) {
      return Optional.empty();
    }
    long now = step++;
    if (now < seeds.size()) {
      return propose(seeds.get((int) now));
    }
    RandomStream random = setup.seed().child("grow").child(now).generator();
    int[] hull = hull();
    for (int attempt = 0; attempt < tries; attempt++) {
      Member drawn = gallery.get(hull[Distributions.draw(weights(hull), random)]);
      drawn.used++;
      List<Encoding> growths = setup.space().growths(drawn.encoding);
      if (growths.isEmpty()) {
        continue;
      }
      Encoding child = growths.get(random.nextInt(growths.size()));
      if (!memberOf.containsKey(setup.space().network(child))) {
        parent = drawn;
        return propose(child);
      }
    }
    return propose(setup.space().draw(random));
  }

  private Optional<Proposal> propose(Encoding encoding) {
    return Optional.of(Proposal.of(encoding, setup.epochs()));
  }

  private int[] hull() {
    return EpsilonHull.of(
            gallery.stream().mapToDouble(m -> m.cost).toArray(),
            gallery.stream().mapToDouble(m -> m.error).toArray())
        .within(epsilon);
  }

  /**
   * {@code 1 / (1 + uses) + 1 / (1 + cost)}, both scaled to [0, 1] over the members drawn from, as
   * archai has it; divided by their sum.
   */
  private double[] weights(int[] members) {
    double[] uses = new double[members.length];
    double[] costs = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      uses[i] = gallery.get(members[i]).used;
      costs[i] = gallery.get(members[i]).cost;
    }
    return weights(uses, costs);
  }

  /** The weights of members used so often and of such costs. */
  static double[] weights(double[] uses, double[] costs) {
    double[] scaledUses = scaled(uses);
    double[] scaledCosts = scaled(costs);
    double[] weights = new double[uses.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 / (1 + scaledUses[i]) + 1 / (1 + scaledCosts[i]);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double[] scaled(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = high > low ? (values[i] - low) / (high - low) : 0;
    }
    return scaled;
  }

  @Override
  public void tell(Evaluation evaluation) {
    Object network = setup.space().network(evaluation.encoding());
    if (!memberOf.containsKey(network)) {
      Member member =
          new Member(
              evaluation.encoding(),
              setup.space().cost(evaluation.encoding()),
              evaluation.errorPct());
      memberOf.put(network, member);
      gallery.add(member);
    }
  }

  @Override
  public StopReason stopReason() {
    return stop;
  }
}
