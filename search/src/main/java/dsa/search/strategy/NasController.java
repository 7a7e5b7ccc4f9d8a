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
 * The controller of Zoph and Le (<i>Neural Architecture Search with Reinforcement Learning</i>,
 * ICLR 2017) on any space: an LSTM writes the options of an encoding one after the other; REINFORCE
 * with a moving average as baseline and Adam (Kingma and Ba, ICLR 2015) make good ones more
 * probable.
 */
final class NasController implements SearchStrategy {

  static final StrategyType TYPE =
      new StrategyType(
          "nas-controller",
          "Policy gradient on an LSTM that writes an encoding option by option.",
          List.of(
              Setting.number("lr", 0.003, 1e-9, 10, "of Adam"),
              Setting.number("batch", 1, 1, 1e6, "networks to a step of Adam"),
              Setting.number("hidden", 35, 1, 1000, "units of the LSTM"),
              Setting.number("decay", 0.9, 0, 1, "of the moving average that rewards are held to"),
              Setting.number("exponent", 1, 0.1, 10, "of accuracy in the reward"),
              Setting.number("entropy", 0, 0, 10, "weight of an entropy bonus")),
          true,
          false,
          NasController::new);

  private static final double INITIAL = 0.08; // weights are uniform in plus or minus this
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final StrategyType.Setup setup;
  private final LstmPolicy policy;
  private final double rate;
  private final int batch;
  private final double decay;
  private final double exponent;
  private final double bonus;
  private final double[] gradient;
  private final double[] firstMoment;
  private final double[] secondMoment;
  private double baseline = Double.NaN;
  private int collected;
  private long step;
  private int updates;

  NasController(StrategyType.Setup setup) {
    this.setup = setup;
    rate = setup.settings().number("lr");
    batch = setup.settings().count("batch");
    decay = setup.settings().number("decay");
    exponent = setup.settings().number("exponent");
    bonus = setup.settings().number("entropy");
    int[] options = new int[setup.space().positions()];
    for (int i = 0; i < options.length; i++) {
      options[i] = setup.space().options(i);
    }
    policy =
        new LstmPolicy(
            options,
            setup.settings().count("hidden"),
            INITIAL,
            setup.seed().child("weights").generator());
    int size = policy.parameters().length;
    gradient = new double[size];
    firstMoment = new double[size];
    secondMoment = new double[size];
  }

  @Override
  public Optional<Proposal> ask() {
    Encoding drawn = policy.draw(setup.seed().child("controller").child(step++).generator());
    return Optional.of(Proposal.of(drawn, setup.epochs()));
  }

  @Override
  public void tell(Evaluation evaluation) {
    double reward = StrictMath.pow(evaluation.accuracyPct() / 100, exponent);
    if (Double.isNaN(baseline)) {
      baseline = reward;
    }
    policy.addGradient(evaluation.encoding(), reward - baseline, bonus, gradient);
    baseline = decay * baseline + (1 - decay) * reward;
    if (++collected == batch) {
      adam();
      collected = 0;
    }
  }

  private void adam() {
    updates++;
    double[] theta = policy.parameters();
    double correction1 = 1 - StrictMath.pow(BETA1, updates);
    double correction2 = 1 - StrictMath.pow(BETA2, updates);
    for (int i = 0; i < theta.length; i++) {
      double up = gradient[i] / batch;
      firstMoment[i] = BETA1 * firstMoment[i] + (1 - BETA1) * up;
      secondMoment[i] = BETA2 * secondMoment[i] + (1 - BETA2) * up * up;
      theta[i] +=
          rate
              * (firstMoment[i] / correction1)
              / (Math.sqrt(secondMoment[i] / correction2) + EPSILON);
      gradient[i] = 0;
    }
  }

  @Override
  public Optional<Encoding> recommended() {
    return Optional.of(policy.greedy());
  }
}
