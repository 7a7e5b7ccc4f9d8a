package dsa.analysis.weighting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Narrow strata of complexity that every population of a comparison occupies, and the weights of
 * models in them. A stratum counts by what it can tell about a difference: with m_p models of
 * population p in it, h = 1 / Σ_p (1 / m_p), for two populations m_A m_B / (m_A + m_B). Its share ω
 * of the total weight is the same in every population, and a model there weighs ω / m_p: whatever
 * depends on complexity alone is thereby the same in all of them, up to the width of a stratum.
 *
 * <p>Strata hold about equal parts of the equal mixture of the populations; a complexity that
 * occurs many times is never split. Their number grows with the square root of the smallest
 * population, so that the bias that is left inside a stratum shrinks faster than the standard
 * error.
 *
 * <p>In general strata lie inside bins of equal weight, 1/B each for B bins: ω = h / (B Σ h over
 * the bin). One bin is the rule without bins; one stratum a bin gives the weights 1/(B m_b) of
 * Radosavovic et al., ICCV 2019, arXiv 1905.13214. Harmonic counts are the weights that estimate a
 * common difference with the least variance (the overlap weights of Li, Morgan and Zaslavsky, J.
 * American Statistical Association, 2018, and the weights of Cochran and Mantel-Haenszel).
 */
public final class Strata {

  /** Of the mixture's rank times the number of strata: rounding must not move an edge. */
  private static final double ROUNDING = 1e-9;

  private final int[] bin;
  private final int bins;
  private final int drawn;
  private final boolean coarsened;

  private Strata(int[] bin, int bins, int drawn, boolean coarsened) {
    this.bin = bin;
    this.bins = bins;
    this.drawn = drawn;
    this.coarsened = coarsened;
  }

  /**
   * Strata with the stratum of every model.
   *
   * @param stratum of each model of each population, from 0; −1 without a counterpart
   */
  record Assignment(Strata strata, List<int[]> stratum) {}

  /**
   * Strata without bins, of which a report keeps these numbers.
   *
   * @param count that every population occupies, at least 1
   * @param drawn before those not occupied by all went, at least {@code count}
   */
  public static Strata of(int count, int drawn, boolean coarsened) {
    if (count < 1 || drawn < count) {
      throw new IllegalArgumentException(count + " of " + drawn + " strata");
    }
    return new Strata(new int[count], 1, drawn, coarsened);
  }

  /** How many strata every population occupies. Numbered by ascending complexity from 0. */
  public int count() {
    return bin.length;
  }

  /** How many strata the complexities were divided into, before those not occupied by all went. */
  public int drawn() {
    return drawn;
  }

  /**
   * Whether strata had to be widened because the populations share too few complexities: what they
   * hold fixed is then no longer held fixed closely.
   */
  public boolean coarsened() {
    return coarsened;
  }

  /** The bin that {@code stratum} lies in, from 0. */
  public int bin(int stratum) {
    return bin[stratum];
  }

  /** Bins of equal weight; 1 without bins. */
  public int bins() {
    return bins;
  }

  /**
   * The share of its bin's weight that each stratum has, for these counts.
   *
   * @param counts models of each population in each stratum
   * @param shares written: in [0, 1], 0 where a population has no model
   * @return in how many bins some stratum is occupied by every population; each has the same weight
   */
  public int shares(int[][] counts, double[] shares) {
    double[] sum = new double[bins];
    for (int s = 0; s < shares.length; s++) {
      double inverse = 0;
      boolean full = true;
      for (int[] ofPopulation : counts) {
        full &= ofPopulation[s] > 0;
        inverse += 1.0 / ofPopulation[s];
      }
      shares[s] = full ? 1 / inverse : 0;
      sum[bin[s]] += shares[s];
    }
    int occupied = 0;
    for (double inBin : sum) {
      occupied += inBin > 0 ? 1 : 0;
    }
    for (int s = 0; s < shares.length; s++) {
      shares[s] = shares[s] == 0 ? 0 : shares[s] / sum[bin[s]];
    }
    return occupied;
  }

  /** The weight of one model of each population in each stratum: its share over its count. */
  double[][] weights(int[][] counts) {
    double[] shares = new double[bin.length];
    int occupied = shares(counts, shares);
    double[][] weights = new double[counts.length][bin.length];
    for (int p = 0; p < counts.length; p++) {
      for (int s = 0; s < bin.length; s++) {
        weights[p][s] = shares[s] == 0 ? 0 : shares[s] / ((double) occupied * counts[p][s]);
      }
    }
    return weights;
  }

  /**
   * Strata without bins.
   *
   * @param costs of each population's models, at least one each
   * @throws IllegalArgumentException if the populations do not overlap
   */
  static Assignment of(List<double[]> costs) {
    return of(costs, OptionalInt.empty());
  }

  /** The same with this number of strata before any widening. */
  static Assignment of(List<double[]> costs, OptionalInt number) {
    List<int[]> bin = costs.stream().map(c -> new int[c.length]).toList();
    for (double[] a : costs) {
      for (double[] b : costs) {
        if (Arrays.stream(a).min().orElseThrow() > Arrays.stream(b).max().orElseThrow()) {
          throw new IllegalArgumentException("the complexities do not overlap");
        }
      }
    }
    return inBins(costs, bin, 1, number);
  }

  /**
   * Strata inside bins, each bin divided by itself.
   *
   * @param bin of each model, from 0
   * @param bins how many, each occupied by every population
   */
  static Assignment inBins(List<double[]> costs, List<int[]> bin, int bins, OptionalInt number) {
    List<int[]> stratum = costs.stream().map(c -> new int[c.length]).toList();
    List<Integer> binOf = new ArrayList<>();
    int drawn = 0;
    boolean coarsened = false;
    for (int b = 0; b < bins; b++) {
      List<int[]> members = new ArrayList<>();
      List<double[]> inside = new ArrayList<>();
      for (int p = 0; p < costs.size(); p++) {
        members.add(indices(bin.get(p), b));
        double[] all = costs.get(p);
        inside.add(Arrays.stream(members.get(p)).mapToDouble(i -> all[i]).toArray());
      }
      Division division = Division.of(inside, number);
      int[] renumbered = new int[division.strata];
      for (int s = 0; s < division.strata; s++) {
        renumbered[s] = division.full[s] ? binOf.size() : -1;
        if (division.full[s]) {
          binOf.add(b);
        }
      }
      for (int p = 0; p < costs.size(); p++) {
        double[] cost = inside.get(p);
        int[] member = members.get(p);
        for (int i = 0; i < cost.length; i++) {
          stratum.get(p)[member[i]] = renumbered[division.of(cost[i])];
        }
      }
      drawn += division.strata;
      coarsened |= division.coarsened;
    }
    return new Assignment(
        new Strata(binOf.stream().mapToInt(Integer::intValue).toArray(), bins, drawn, coarsened),
        stratum);
  }

  private static int[] indices(int[] bin, int wanted) {
    int[] found = new int[bin.length];
    int size = 0;
    for (int i = 0; i < bin.length; i++) {
      if (bin[i] == wanted) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /** The complexities of one bin, divided. */
  private static final class Division {

    private final double[] values;
    private final int[] stratumOfValue;
    final int strata;
    final boolean[] full;
    final boolean coarsened;

    private Division(
        double[] values, int[] stratumOfValue, int strata, boolean[] full, boolean coarsened) {
      this.values = values;
      this.stratumOfValue = stratumOfValue;
      this.strata = strata;
      this.full = full;
      this.coarsened = coarsened;
    }

    int of(double cost) {
      return stratumOfValue[Arrays.binarySearch(values, cost)];
    }

    static Division of(List<double[]> costs, OptionalInt number) {
      int populations = costs.size();
      List<double[]> sorted = costs.stream().map(c -> Arrays.stream(c).sorted().toArray()).toList();
      double[] values =
          sorted.stream().flatMapToDouble(Arrays::stream).sorted().distinct().toArray();
      int[][] count = new int[populations][values.length];
      double[] rank = new double[values.length];
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.POSITIVE_INFINITY;
      int fewest = Integer.MAX_VALUE;
      for (int p = 0; p < populations; p++) {
        double[] own = sorted.get(p);
        low = Math.max(low, own[0]);
        high = Math.min(high, own[own.length - 1]);
        fewest = Math.min(fewest, own.length);
        for (int v = 0, i = 0; v < values.length; v++) {
          int before = i;
          while (i < own.length && own[i] == values[v]) {
            i++;
          }
          count[p][v] = i - before;
          rank[v] += (before + count[p][v] / 2.0) / own.length;
        }
      }
      int strata = number.orElse(wanted(fewest, populations));
      boolean coarsened = false;
      if (low > high) {
        strata = 1;
        coarsened = true;
      }
      int[] stratum = new int[values.length];
      while (true) {
        for (int v = 0; v < values.length; v++) {
          double mixture = rank[v] / populations;
          stratum[v] = (int) Math.min(strata - 1, Math.floor(strata * mixture + ROUNDING));
        }
        boolean[] full = occupiedByAll(count, stratum, strata);
        if (strata == 1 || enoughAreCovered(values, count, stratum, full, low, high)) {
          return new Division(values, stratum, strata, full, coarsened);
        }
        strata /= 2;
        coarsened = true;
      }
    }

    /** One stratum for one population: there is nothing to equalize, every model counts alike. */
    private static int wanted(int fewest, int populations) {
      return populations == 1
          ? 1
          : Math.max(
              1, (int) Math.min((double) fewest / populations, Math.floor(4 * Math.sqrt(fewest))));
    }

    private static boolean[] occupiedByAll(int[][] count, int[] stratum, int strata) {
      int[] occupants = new int[strata];
      for (int[] ofPopulation : count) {
        int last = -1; // strata ascend with the values
        for (int v = 0; v < stratum.length; v++) {
          if (ofPopulation[v] > 0 && stratum[v] != last) {
            last = stratum[v];
            occupants[last]++;
          }
        }
      }
      boolean[] full = new boolean[strata];
      for (int s = 0; s < strata; s++) {
        full[s] = occupants[s] == count.length;
      }
      return full;
    }

    /** Whether a quarter of the models where all populations overlap has counterparts. */
    private static boolean enoughAreCovered(
        double[] values, int[][] count, int[] stratum, boolean[] full, double low, double high) {
      long inside = 0;
      long covered = 0;
      for (int v = 0; v < values.length; v++) {
        if (low <= values[v] && values[v] <= high) {
          for (int[] ofPopulation : count) {
            inside += ofPopulation[v];
            covered += full[stratum[v]] ? ofPopulation[v] : 0;
          }
        }
      }
      return 4 * covered >= inside;
    }
  }
}
