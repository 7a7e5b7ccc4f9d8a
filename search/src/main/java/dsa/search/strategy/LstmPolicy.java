package dsa.search.strategy;

import dsa.core.random.RandomStream;
import dsa.search.Encoding;
import java.util.Arrays;

/**
 * A policy that writes an encoding position by position: one LSTM cell (Hochreiter and Schmidhuber,
 * 1997) reads an embedding of the option before and of its position, and a linear head for each
 * position gives the logits of its options. All its parameters stand in one array.
 */
final class LstmPolicy {

  private final int[] options;
  private final int hidden;
  private final int[] embeddingAt; // of the options of each position
  private final int[] headAt; // of each position: weights, then biases
  private final int inputAt;
  private final int recurrentAt;
  private final int biasAt;
  private final double[] theta;

  /** All that a pass through the network leaves for the way back. */
  private static final class Pass {
    final double[][] gates; // input, forget, candidate, output, activated
    final double[][] cells;
    final double[][] outputs;
    final double[][] probabilities;
    final int[] inputs; // where each step's embedding stands
    final int[] chosen;

    Pass(int steps) {
      gates = new double[steps][];
      cells = new double[steps][];
      outputs = new double[steps][];
      probabilities = new double[steps][];
      inputs = new int[steps];
      chosen = new int[steps];
    }
  }

  /**
   * A policy with weights uniform in ±scale.
   *
   * @param options how many options each position has
   * @param hidden units, at least 1
   */
  LstmPolicy(int[] options, int hidden, double scale, RandomStream random) {
    this.options = options.clone();
    this.hidden = hidden;
    embeddingAt = new int[options.length];
    headAt = new int[options.length];
    int at = hidden; // the first step's input comes first
    for (int t = 0; t < options.length; t++) {
      embeddingAt[t] = at;
      at += options[t] * hidden;
    }
    inputAt = at;
    at += 4 * hidden * hidden;
    recurrentAt = at;
    at += 4 * hidden * hidden;
    biasAt = at;
    at += 4 * hidden;
    for (int t = 0; t < options.length; t++) {
      headAt[t] = at;
      at += options[t] * (hidden + 1);
    }
    theta = new double[at];
    for (int i = 0; i < at; i++) {
      theta[i] = scale * (2 * random.nextDouble() - 1);
    }
  }

  /** The parameters themselves: changing them changes the policy. */
  double[] parameters() {
    return theta;
  }

  /** Draws an encoding. */
  Encoding draw(RandomStream random) {
    return Encoding.of(forward(null, random).chosen);
  }

  /** The encoding whose every option is the most probable after those before it. */
  Encoding greedy() {
    return Encoding.of(forward(null, null).chosen);
  }

  /** The probability of each option of a position, given the options of an encoding before it. */
  double[] probabilities(Encoding encoding, int position) {
    return forward(encoding, null).probabilities[position];
  }

  /** {@code advantage · log p(encoding) + bonus · Σ entropy}, which learning increases. */
  double objective(Encoding encoding, double advantage, double bonus) {
    Pass pass = forward(encoding, null);
    double sum = 0;
    for (int t = 0; t < options.length; t++) {
      double[] p = pass.probabilities[t];
      sum += advantage * StrictMath.log(p[pass.chosen[t]]) + bonus * entropy(p);
    }
    return sum;
  }

  private static double entropy(double[] p) {
    double entropy = 0;
    for (double each : p) {
      entropy -= each > 0 ? each * StrictMath.log(each) : 0;
    }
    return entropy;
  }

  /** Adds the gradient of {@link #objective} to {@code gradient}. */
  void addGradient(Encoding encoding, double advantage, double bonus, double[] gradient) {
    Pass pass = forward(encoding, null);
    double[] onOutput = new double[hidden];
    double[] onCell = new double[hidden];
    for (int t = options.length - 1; t >= 0; t--) {
      head(pass, t, advantage, bonus, onOutput, gradient);
      double[] onGates = cell(pass, t, onOutput, onCell);
      double[] before = t == 0 ? new double[hidden] : pass.outputs[t - 1];
      Arrays.fill(onOutput, 0);
      for (int g = 0; g < 4 * hidden; g++) {
        double on = onGates[g];
        gradient[biasAt + g] += on;
        int input = inputAt + g * hidden;
        int recurrent = recurrentAt + g * hidden;
        for (int k = 0; k < hidden; k++) {
          gradient[input + k] += on * theta[pass.inputs[t] + k];
          gradient[pass.inputs[t] + k] += on * theta[input + k];
          gradient[recurrent + k] += on * before[k];
          onOutput[k] += on * theta[recurrent + k];
        }
      }
    }
  }

  /** Back through the head of a step: onto its weights and the cell's output. */
  private void head(
      Pass pass, int t, double advantage, double bonus, double[] onOutput, double[] gradient) {
    double[] p = pass.probabilities[t];
    double entropy = entropy(p);
    int biases = headAt[t] + options[t] * hidden;
    for (int k = 0; k < options[t]; k++) {
      double on =
          advantage * ((k == pass.chosen[t] ? 1 : 0) - p[k])
              - bonus * p[k] * ((p[k] > 0 ? StrictMath.log(p[k]) : 0) + entropy);
      gradient[biases + k] += on;
      int weights = headAt[t] + k * hidden;
      for (int h = 0; h < hidden; h++) {
        gradient[weights + h] += on * pass.outputs[t][h];
        onOutput[h] += on * theta[weights + h];
      }
    }
  }

  /** Back through the cell of a step: onto its gates before activation, and the cell before. */
  private double[] cell(Pass pass, int t, double[] onOutput, double[] onCell) {
    double[] gates = pass.gates[t];
    double[] onGates = new double[4 * hidden];
    for (int h = 0; h < hidden; h++) {
      double in = gates[h];
      double forget = gates[hidden + h];
      double candidate = gates[2 * hidden + h];
      double out = gates[3 * hidden + h];
      double squashed = StrictMath.tanh(pass.cells[t][h]);
      double cellBefore = t == 0 ? 0 : pass.cells[t - 1][h];
      double on = onCell[h] + onOutput[h] * out * (1 - squashed * squashed);
      onGates[h] = on * candidate * in * (1 - in);
      onGates[hidden + h] = on * cellBefore * forget * (1 - forget);
      onGates[2 * hidden + h] = on * in * (1 - candidate * candidate);
      onGates[3 * hidden + h] = onOutput[h] * squashed * out * (1 - out);
      onCell[h] = on * forget;
    }
    return onGates;
  }

  /** A pass for a given encoding, or one that is drawn, or the most probable one. */
  private Pass forward(Encoding given, RandomStream random) {
    Pass pass = new Pass(options.length);
    double[] output = new double[hidden];
    double[] cell = new double[hidden];
    for (int t = 0; t < options.length; t++) {
      pass.inputs[t] = t == 0 ? 0 : embeddingAt[t - 1] + pass.chosen[t - 1] * hidden;
      double[] gates = new double[4 * hidden];
      for (int g = 0; g < gates.length; g++) {
        double sum = theta[biasAt + g];
        int input = inputAt + g * hidden;
        int recurrent = recurrentAt + g * hidden;
        for (int k = 0; k < hidden; k++) {
          sum += theta[input + k] * theta[pass.inputs[t] + k] + theta[recurrent + k] * output[k];
        }
        gates[g] = g / hidden == 2 ? StrictMath.tanh(sum) : 1 / (1 + StrictMath.exp(-sum));
      }
      double[] nextCell = new double[hidden];
      double[] nextOutput = new double[hidden];
      for (int h = 0; h < hidden; h++) {
        nextCell[h] = gates[hidden + h] * cell[h] + gates[h] * gates[2 * hidden + h];
        nextOutput[h] = gates[3 * hidden + h] * StrictMath.tanh(nextCell[h]);
      }
      cell = nextCell;
      output = nextOutput;
      pass.gates[t] = gates;
      pass.cells[t] = cell;
      pass.outputs[t] = output;
      pass.probabilities[t] = Distributions.softmax(logits(t, output));
      pass.chosen[t] =
          given != null
              ? given.at(t)
              : random != null
                  ? Distributions.draw(pass.probabilities[t], random)
                  : largest(pass.probabilities[t]);
    }
    return pass;
  }

  private double[] logits(int t, double[] output) {
    double[] logits = new double[options[t]];
    for (int k = 0; k < logits.length; k++) {
      double sum = theta[headAt[t] + logits.length * hidden + k];
      for (int h = 0; h < hidden; h++) {
        sum += theta[headAt[t] + k * hidden + h] * output[h];
      }
      logits[k] = sum;
    }
    return logits;
  }

  private static int largest(double[] p) {
    int best = 0;
    for (int k = 1; k < p.length; k++) {
      best = p[k] > p[best] ? k : best;
    }
    return best;
  }
}
