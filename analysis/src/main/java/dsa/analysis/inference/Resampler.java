package dsa.analysis.inference;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.RandomStream;
import java.util.Arrays;

/**
 * One population laid out for drawing from it thousands of times: models by ascending error, each
 * with its bin and the step of the EDF it belongs to. Tied models share a step.
 */
final class Resampler {

  /** Weights are multiples of 2⁻⁶⁰: integer sums are exact and four times as fast as doubles. */
  private static final double UNITS = 0x1p60;

  /** Powers of 1 − F below this no longer move an expected best error of at most 100. */
  private static final double NEGLIGIBLE = 1e-20;

  private final int[] bin;
  private final int occupied;

  /** Where each model is counted: bin after bin, so that counting a bin reads one stretch. */
  private final int[] slot;

  /** Where each bin starts among the slots, and where the last one ends. */
  private final int[] binStart;

  /** The step of each model, counted from 1. */
  private final int[] step;

  /** The distinct errors; step s goes up at {@code at[s - 1]}. */
  final double[] at;

  /** From each distinct error to the next, percent; 0 after the last. */
  private final double[] gap;

  /** The same as a share of epsilon, cut off at epsilon; the last one reaches up to epsilon. */
  private final double[] areaGap;

  /** The last step at or below each grid point. */
  private final int[] gridStep;

  private final double[] quantiles;
  private final int[] budgets;

  Resampler(NormalizedPopulation population, Evaluation evaluation) {
    double[] errors = population.errors();
    double epsilon = evaluation.epsilon();
    bin = population.bins();
    step = new int[errors.length];
    double[] distinct = new double[errors.length];
    int steps = 0;
    for (int i = 0; i < errors.length; i++) {
      if (i == 0 || errors[i] != errors[i - 1]) {
        distinct[steps++] = errors[i];
      }
      step[i] = steps;
    }
    at = Arrays.copyOf(distinct, steps);
    // Tied models of one bin are interchangeable: this makes the order of the rows irrelevant.
    for (int start = 0, i = 1; i <= step.length; i++) {
      if (i == step.length || step[i] != step[start]) {
        Arrays.sort(bin, start, i);
        start = i;
      }
    }
    int[] inBin = BinWeights.counts(bin, 1 + Arrays.stream(bin).max().orElseThrow());
    occupied = (int) Arrays.stream(inBin).filter(count -> count > 0).count();
    binStart = new int[inBin.length + 1];
    for (int b = 0; b < inBin.length; b++) {
      binStart[b + 1] = binStart[b] + inBin[b];
    }
    int[] next = binStart.clone();
    slot = Arrays.stream(bin).map(b -> next[b]++).toArray();
    gap = new double[steps];
    areaGap = new double[steps];
    for (int s = 0; s < steps; s++) {
      boolean last = s + 1 == steps;
      gap[s] = last ? 0 : at[s + 1] - at[s];
      double end = last ? epsilon : Math.min(at[s + 1], epsilon);
      areaGap[s] = (end - Math.min(at[s], epsilon)) / epsilon;
    }
    gridStep = evaluation.grid().stream().mapToInt(this::stepsUpTo).toArray();
    quantiles = evaluation.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    budgets = evaluation.budgets().stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many steps lie at or below {@code error}. */
  int stepsUpTo(double error) {
    int found = Arrays.binarySearch(at, error);
    return found >= 0 ? found + 1 : -found - 1;
  }

  int gridPoints() {
    return gridStep.length;
  }

  int quantiles() {
    return quantiles.length;
  }

  int budgets() {
    return budgets.length;
  }

  Scratch scratch() {
    return new Scratch();
  }

  /** One resample at a time, in memory that is used again for the next. */
  final class Scratch {

    /**
     * How often each model was drawn, as unsigned bytes to stay in the first-level cache. A count
     * of 256 has a probability below 1/256! ≈ 10⁻⁵⁰⁷.
     */
    private final byte[] count = new byte[bin.length];

    private final int[] binCount = new int[binStart.length - 1];
    private final long[] weight = new long[binStart.length - 1];

    /** The weight of the first s steps, in units. */
    private final double[] sum = new double[at.length + 1];

    private final double[] above = new double[at.length];
    private final double[] power = new double[at.length];

    void takeEveryModelOnce() {
      Arrays.fill(count, (byte) 1);
    }

    void draw(RandomStream random) {
      Arrays.fill(count, (byte) 0);
      int n = count.length;
      for (int i = 1; i < n; i += 2) {
        long bits = random.nextLong();
        count[(int) (((bits >>> 32) * n) >>> 32)]++;
        count[(int) (((bits & 0xffffffffL) * n) >>> 32)]++;
      }
      if ((n & 1) == 1) {
        count[(int) (((random.nextLong() >>> 32) * n) >>> 32)]++;
      }
    }

    void evaluate(Bootstrap.Estimates estimates, int slot) {
      estimates.emptyBin[slot] = weigh() > 0;
      double total = sum[at.length];
      for (int g = 0; g < gridStep.length; g++) {
        estimates.edf[g][slot] = sum[gridStep[g]] / total;
      }
      estimates.area[slot] = sumOfProducts(areaGap) / total;
      estimates.mean[slot] = at[at.length - 1] - sumOfProducts(gap) / total;
      for (int q = 0; q < quantiles.length; q++) {
        estimates.quantiles[q][slot] = quantile(quantiles[q]);
      }
      if (budgets.length > 0) {
        expectedBest(estimates.best, slot);
      }
    }

    /** Sets the weights and their running sum; returns how many bins have become empty. */
    private int weigh() {
      for (int b = 0; b < binCount.length; b++) {
        int drawn = 0;
        for (int k = binStart[b]; k < binStart[b + 1]; k++) {
          drawn += count[k] & 0xff;
        }
        binCount[b] = drawn;
      }
      int empty = BinWeights.fill(weight, binCount, UNITS);
      long running = 0;
      for (int i = 0; i < slot.length; i++) {
        running += (count[slot[i]] & 0xff) * weight[bin[i]];
        sum[step[i]] = running; // the last of a block of ties stays
      }
      return empty - (binCount.length - occupied);
    }

    /**
     * Σ gap · sum over all steps, in units; two sums at once because an addition takes four cycles.
     */
    private double sumOfProducts(double[] gaps) {
      double even = 0;
      double odd = 0;
      int s = 0;
      for (; s + 1 < gaps.length; s += 2) {
        even += gaps[s] * sum[s + 1];
        odd += gaps[s + 1] * sum[s + 2];
      }
      if (s < gaps.length) {
        even += gaps[s] * sum[s + 1];
      }
      return even + odd;
    }

    private double quantile(double p) {
      // As much below p as rounded weights may be: a step that reaches p must not be missed.
      double least = (p - 1e-12) * sum[at.length];
      int low = 1;
      int high = at.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sum[middle] >= least && sum[middle] > 0) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return at[low - 1];
    }

    /**
     * E[min of m] = e₁ + Σ (e_(s+1) − e_s)(1 − F_s)^m over the steps, the powers by repeated
     * multiplication from one budget to the next.
     */
    private void expectedBest(double[][] best, int slot) {
      double total = sum[at.length];
      int live = at.length - 1;
      for (int s = 0; s < live; s++) {
        above[s] = (sum[at.length] - sum[s + 1]) / total;
        power[s] = 1;
      }
      int reached = 0;
      for (int k = 0; k < budgets.length; k++) {
        int more = budgets[k] - reached;
        if (more == reached) {
          for (int s = 0; s < live; s++) {
            power[s] *= power[s];
          }
        } else {
          for (int s = 0; s < live; s++) {
            power[s] *= power(above[s], more);
          }
        }
        reached = budgets[k];
        while (live > 0 && power[live - 1] < NEGLIGIBLE) {
          live--;
        }
        double expected = at[0];
        for (int s = 0; s < live; s++) {
          expected += gap[s] * power[s];
        }
        best[k][slot] = expected;
      }
    }

    private static double power(double base, int exponent) {
      double result = 1;
      double square = base;
      for (int left = exponent; left > 0; left >>= 1) {
        if ((left & 1) == 1) {
          result *= square;
        }
        square *= square;
      }
      return result;
    }
  }

  /** Where the errors of one population lie among those of another. */
  static final class Overlap {

    /** For each step of A, how many steps of B are strictly below it. */
    private final int[] below;

    /** For each step of A, how many steps of B are at or below it. */
    private final int[] upTo;

    Overlap(Resampler a, Resampler b) {
      upTo = Arrays.stream(a.at).mapToInt(b::stepsUpTo).toArray();
      below = upTo.clone();
      for (int s = 0; s < below.length; s++) {
        if (below[s] > 0 && b.at[below[s] - 1] == a.at[s]) {
          below[s]--;
        }
      }
    }

    /** P(A's error is smaller) + ½ P(equal), of the resamples now in {@code a} and {@code b}. */
    double probabilityABetter(Scratch a, Scratch b) {
      double worse = 0;
      for (int s = 0; s < below.length; s++) {
        double mass = a.sum[s + 1] - a.sum[s];
        worse += mass * (b.sum[below[s]] + b.sum[upTo[s]]);
      }
      double totalA = a.sum[a.sum.length - 1];
      double totalB = b.sum[b.sum.length - 1];
      return 1 - worse / (2 * totalA * totalB);
    }
  }
}
