package dsa.analysis.inference;

import dsa.analysis.edf.Edf;
import dsa.analysis.weighting.NormalizedPopulation;
import dsa.analysis.weighting.Strata;
import dsa.core.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

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

  /** Models that a resample may draw but that weigh nothing, whatever else is drawn. */
  private final int weightless;

  /** Where each model is counted: bin after bin, so that counting a bin reads one stretch. */
  private final int[] slot;

  /** Where each bin starts among the slots, and where the last one ends. */
  final int[] binStart;

  /** Where the models of each step end. */
  private final int[] stepEnd;

  /** The distinct errors; step s goes up at {@code at[s - 1]}. */
  final double[] at;

  /** From each distinct error to the next, percent; 0 after the last. */
  private final double[] gap;

  private final double epsilon;

  /** How many steps lie at or below epsilon. */
  private final int stepsToEpsilon;

  /** The last step at or below each grid point. */
  private final int[] gridStep;

  private final double[] quantiles;
  private final int[] budgets;

  /** The error in each slot: ascending within a bin. */
  final double[] slotError;

  Resampler(NormalizedPopulation population, Evaluation evaluation) {
    double[] errors = population.errors();
    bin = population.bins();
    stepEnd =
        IntStream.rangeClosed(1, errors.length)
            .filter(i -> i == errors.length || errors[i] != errors[i - 1])
            .toArray();
    at = Arrays.stream(stepEnd).mapToDouble(end -> errors[end - 1]).toArray();
    // Tied models of one bin are interchangeable: this makes the order of the rows irrelevant.
    for (int s = 0; s < stepEnd.length; s++) {
      Arrays.sort(bin, s == 0 ? 0 : stepEnd[s - 1], stepEnd[s]);
    }
    weightless = population.withoutCounterpart();
    int[] inBin =
        BinWeights.counts(
            bin,
            population
                .strata()
                .map(Strata::count)
                .orElseGet(() -> 1 + Arrays.stream(bin).max().orElseThrow()));
    occupied = (int) Arrays.stream(inBin).filter(count -> count > 0).count();
    binStart = new int[inBin.length + 1];
    for (int b = 0; b < inBin.length; b++) {
      binStart[b + 1] = binStart[b] + inBin[b];
    }
    int[] next = binStart.clone();
    slot = Arrays.stream(bin).map(b -> next[b]++).toArray();
    slotError = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      slotError[slot[i]] = errors[i];
    }
    gap = new double[at.length];
    for (int s = 1; s < at.length; s++) {
      gap[s - 1] = at[s] - at[s - 1];
    }
    epsilon = evaluation.epsilon();
    stepsToEpsilon = stepsUpTo(epsilon);
    gridStep = evaluation.grid().stream().mapToInt(this::stepsUpTo).toArray();
    quantiles = evaluation.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    budgets = evaluation.budgets().stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many steps lie at or below {@code error}. */
  int stepsUpTo(double error) {
    int found = Arrays.binarySearch(at, error);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Models of each bin. */
  int[] inBin() {
    return IntStream.range(1, binStart.length).map(b -> binStart[b] - binStart[b - 1]).toArray();
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
    final byte[] count = new byte[bin.length + weightless];

    final int[] binCount = new int[binStart.length - 1];
    private final long[] weight = new long[binStart.length - 1];

    /** The weight of the first s steps, in units. */
    private final double[] sum = new double[at.length + 1];

    private final int[] before = new int[bin.length + 1];
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

    /** Weighs what was drawn by the bins of this population alone, and evaluates it. */
    void evaluateAlone(Bootstrap.Estimates estimates, int slot) {
      countBins();
      int empty = BinWeights.fill(weight, binCount, UNITS);
      estimates.emptyBin[slot] = empty > binCount.length - occupied;
      evaluate(estimates, slot);
    }

    /** Models drawn of all slots before each, and of all. */
    int[] countedBefore() {
      for (int k = 0; k < bin.length; k++) {
        before[k + 1] = before[k] + (count[k] & 0xff);
      }
      return before;
    }

    /** Models drawn of each bin, counted anew. */
    int[] counts() {
      countBins();
      return binCount;
    }

    /**
     * Weighs what was counted by strata that all populations share, and evaluates it.
     *
     * @param shares of each stratum in its bin's weight
     * @param bins how many share the whole weight
     */
    void evaluateTogether(double[] shares, int bins, Bootstrap.Estimates estimates, int slot) {
      for (int s = 0; s < shares.length; s++) {
        weight[s] =
            shares[s] == 0 ? 0 : Math.round(UNITS * (shares[s] / ((double) bins * binCount[s])));
      }
      evaluate(estimates, slot);
    }

    private void evaluate(Bootstrap.Estimates estimates, int slot) {
      accumulate();
      double total = sum[at.length];
      if (slot < estimates.edf.length) {
        shares(estimates.edf[slot], sum, gridStep, total);
      }
      int last = Math.max(0, stepsToEpsilon - 1);
      double upTo = dot(gap, 0, sum, 1, last);
      double area = stepsToEpsilon == 0 ? 0 : upTo + (epsilon - at[last]) * sum[stepsToEpsilon];
      estimates.area[slot] = area / (epsilon * total);
      estimates.mean[slot] =
          at[at.length - 1] - (upTo + dot(gap, last, sum, last + 1, at.length - 1 - last)) / total;
      for (int q = 0; q < quantiles.length; q++) {
        estimates.quantiles[q][slot] = quantile(quantiles[q]);
      }
      if (budgets.length > 0) {
        expectedBest(estimates.best, slot);
      }
    }

    private void countBins() {
      for (int b = 0; b < binCount.length; b++) {
        int drawn = 0;
        for (int k = binStart[b]; k < binStart[b + 1]; k++) {
          drawn += count[k] & 0xff;
        }
        binCount[b] = drawn;
      }
    }

    private void accumulate() {
      long running = 0;
      int i = 0;
      for (int s = 0; s < stepEnd.length; s++) {
        do {
          running += (count[slot[i]] & 0xff) * weight[bin[i]];
        } while (++i < stepEnd[s]);
        sum[s + 1] = running;
      }
    }

    private double quantile(double p) {
      double least = (p - Edf.ROUNDING) * sum[at.length]; // as Edf.quantile has it
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
      int live = at.length - 1;
      complements(above, sum, live, sum[at.length]);
      System.arraycopy(above, 0, power, 0, live);
      int reached = 1;
      for (int k = 0; k < budgets.length; k++) {
        int more = budgets[k] - reached;
        double sumOfGaps;
        if (more == reached) {
          sumOfGaps = squaredDot(power, gap, live);
        } else {
          if (more > 0) {
            multiplyByPowers(power, above, more, live);
          }
          sumOfGaps = dot(gap, 0, power, 0, live);
        }
        reached = budgets[k];
        best[k][slot] = at[0] + sumOfGaps;
        while (live > 0 && power[live - 1] < NEGLIGIBLE) {
          live--;
        }
      }
    }

    // Each loop over models is a small method of its own: loops in one method are compiled again
    // for every one of them that gets hot, which in a fresh process takes longer than they run.

    /** F at the steps that the grid points have reached. */
    private static void shares(double[] shares, double[] sum, int[] gridStep, double total) {
      for (int g = 0; g < shares.length; g++) {
        shares[g] = sum[gridStep[g]] / total;
      }
    }

    /** 1 − F after each step. */
    private static void complements(double[] above, double[] sum, int count, double total) {
      for (int s = 0; s < count; s++) {
        above[s] = (total - sum[s + 1]) / total;
      }
    }

    /** Squares x, and returns Σ x_i y_i of the squares as {@link #dot} would. */
    private static double squaredDot(double[] x, double[] y, int count) {
      double first = 0;
      double second = 0;
      double third = 0;
      double fourth = 0;
      int i = 0;
      for (; i + 3 < count; i += 4) {
        x[i] *= x[i];
        x[i + 1] *= x[i + 1];
        x[i + 2] *= x[i + 2];
        x[i + 3] *= x[i + 3];
        first += x[i] * y[i];
        second += x[i + 1] * y[i + 1];
        third += x[i + 2] * y[i + 2];
        fourth += x[i + 3] * y[i + 3];
      }
      for (; i < count; i++) {
        x[i] *= x[i];
        first += x[i] * y[i];
      }
      return (first + second) + (third + fourth);
    }

    private static void multiplyByPowers(double[] x, double[] bases, int exponent, int count) {
      for (int i = 0; i < count; i++) {
        x[i] *= power(bases[i], exponent);
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

  /**
   * Σ x[xFrom + i] · y[yFrom + i] over {@code count} terms. Four sums at once, because one would
   * wait four cycles for each addition.
   */
  private static double dot(double[] x, int xFrom, double[] y, int yFrom, int count) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      first += x[xFrom + i] * y[yFrom + i];
      second += x[xFrom + i + 1] * y[yFrom + i + 1];
      third += x[xFrom + i + 2] * y[yFrom + i + 2];
      fourth += x[xFrom + i + 3] * y[yFrom + i + 3];
    }
    for (; i < count; i++) {
      first += x[xFrom + i] * y[yFrom + i];
    }
    return (first + second) + (third + fourth);
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
