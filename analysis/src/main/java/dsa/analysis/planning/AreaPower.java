package dsa.analysis.planning;

import dsa.analysis.weighting.NormalizedPopulation;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How many models it takes to see a difference between two spaces, planned from two pilot
 * populations. The quantity is the area under the normalized EDF (equation 5 of Radosavovic et al.,
 * ICCV 2019).
 *
 * <p>The pilots are resampled, bins and weights recomputed each time, and the variance of the area
 * times the pilot's size gives each space's variance for one model, v. With n models from each
 * space a two-sided test at level α sees a difference δ with power 1 - β if {@code n ≥ (z_{1-α/2} +
 * z_{1-β})² (v_A + v_B) / δ²}.
 *
 * <p>Assumptions: both spaces get the same number of models inside the range; models are
 * independent; the area is close to normal and its variance falls as 1/n, which is some {@code
 * (K-1)/n} too little for K bins, so check an n below ten models a bin with {@link
 * #simulatedPower}; range and bins stay as they are; rejections on the wrong side are neglected. A
 * resample that leaves a bin without models spreads its weight over the other bins. n counts models
 * of the range; draws that land outside come on top.
 */
public final class AreaPower {

  private final double epsilon;
  private final Pilot a;
  private final Pilot b;
  private final double unitVarianceA;
  private final double unitVarianceB;
  private final double level;
  private final double power;

  private AreaPower(
      double epsilon,
      Pilot a,
      Pilot b,
      double unitVarianceA,
      double unitVarianceB,
      double level,
      double power) {
    this.epsilon = epsilon;
    this.a = a;
    this.b = b;
    this.unitVarianceA = unitVarianceA;
    this.unitVarianceB = unitVarianceB;
    this.level = level;
    this.power = power;
  }

  /**
   * Plans from pilots {@code a} and {@code b}: two-sided level 0.05, power 0.8.
   *
   * @param epsilon upper end of the area, above 0, in the unit of the errors
   * @param resamples of each pilot, at least 2; 2000 fixes n to a few percent
   * @param seed where the resamples come from
   */
  public static AreaPower of(
      NormalizedPopulation a,
      NormalizedPopulation b,
      double epsilon,
      int resamples,
      SeedPath seed) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("area up to epsilon=" + epsilon + ", not above 0");
    }
    if (resamples < 2) {
      throw new IllegalArgumentException("resamples=" + resamples + " < 2");
    }
    Pilot pilotA = Pilot.of(a, epsilon);
    Pilot pilotB = Pilot.of(b, epsilon);
    return new AreaPower(
        epsilon,
        pilotA,
        pilotB,
        pilotA.unitVariance(resamples, seed.child("a")),
        pilotB.unitVariance(resamples, seed.child("b")),
        0.05,
        0.8);
  }

  /** Tests at two-sided level {@code alpha}, in (0, 1). */
  public AreaPower withLevel(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("level=" + alpha + " outside (0, 1)");
    }
    return new AreaPower(epsilon, a, b, unitVarianceA, unitVarianceB, alpha, power);
  }

  /** Asks for power {@code wanted}, in (0, 1). */
  public AreaPower withPower(double wanted) {
    if (!(wanted > 0 && wanted < 1)) {
      throw new IllegalArgumentException("power=" + wanted + " outside (0, 1)");
    }
    return new AreaPower(epsilon, a, b, unitVarianceA, unitVarianceB, level, wanted);
  }

  /** Upper end of the area, in the unit of the errors. */
  public double epsilon() {
    return epsilon;
  }

  /** The first space's variance of the area, times the number of models. */
  public double unitVarianceA() {
    return unitVarianceA;
  }

  /** The second space's variance of the area, times the number of models. */
  public double unitVarianceB() {
    return unitVarianceB;
  }

  /** The difference of the pilots' areas, first minus second. */
  public double observedDifference() {
    return a.area() - b.area();
  }

  /**
   * The fewest models per space that show an area difference of {@code difference} with the power
   * asked for.
   *
   * @param difference above 0, as a share in (0, 1] like the area itself
   */
  public long modelsToDetect(double difference) {
    checkPositive(difference);
    double ratio = (normalQuantile(1 - level / 2) + normalQuantile(power)) / difference;
    return Math.max(1, (long) Math.ceil(ratio * ratio * (unitVarianceA + unitVarianceB)));
  }

  /** The smallest area difference that {@code n} models per space show with the power asked for. */
  public double detectableDifference(long n) {
    return (normalQuantile(1 - level / 2) + normalQuantile(power)) * standardError(n);
  }

  /**
   * The power with which {@code n} models per space show an area difference.
   *
   * @param difference above 0
   */
  public double powerFor(double difference, long n) {
    checkPositive(difference);
    return new NormalDistribution(null, 0, 1)
        .cumulativeProbability(difference / standardError(n) - normalQuantile(1 - level / 2));
  }

  /**
   * The share of {@code trials} in which {@code n} models per space, drawn with replacement from
   * the pilots, show the pilots' own difference: a check of {@link #powerFor} at {@link
   * #observedDifference}.
   */
  public double simulatedPower(int n, int trials, SeedPath seed) {
    if (trials < 1) {
      throw new IllegalArgumentException("trials=" + trials + " < 1");
    }
    double threshold = normalQuantile(1 - level / 2) * standardError(n);
    double sign = Math.signum(observedDifference());
    long shown =
        IntStream.range(0, trials)
            .parallel()
            .filter(
                t -> {
                  RandomGenerator random = seed.child(t).generator();
                  double difference = a.resampledArea(n, random) - b.resampledArea(n, random);
                  return sign * difference > threshold;
                })
            .count();
    return (double) shown / trials;
  }

  private static void checkPositive(double difference) {
    if (!(difference > 0)) {
      throw new IllegalArgumentException("difference=" + difference + " is not above 0");
    }
  }

  private double standardError(long n) {
    if (n < 1) {
      throw new IllegalArgumentException("n=" + n + " < 1");
    }
    return Math.sqrt((unitVarianceA + unitVarianceB) / n);
  }

  private static double normalQuantile(double p) {
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(p);
  }

  /** Each model's share of the area and its bin. */
  private static final class Pilot {

    private final double[] gains;
    private final int[] bins;
    private final int binCount;

    private Pilot(double[] gains, int[] bins) {
      this.gains = gains;
      this.bins = bins;
      this.binCount = Arrays.stream(bins).max().orElseThrow() + 1;
    }

    static Pilot of(NormalizedPopulation population, double epsilon) {
      double[] gains = population.errors();
      for (int i = 0; i < gains.length; i++) {
        gains[i] = 1 - Math.min(1, gains[i] / epsilon);
      }
      return new Pilot(gains, population.bins());
    }

    double area() {
      return area(IntStream.range(0, gains.length).iterator()::nextInt, gains.length);
    }

    double resampledArea(int n, RandomGenerator random) {
      return area(() -> random.nextInt(gains.length), n);
    }

    double unitVariance(int resamples, SeedPath seed) {
      int n = gains.length;
      double[] areas =
          IntStream.range(0, resamples)
              .parallel()
              .mapToDouble(r -> resampledArea(n, seed.child(r).generator()))
              .toArray();
      double mean = 0;
      for (double area : areas) {
        mean += area / resamples;
      }
      double squares = 0;
      for (double area : areas) {
        squares += (area - mean) * (area - mean);
      }
      return n * squares / (resamples - 1);
    }

    /** The mean over occupied bins of the mean gain in the bin: {@code Σ w_i gain_i}. */
    private double area(IntSupplier next, int n) {
      double[] sums = new double[binCount];
      int[] counts = new int[binCount];
      for (int i = 0; i < n; i++) {
        int model = next.getAsInt();
        sums[bins[model]] += gains[model];
        counts[bins[model]]++;
      }
      double area = 0;
      int occupied = 0;
      for (int bin = 0; bin < binCount; bin++) {
        if (counts[bin] > 0) {
          area += sums[bin] / counts[bin];
          occupied++;
        }
      }
      return area / occupied;
    }
  }
}
