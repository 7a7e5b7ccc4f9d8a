package dsa.search.strategy;

import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StrategyType;
import java.util.List;
import java.util.Optional;

/**
 * REINFORCE over independent categorical distributions, as the NAS-Bench-101 baseline has it (Ying
 * et al., ICML 2019; automl/nas_benchmarks {@code run_rl.py}): logits that begin at zero go up the
 * gradient of the log-probability times the advantage, the reward being accuracy in [0, 1] and the
 * baseline its exponential moving average, which begins with the first reward.
 */
final class Reinforce implements SearchStrategy {

  static final StrategyType TYPE =
      new StrategyType(
          "reinforce",
          "Policy gradient on independent logits for each position.",
          List.of(
              Setting.number("lr", 5, 1e-9, 1e6, "step along the gradient"),
              Setting.number("decay", 0.9, 0, 1, "of the moving average that rewards are held to")),
          true,
          false,
          Reinforce::new);

  private final StrategyType.Setup setup;
  private final double rate;
  private final double decay;
  private final double[][] logits;
  private double baseline = Double.NaN;
  private long step;

  Reinforce(StrategyType.Setup setup) {
    this.setup = setup;
    rate = setup.settings().number("lr");
    decay = setup.settings().number("decay");
    logits = new double[setup.space().positions()][];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = new double[setup.space().options(i)];
    }
  }

  private double[][] probabilities() {
    double[][] p = new double[logits.length][];
    for (int i = 0; i < p.length; i++) {
      p[i] = Distributions.softmax(logits[i]);
    }
    return p;
  }

  @Override
  public Optional<Proposal> ask() {
    Encoding drawn =
        Distributions.draw(probabilities(), setup.seed().child("policy").child(step++).generator());
    return Optional.of(Proposal.of(drawn, setup.epochs()));
  }

  @Override
  public void tell(Evaluation evaluation) {
    double reward = evaluation.accuracyPct() / 100;
    if (Double.isNaN(baseline)) {
      baseline = reward;
    }
    double advantage = reward - baseline;
    baseline = decay * baseline + (1 - decay) * reward;
    double[][] p = probabilities();
    for (int i = 0; i < logits.length; i++) {
      for (int k = 0; k < logits[i].length; k++) {
        double drawn = k == evaluation.encoding().at(i) ? 1 : 0;
        logits[i][k] += rate * advantage * (drawn - p[i][k]);
      }
    }
  }

  @Override
  public Optional<Encoding> recommended() {
    return Optional.of(Distributions.mostProbable(logits));
  }
}
