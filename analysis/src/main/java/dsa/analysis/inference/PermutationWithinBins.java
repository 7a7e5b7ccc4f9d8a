package dsa.analysis.inference;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * P-values for normalized populations: the labels A and B are permuted at random within every
 * complexity bin, which keeps the number of models of each population in each bin, hence all
 * weights. Valid if, given the bin, error does not depend on the space. Exact in expectation: p =
 * (1 + #{permuted ≥ observed}) / (1 + permutations), so p is never 0 (Phipson and Smyth,
 * Statistical Applications in Genetics and Molecular Biology, 2010). With one bin it estimates the
 * exact p-value conditional on ties.
 *
 * <p>No table fits the weighted D: the effective sample sizes in Kolmogorov's distribution are an
 * approximation without a guarantee (decision 0006).
 */
public final class PermutationWithinBins {

  private static final int DEFAULT_PERMUTATIONS = 2000;

  /**
   * Weights are multiples of 2⁻⁶⁰, so that sums over many models are exact, take one cycle each and
   * do not depend on the order. Each is off by at most half a unit.
   */
  private static final double UNITS = 0x1p60;

  /** Areas are sums of doubles: differences below this are rounding. */
  private static final double AREA_SLACK = 1e-12;

  private final int permutations;

  private PermutationWithinBins(int permutations) {
    this.permutations = permutations;
  }

  /** 2000 permutations: p-values down to 0.0005. */
  public static PermutationWithinBins withDefaults() {
    return new PermutationWithinBins(DEFAULT_PERMUTATIONS);
  }

  /** Draws {@code count} permutations, at least 1. */
  public PermutationWithinBins permutations(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("permutations=" + count + " < 1");
    }
    return new PermutationWithinBins(count);
  }

  /**
   * What the permutations say.
   *
   * @param ks the weighted D and its p-value
   * @param areaDifference area under the EDF of A minus that of B up to epsilon
   * @param areaPValue two-sided p-value of the area difference, in (0, 1]
   * @param jointPValue of both together, in (0, 1]: the share of labellings whose smaller p-value
   *     of the two is at most the observed one, so that whichever of them rejects, the probability
   *     of a false claim is the nominal one (Westfall and Young, <i>Resampling-Based Multiple
   *     Testing</i>, 1993)
   */
  public record Result(KsResult ks, double areaDifference, double areaPValue, double jointPValue) {

    /** The smallest value that a p-value of this many permutations can take. */
    public double floor() {
      return 1.0 / (1 + ks.permutations().orElseThrow());
    }
  }

  /**
   * Tests whether two populations that were normalized together differ in error given complexity.
   *
   * @param epsilon where the areas end, above 0, percent
   * @param seed the address of the permutations; the result does not depend on the thread count
   */
  public Result compare(
      NormalizedPopulation a, NormalizedPopulation b, double epsilon, SeedPath seed) {
    Pooled pooled = Pooled.of(a, b, epsilon);
    Labelling observed = pooled.observed;
    // A labelling of the same D must count as at least as large. Rounded weights move each D by up
    // to half a unit a model; true differences of D are far larger or, if not, counted as equal,
    // which can only raise p.
    long slack = pooled.bin.length;
    long[] distance = new long[permutations + 1];
    double[] area = new double[permutations + 1];
    distance[0] = observed.distance;
    area[0] = Math.abs(observed.area);
    IntStream.range(0, permutations)
        .parallel()
        .forEach(
            r -> {
              Labelling permuted = pooled.permuted(seed.child(r).generator());
              distance[r + 1] = permuted.distance;
              area[r + 1] = Math.abs(permuted.area);
            });
    int[] asDistant = atLeast(distance, slack);
    int[] asLarge = atLeast(area);
    int asExtreme = 0;
    for (int r = 0; r <= permutations; r++) {
      if (Math.min(asDistant[r], asLarge[r]) <= Math.min(asDistant[0], asLarge[0])) {
        asExtreme++;
      }
    }
    double all = permutations + 1;
    KsDistances distances = KolmogorovSmirnov.distances(a.edf(), b.edf());
    return new Result(
        new KsResult(
            distances.distance(),
            distances.atError(),
            distances.sign(),
            asDistant[0] / all,
            a.strata().isPresent()
                ? PValueMethod.PERMUTATION_WITHIN_STRATA
                : PValueMethod.PERMUTATION_WITHIN_BINS,
            OptionalInt.of(permutations)),
        observed.area,
        asLarge[0] / all,
        asExtreme / all);
  }

  /** For each value, how many are at least as large or smaller by {@code slack} at most. */
  private static int[] atLeast(long[] values, long slack) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(values)
        .mapToInt(value -> sorted.length - first(sorted.length, i -> sorted[i] >= value - slack))
        .toArray();
  }

  private static int[] atLeast(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(values)
        .mapToInt(
            value -> sorted.length - first(sorted.length, i -> sorted[i] >= value - AREA_SLACK))
        .toArray();
  }

  /** The first of {@code length} indices that holds, of which all after it hold too. */
  private static int first(int length, IntPredicate holds) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** What one labelling of the pooled models gives: D in units, and the area difference. */
  private record Labelling(long distance, double area) {}

  /** The models of both populations by ascending error, with all that permutations leave alone. */
  private static final class Pooled {

    private final Labelling observed;

    /**
     * The bin of each model; ascending within ties, which makes the order of the rows irrelevant.
     */
    private final int[] bin;

    /** Models of the same bin from here on, this one included. */
    private final int[] left;

    /** Where each block of equal errors ends. */
    private final int[] blockEnd;

    /** The gap to the next distinct error as a share of epsilon, cut off at epsilon. */
    private final double[] gap;

    /** F_A − F_B at the end of each block if every model so far were B's. */
    private final long[] base;

    /** What F_A − F_B gains if a model of this bin is A's instead of B's. */
    private final long[] swing;

    /** Models of A in each bin. */
    private final int[] sizeA;

    private Pooled(
        Labelling observed,
        int[] bin,
        int[] left,
        int[] blockEnd,
        double[] gap,
        long[] base,
        long[] swing,
        int[] sizeA) {
      this.observed = observed;
      this.bin = bin;
      this.left = left;
      this.blockEnd = blockEnd;
      this.gap = gap;
      this.base = base;
      this.swing = swing;
      this.sizeA = sizeA;
    }

    static Pooled of(NormalizedPopulation a, NormalizedPopulation b, double epsilon) {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("area up to epsilon=" + epsilon + ", not above 0");
      }
      double[] errorsA = a.errors();
      double[] errorsB = b.errors();
      int[] binsA = a.bins();
      int[] binsB = b.bins();
      int n = errorsA.length + errorsB.length;
      boolean[] inA = new boolean[n];
      int[] bin = new int[n];
      double[] error = new double[n];
      for (int i = 0, j = 0, k = 0; k < n; k++) {
        inA[k] = j == errorsB.length || (i < errorsA.length && errorsA[i] <= errorsB[j]);
        error[k] = inA[k] ? errorsA[i] : errorsB[j];
        bin[k] = inA[k] ? binsA[i++] : binsB[j++];
      }
      int bins = 1 + Arrays.stream(bin).max().orElseThrow();
      int[] sizeA = BinWeights.counts(binsA, bins);
      long[] weightA = units(a, bins);
      long[] weightB = units(b, bins);
      for (int k = 0; k < bins; k++) {
        if ((weightA[k] == 0) != (weightB[k] == 0)) {
          throw new IllegalArgumentException(
              "bin "
                  + k
                  + " is empty in one of "
                  + a.name()
                  + " and "
                  + b.name()
                  + ": normalize them together");
        }
      }
      long[] swing = new long[bins];
      Arrays.setAll(swing, k -> weightA[k] + weightB[k]);
      int[] blockEnd =
          IntStream.rangeClosed(1, n).filter(k -> k == n || error[k] != error[k - 1]).toArray();
      double[] gap = new double[blockEnd.length];
      long[] base = new long[blockEnd.length];
      long sum = 0;
      long gained = 0;
      long most = 0;
      double area = 0;
      for (int block = 0, start = 0; block < blockEnd.length; start = blockEnd[block++]) {
        int end = blockEnd[block];
        for (int k = start; k < end; k++) {
          sum -= weightB[bin[k]];
          gained += inA[k] ? swing[bin[k]] : 0;
        }
        Arrays.sort(bin, start, end);
        base[block] = sum;
        double next = end < n ? Math.min(error[end], epsilon) : epsilon;
        gap[block] = (next - Math.min(error[start], epsilon)) / epsilon;
        most = Math.max(most, Math.abs(sum + gained));
        area += (sum + gained) * gap[block];
      }
      int[] left = new int[n];
      int[] later = new int[bins];
      for (int k = n - 1; k >= 0; k--) {
        left[k] = ++later[bin[k]];
      }
      return new Pooled(
          new Labelling(most, area / UNITS), bin, left, blockEnd, gap, base, swing, sizeA);
    }

    /** The weight of one model of each bin; 0 where there is none. */
    private static long[] units(NormalizedPopulation population, int bins) {
      int[] bin = population.bins();
      double[] weights = population.weights();
      long[] units = new long[bins];
      for (int i = 0; i < bin.length; i++) {
        units[bin[i]] = Math.round(UNITS * weights[i]);
      }
      return units;
    }

    /**
     * Labels model after model: of the models of its bin from here on, {@code leftA} of {@code
     * left} are A's, so this one is with probability leftA / left. A 32-bit draw errs by at most
     * left / 2³² of that.
     */
    Labelling permuted(RandomStream random) {
      int[] leftA = sizeA.clone();
      long most = 0;
      double area = 0;
      long gained = 0;
      long bits = 0;
      int k = 0;
      for (int block = 0; block < blockEnd.length; block++) {
        do {
          bits = (k & 1) == 0 ? random.nextLong() : bits >>> 32;
          int b = bin[k];
          long place = ((bits & 0xffffffffL) * left[k]) >>> 32;
          // All ones if A's, else zero: the processor would guess a branch wrong half the time.
          long chosen = (place - leftA[b]) >> 63;
          leftA[b] += (int) chosen;
          gained += chosen & swing[b];
        } while (++k < blockEnd[block]);
        long difference = base[block] + gained;
        most = Math.max(most, Math.abs(difference));
        area += difference * gap[block];
      }
      return new Labelling(most, area / UNITS);
    }
  }
}
