package dsa.analysis.inference;

import java.util.Arrays;

/**
 * What two populations differ by within strata, in every resample: P(A better) among models of one
 * stratum, and area differences in groups of adjacent strata.
 */
final class StratumDifferences {

  private static final int GROUPS = 5;

  private final Resampler a;
  private final Resampler b;

  /** For each slot of A, how many slots of B lie before the first of its stratum with its error. */
  private final int[] below;

  /** For each slot of A, how many lie before the first of its stratum with a larger error. */
  private final int[] upTo;

  /** What a model adds to the area under an EDF: 1 − min(1, e/ε). */
  private final double[] gainA;

  private final double[] gainB;

  /** Where the strata of each group end. */
  private final int[] groupEnd;

  private final double[] groupShare;

  /** Of every resample. */
  final double[] probabilityABetter;

  /** Rows: groups, columns: resamples; NaN where no stratum of the group is occupied by all. */
  final double[][] areaDifference;

  /**
   * Room for the differences of two populations.
   *
   * @param shares of each stratum in its bin's weight, of the populations as they are
   * @param bins how many share the whole weight
   */
  StratumDifferences(
      Resampler a, Resampler b, double[] shares, int bins, double epsilon, int resamples) {
    this.a = a;
    this.b = b;
    below = new int[a.slotError.length];
    upTo = new int[below.length];
    for (int s = 0; s < shares.length; s++) {
      int low = b.binStart[s];
      int high = low;
      for (int k = a.binStart[s]; k < a.binStart[s + 1]; k++) {
        while (low < b.binStart[s + 1] && b.slotError[low] < a.slotError[k]) {
          low++;
        }
        while (high < b.binStart[s + 1] && b.slotError[high] <= a.slotError[k]) {
          high++;
        }
        below[k] = low;
        upTo[k] = high;
      }
    }
    gainA = gains(a, epsilon);
    gainB = gains(b, epsilon);
    double total = 0;
    int[] group = new int[shares.length];
    double[] share = new double[GROUPS];
    for (int s = 0; s < shares.length; s++) {
      double own = shares[s] / bins;
      group[s] = (int) Math.min(GROUPS - 1, Math.floor(GROUPS * (total + own / 2)));
      share[group[s]] += own;
      total += own;
    }
    int[] occupied = Arrays.stream(group).distinct().toArray();
    groupShare = Arrays.stream(occupied).mapToDouble(g -> share[g]).toArray();
    groupEnd =
        Arrays.stream(occupied)
            .map(g -> (int) Arrays.stream(group).filter(other -> other <= g).count())
            .toArray();
    probabilityABetter = new double[resamples];
    areaDifference = new double[occupied.length][resamples];
  }

  private static double[] gains(Resampler population, double epsilon) {
    return Arrays.stream(population.slotError).map(e -> 1 - Math.min(1, e / epsilon)).toArray();
  }

  int firstStratum(int group) {
    return group == 0 ? 0 : groupEnd[group - 1];
  }

  int lastStratum(int group) {
    return groupEnd[group] - 1;
  }

  double share(int group) {
    return groupShare[group];
  }

  /**
   * Evaluates what was drawn last.
   *
   * @param shares of each stratum in its bin's weight
   * @param bins how many share the whole weight
   */
  void evaluate(
      Resampler.Scratch drawnA, Resampler.Scratch drawnB, double[] shares, int bins, int slot) {
    int[] before = drawnB.countedBefore();
    double better = 0;
    for (int g = 0; g < groupEnd.length; g++) {
      double difference = 0;
      double weight = 0;
      for (int s = firstStratum(g); s < groupEnd[g]; s++) {
        if (shares[s] > 0) {
          int inA = drawnA.binCount[s];
          int inB = drawnB.binCount[s];
          better += shares[s] * twiceBetter(drawnA, before, s) / (2.0 * inA * inB);
          difference +=
              shares[s] * (sum(a, drawnA, gainA, s) / inA - sum(b, drawnB, gainB, s) / inB);
          weight += shares[s];
        }
      }
      areaDifference[g][slot] = weight == 0 ? Double.NaN : difference / weight;
    }
    probabilityABetter[slot] = better / bins;
  }

  /** Twice the pairs of a stratum in which A has the smaller error, ties counted half. */
  private long twiceBetter(Resampler.Scratch drawnA, int[] before, int stratum) {
    long twice = 0;
    int all = 2 * before[b.binStart[stratum + 1]];
    for (int k = a.binStart[stratum]; k < a.binStart[stratum + 1]; k++) {
      twice += (long) (drawnA.count[k] & 0xff) * (all - before[below[k]] - before[upTo[k]]);
    }
    return twice;
  }

  private static double sum(
      Resampler population, Resampler.Scratch drawn, double[] gain, int stratum) {
    double sum = 0;
    for (int k = population.binStart[stratum]; k < population.binStart[stratum + 1]; k++) {
      sum += (drawn.count[k] & 0xff) * gain[k];
    }
    return sum;
  }
}
