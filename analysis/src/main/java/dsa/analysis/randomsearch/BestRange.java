package dsa.analysis.randomsearch;

import dsa.analysis.edf.Edf;
import dsa.analysis.edf.Quantiles;
import dsa.core.random.SeedPath;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which values of a parameter the best models of a space have: the range of the parameter over the
 * winners of many small random searches in the population. One set of winners serves all
 * parameters, so ranges of different parameters belong together.
 *
 * <p>The "empirical bootstrap" of Radosavovic et al., <i>Designing Network Design Spaces</i>, CVPR
 * 2020, and of pycls: draw a quarter of the models with replacement, keep the one with the lowest
 * error, repeat 2500 times; range 2.5 % to 97.5 %, their median is what the paper calls the most
 * likely best value. pycls draws unseeded.
 */
public final class BestRange {

  /** The share of the models pycls draws for one search. */
  public static final double SHARE = 0.25;

  /** How many searches pycls runs. */
  public static final int SEARCHES = 2500;

  private final int models;
  private final Function<double[], DoubleUnaryOperator> quantiles;

  private BestRange(int models, Function<double[], DoubleUnaryOperator> quantiles) {
    this.models = models;
    this.quantiles = quantiles;
  }

  /**
   * A range of one parameter.
   *
   * @param low the lower end, in the unit of the parameter
   * @param median the middle
   * @param high the upper end
   */
  public record Range(double low, double median, double high) {}

  /**
   * How many models a search draws when it draws a share: {@code max(1, ⌊models · share⌋)}.
   *
   * @param share in (0, 1]
   */
  public static int draws(int models, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share=" + share + " outside (0, 1]");
    }
    return Math.max(1, (int) (models * share));
  }

  /**
   * The winners of {@code searches} simulated searches, as pycls does it. Of equal errors the one
   * drawn first wins. Quantiles interpolate ({@link Quantiles}).
   *
   * @param errors one for each model, finite
   * @param draws models drawn with replacement in one search, at least 1
   * @param searches at least 1
   * @param seed where the draws come from
   */
  public static BestRange simulated(double[] errors, int draws, int searches, SeedPath seed) {
    checkFinite(errors);
    if (draws < 1 || searches < 1) {
      throw new IllegalArgumentException("draws=" + draws + " or searches=" + searches + " < 1");
    }
    double[] copy = errors.clone();
    int[] winners =
        IntStream.range(0, searches)
            .parallel()
            .map(
                s -> {
                  RandomGenerator random = seed.child(s).generator();
                  int winner = random.nextInt(copy.length);
                  for (int i = 1; i < draws; i++) {
                    int drawn = random.nextInt(copy.length);
                    winner = copy[drawn] < copy[winner] ? drawn : winner;
                  }
                  return winner;
                })
            .toArray();
    return new BestRange(
        errors.length,
        parameter ->
            Quantiles.of(Arrays.stream(winners).mapToDouble(w -> parameter[w]).toArray())::at);
  }

  /**
   * The limit of infinitely many searches, without simulation. The model of rank r wins with
   * probability {@code ((n-r+1)/n)^s - ((n-r)/n)^s}; models with equal errors share the probability
   * of their ranks equally. Quantiles are values of winners ({@link Edf#quantile}).
   *
   * @param errors one for each model, finite
   * @param draws models drawn with replacement in one search, at least 1
   */
  public static BestRange exact(double[] errors, int draws) {
    double[] probabilities = winnerProbabilities(errors, draws);
    return new BestRange(errors.length, parameter -> Edf.of(parameter, probabilities)::quantile);
  }

  /** The probability of each model to be the best of {@code draws}, in the order of the errors. */
  static double[] winnerProbabilities(double[] errors, int draws) {
    Edf edf = Edf.of(errors);
    double[] values = edf.values();
    double[] survival = RandomSearchCurve.withReplacement(edf).survival(draws);
    int[] ties = new int[values.length];
    for (double error : errors) {
      ties[Arrays.binarySearch(values, error)]++;
    }
    double[] probabilities = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      int rank = Arrays.binarySearch(values, errors[i]);
      double before = rank == 0 ? 1 : survival[rank - 1];
      probabilities[i] = (before - survival[rank]) / ties[rank];
    }
    return probabilities;
  }

  /** The 95 % range of a parameter; see {@link #of(double[], double)}. */
  public Range of(double[] parameter) {
    return of(parameter, 0.95);
  }

  /**
   * The range that holds {@code level} of the winners' values, half of the rest on either side, and
   * their median.
   *
   * @param parameter one finite number for each model, in the order of the errors
   * @param level in (0, 1)
   */
  public Range of(double[] parameter, double level) {
    if (parameter.length != models) {
      throw new IllegalArgumentException(
          parameter.length + " parameter values for " + models + " models");
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level=" + level + " outside (0, 1)");
    }
    checkFinite(parameter);
    DoubleUnaryOperator at = quantiles.apply(parameter);
    double tail = (1 - level) / 2;
    return new Range(at.applyAsDouble(tail), at.applyAsDouble(0.5), at.applyAsDouble(1 - tail));
  }

  private static void checkFinite(double[] numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("no models");
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new IllegalArgumentException("number " + i + " is " + numbers[i]);
      }
    }
  }
}
