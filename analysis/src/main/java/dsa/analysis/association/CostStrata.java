package dsa.analysis.association;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Networks in narrow strata of about equal cost, and how far two columns order alike the networks
 * that cost about the same. With n networks there are K = min(n/2, 4√n) strata, at least one; a
 * network at mid-rank r (from 0, ties sharing the mean) is in stratum ⌊K (r + ½)/n⌋. Only the order
 * of the costs matters, and equal costs are never divided.
 */
final class CostStrata {

  /** Where the networks of each stratum stand, each at least two. */
  private final int[][] members;

  private final int[] stratum;

  private CostStrata(int[] stratum, int[][] members) {
    this.stratum = stratum;
    this.members = members;
  }

  /**
   * The strata of some networks.
   *
   * @param costs one for each network, at least one, finite
   */
  static CostStrata of(double[] costs) {
    int n = costs.length;
    int strata = Math.max(1, (int) Math.min(n / 2.0, 4 * Math.sqrt(n)));
    double[] sorted = costs.clone();
    Arrays.sort(sorted);
    int[] stratum = new int[n];
    for (int i = 0; i < n; i++) {
      int below = first(sorted, costs[i]);
      int upTo = first(sorted, Math.nextUp(costs[i]));
      double midRank = (below + (upTo - below) / 2.0) / n;
      stratum[i] = (int) Math.min(strata - 1, Math.floor(strata * midRank + 1e-9));
    }
    return new CostStrata(stratum, grouped(stratum, strata));
  }

  /** How many of {@code sorted} are below {@code value}. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int[][] grouped(int[] stratum, int strata) {
    int[] size = new int[strata];
    for (int s : stratum) {
      size[s]++;
    }
    int[][] members = new int[strata][];
    for (int s = 0; s < strata; s++) {
      members[s] = new int[size[s]];
    }
    for (int i = stratum.length - 1; i >= 0; i--) {
      members[stratum[i]][--size[stratum[i]]] = i;
    }
    return Arrays.stream(members).filter(those -> those.length > 1).toArray(int[][]::new);
  }

  /** Those of networks drawn from these; each stays in its stratum. */
  CostStrata drawn(int[] networks) {
    int[] drawn = Arrays.stream(networks).map(i -> stratum[i]).toArray();
    return new CostStrata(drawn, grouped(drawn, 1 + Arrays.stream(stratum).max().orElseThrow()));
  }

  /** How many strata hold a pair of networks. */
  int size() {
    return members.length;
  }

  /** How many pairs of networks lie in one stratum. */
  long pairs() {
    return Arrays.stream(members).mapToLong(those -> those.length * (those.length - 1L) / 2).sum();
  }

  /**
   * Kendall's τ_b over the pairs that lie in one stratum, the pairs of all strata pooled:
   * concordant minus discordant over the geometric mean of the pairs each column does not tie.
   * Absent if a column ties all of them. O(n log n).
   *
   * @param x one finite number for each network
   * @param y one finite number for each network
   */
  OptionalDouble kendallTauB(double[] x, double[] y) {
    long excess = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int[] those : members) {
      RankCorrelation within =
          RankCorrelation.of(
              Arrays.stream(those).mapToDouble(i -> x[i]).toArray(),
              Arrays.stream(those).mapToDouble(i -> y[i]).toArray());
      excess += within.concordant() - within.discordant();
      untiedX += within.untiedX();
      untiedY += within.untiedY();
    }
    if (untiedX == 0 || untiedY == 0) {
      return OptionalDouble.empty();
    }
    double tau = excess / (Math.sqrt((double) untiedX) * Math.sqrt((double) untiedY));
    return OptionalDouble.of(Math.max(-1, Math.min(1, tau))); // roots are rounded
  }
}
