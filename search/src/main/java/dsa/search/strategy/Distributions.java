package dsa.search.strategy;

import dsa.core.random.RandomStream;
import dsa.search.Encoding;

/** Distributions over the options of each position, drawn from independently. */
final class Distributions {

  private Distributions() {}

  /** Draws an option at each position. */
  static Encoding draw(double[][] p, RandomStream random) {
    int[] options = new int[p.length];
    for (int i = 0; i < p.length; i++) {
      options[i] = draw(p[i], random);
    }
    return Encoding.of(options);
  }

  /** Draws an option. */
  static int draw(double[] p, RandomStream random) {
    double left = random.nextDouble();
    int last = 0;
    for (int k = 0; k < p.length; k++) {
      if (p[k] > 0) {
        last = k;
        left -= p[k];
        if (left < 0) {
          return k;
        }
      }
    }
    return last; // what rounding left over
  }

  /** {@code exp(x_k) / Σ exp(x_j)}. */
  static double[] softmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = StrictMath.exp(logits[k] - largest);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** The most probable option of each position, the first of equals. */
  static Encoding mostProbable(double[][] p) {
    int[] options = new int[p.length];
    for (int i = 0; i < p.length; i++) {
      for (int k = 1; k < p[i].length; k++) {
        options[i] = p[i][k] > p[i][options[i]] ? k : options[i];
      }
    }
    return Encoding.of(options);
  }

  /** The mean over positions of the entropy, as a share of that of the uniform distribution. */
  static double normalizedEntropy(double[][] p) {
    double sum = 0;
    int counted = 0;
    for (double[] of : p) {
      if (of.length < 2) {
        continue;
      }
      double entropy = 0;
      for (double each : of) {
        entropy -= each > 0 ? each * StrictMath.log(each) : 0;
      }
      sum += entropy / StrictMath.log(of.length);
      counted++;
    }
    return counted == 0 ? 0 : sum / counted;
  }
}
