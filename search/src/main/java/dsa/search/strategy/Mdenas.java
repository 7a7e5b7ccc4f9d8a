package dsa.search.strategy;

import dsa.core.random.RandomStream;
import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StopReason;
import dsa.search.StrategyType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Multinomial distribution learning (MDENAS) without shared weights: each evaluation stands for one
 * epoch of the one-path network that was drawn. What the published rule leaves open is a setting;
 * see {@link MdenasRule}. It is told accuracies: given errors, the rule is inverted.
 */
final class Mdenas implements SearchStrategy {

  static final StopReason ONE_CHOICE =
      new StopReason("one-choice", "one option has all the probability at every position");
  static final StopReason ENTROPY =
      new StopReason("entropy", "the distributions' entropy fell below its threshold");
  static final StopReason EPOCH_CAP =
      new StopReason("epoch-cap", "the cap on its epochs was reached");

  static final StrategyType TYPE =
      new StrategyType(
          "mdenas",
          "The MDENAS rule, replayed without shared weights.",
          List.of(
              Setting.number("alpha", 0.01, 1e-9, 1, "probability that moves at once"),
              Setting.word("record", "accuracy kept of an option", "last", "mean"),
              Setting.word("ties", "whether equal counts move probability", "strict", "loose"),
              Setting.word("clip", "how probabilities stay above 0", "pairwise", "renorm"),
              Setting.number("epochs", 150, 1, 1e9, "evaluations before it ends by itself"),
              Setting.number("entropy", 0, 0, 1, "share of the uniform entropy to end below"),
              Setting.word("warmup", "each option once in random order first", "no", "yes")),
          true,
          false,
          Mdenas::new);

  private static final double WHOLE = 1 - 1e-9;

  private final StrategyType.Setup setup;
  private final MdenasRule rule;
  private final boolean mean;
  private final long cap;
  private final double leastEntropy;
  private final boolean warmup;
  private final double[][] p;
  private final double[][] counts;
  private final double[][] accuracies;
  private long step;
  private StopReason stop;

  Mdenas(StrategyType.Setup setup) {
    this.setup = setup;
    rule =
        new MdenasRule(
            setup.settings().number("alpha"),
            setup.settings().word("ties").equals("strict"),
            setup.settings().word("clip").equals("pairwise")
                ? MdenasRule.Clip.PAIRWISE
                : MdenasRule.Clip.RENORM);
    mean = setup.settings().word("record").equals("mean");
    cap = setup.settings().count("epochs");
    leastEntropy = setup.settings().number("entropy");
    warmup = setup.settings().word("warmup").equals("yes");
    int positions = setup.space().positions();
    p = new double[positions][];
    counts = new double[positions][];
    accuracies = new double[positions][];
    for (int i = 0; i < positions; i++) {
      int options = setup.space().options(i);
      p[i] = new double[options];
      Arrays.fill(p[i], 1.0 / options);
      counts[i] = new double[options];
      accuracies[i] = new double[options];
    }
  }

  /** The probabilities of the options of a position, a copy. */
  double[] probabilities(int position) {
    return p[position].clone();
  }

  private StopReason reached() {
    boolean one = true;
    for (double[] of : p) {
      double largest = 0;
      for (double each : of) {
        largest = Math.max(largest, each);
      }
      one &= largest >= WHOLE;
    }
    if (one) {
      return ONE_CHOICE;
    }
    if (Distributions.normalizedEntropy(p) < leastEntropy) {
      return ENTROPY;
    }
    return step >= cap ? EPOCH_CAP : null;
  }

  @Override
  public Optional<Proposal> ask() {
    stop = reached();
    if (stop != null) {
      return Optional.empty();
    }
    long now = step++;
    Encoding drawn =
        warmup && now < warmupLength()
            ? warm(now)
            : Distributions.draw(p, setup.seed().child("multinomial").child(now).generator());
    return Optional.of(Proposal.of(drawn, setup.epochs()));
  }

  private int warmupLength() {
    int longest = 0;
    for (double[] of : p) {
      longest = Math.max(longest, of.length);
    }
    return longest;
  }

  /** The n-th of the options of each position, in an order of its own; round again where few. */
  private Encoding warm(long n) {
    int[] options = new int[p.length];
    for (int i = 0; i < options.length; i++) {
      int[] order = new int[p[i].length];
      RandomStream random = setup.seed().child("warmup").child(i).generator();
      for (int k = 0; k < order.length; k++) {
        int other = random.nextInt(k + 1);
        order[k] = order[other];
        order[other] = k;
      }
      options[i] = order[(int) (n % order.length)];
    }
    return Encoding.of(options);
  }

  @Override
  public void tell(Evaluation evaluation) {
    double accuracy = evaluation.accuracyPct();
    for (int i = 0; i < p.length; i++) {
      int option = evaluation.encoding().at(i);
      counts[i][option]++;
      accuracies[i][option] =
          mean
              ? accuracies[i][option] + (accuracy - accuracies[i][option]) / counts[i][option]
              : accuracy;
    }
    if (warmup && step <= warmupLength()) {
      return; // nothing is moved before each option was trained
    }
    for (int i = 0; i < p.length; i++) {
      rule.update(p[i], counts[i], accuracies[i]);
    }
  }

  @Override
  public StopReason stopReason() {
    return stop;
  }

  @Override
  public Optional<Encoding> recommended() {
    return Optional.of(Distributions.mostProbable(p));
  }
}
