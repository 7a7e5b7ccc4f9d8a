package dsa.analysis.association;

import dsa.analysis.edf.Quantiles;
import dsa.analysis.inference.Interval;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far the order of networks early in training is their order at the end: the
 * performance-ranking hypothesis (Zheng et al., <i>Multinomial Distribution Learning for Effective
 * Neural Architecture Search</i>, ICCV 2019, who report a mean Kendall tau of 0.47 and read it as a
 * concordance of (tau + 1) / 2). That reading holds without ties; of pairs that neither column
 * ties, the share C / (C + D) is ordered alike.
 *
 * <p>Intervals are bootstrap percentile intervals over networks, not over pairs nor epochs. A
 * search wants the best networks, whose order is the hardest to tell: tau among the best fifth and
 * tenth by the final error stand beside that of all.
 *
 * @param networks how many
 * @param points one for each epoch compared
 * @param meanTau of tau_b over the epochs
 */
public record EpochRanking(int networks, List<Point> points, Interval meanTau) {

  private static final double FIFTH = 0.2;
  private static final double TENTH = 0.1;
  private static final int FEWEST_AMONG_BEST = 3;

  /** Copies the list. */
  public EpochRanking {
    points = List.copyOf(points);
  }

  /**
   * One epoch against the end.
   *
   * @param epoch from 1
   * @param tauA Kendall's tau_a
   * @param tauB Kendall's tau_b with its interval; absent if a column is constant
   * @param concordance C / (C + D); absent if all pairs are tied
   * @param bestFifth tau_b among the best fifth; absent of fewer than three networks
   * @param bestTenth the same among the best tenth
   */
  public record Point(
      int epoch,
      double tauA,
      Optional<Interval> tauB,
      OptionalDouble concordance,
      Optional<Interval> bestFifth,
      Optional<Interval> bestTenth) {}

  /**
   * Compares the epochs of trainings with their end.
   *
   * @param early of each network the score at each of the epochs, finite, lower is better
   * @param epochs what the columns are; the last epoch of the same trainings must not be among
   *     them, for it agrees with itself
   * @param finals of each network the final error, finite
   * @param resamples at least 2
   * @param level of the intervals, in (0, 1)
   * @param seed address of the resamples; does not depend on the thread count
   */
  public static EpochRanking of(
      double[][] early, int[] epochs, double[] finals, int resamples, double level, SeedPath seed) {
    int n = finals.length;
    if (n < 2 || early.length != n || epochs.length == 0) {
      throw new IllegalArgumentException(
          early.length + " curves and " + n + " final errors over " + epochs.length + " epochs");
    }
    double[][] columns = new double[epochs.length][n];
    for (int i = 0; i < n; i++) {
      for (int e = 0; e < epochs.length; e++) {
        columns[e][i] = early[i][e];
      }
    }
    double[][][] drawn = new double[3][epochs.length][resamples]; // all, fifth, tenth
    double[] means = new double[resamples];
    IntStream.range(0, resamples)
        .parallel()
        .forEach(
            r -> {
              RandomStream random = seed.child(r).generator();
              int[] places = new int[n];
              for (int i = 0; i < n; i++) {
                places[i] = random.nextInt(n);
              }
              double[] end = at(finals, places);
              int[] fifth = best(end, FIFTH);
              int[] tenth = best(end, TENTH);
              double sum = 0;
              for (int e = 0; e < epochs.length; e++) {
                double[] column = at(columns[e], places);
                drawn[0][e][r] = tau(column, end);
                drawn[1][e][r] = tau(at(column, fifth), at(end, fifth));
                drawn[2][e][r] = tau(at(column, tenth), at(end, tenth));
                sum += drawn[0][e][r];
              }
              means[r] = sum / epochs.length;
            });
    List<Point> points = new ArrayList<>();
    double sum = 0;
    int[] fifth = best(finals, FIFTH);
    int[] tenth = best(finals, TENTH);
    for (int e = 0; e < epochs.length; e++) {
      RankCorrelation all = RankCorrelation.of(columns[e], finals);
      long ordered = all.concordant() + all.discordant();
      points.add(
          new Point(
              epochs[e],
              all.kendallTauA(),
              interval(tau(columns[e], finals), drawn[0][e], level),
              ordered == 0
                  ? OptionalDouble.empty()
                  : OptionalDouble.of((double) all.concordant() / ordered),
              interval(tau(at(columns[e], fifth), at(finals, fifth)), drawn[1][e], level),
              interval(tau(at(columns[e], tenth), at(finals, tenth)), drawn[2][e], level)));
      sum += all.kendallTauB().orElse(0);
    }
    return new EpochRanking(
        n,
        points,
        interval(sum / epochs.length, means, level)
            .orElse(new Interval(sum / epochs.length, -1, 1)));
  }

  /** The places of the best share by error; none if they are too few to be ordered. */
  private static int[] best(double[] finals, double share) {
    int count = (int) Math.round(share * finals.length);
    return count < FEWEST_AMONG_BEST
        ? new int[0]
        : IntStream.range(0, finals.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> finals[i]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private static double tau(double[] x, double[] y) {
    return x.length < 2 ? Double.NaN : RankCorrelation.of(x, y).kendallTauB().orElse(Double.NaN);
  }

  private static double[] at(double[] column, int[] places) {
    double[] values = new double[places.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = column[places[i]];
    }
    return values;
  }

  private static Optional<Interval> interval(double value, double[] drawn, double level) {
    double[] defined = Arrays.stream(drawn).filter(x -> !Double.isNaN(x)).toArray();
    if (Double.isNaN(value) || defined.length == 0) {
      return Optional.empty();
    }
    double tail = (1 - level) / 2;
    Quantiles quantiles = Quantiles.of(defined);
    return Optional.of(new Interval(value, quantiles.at(tail), quantiles.at(1 - tail)));
  }
}
