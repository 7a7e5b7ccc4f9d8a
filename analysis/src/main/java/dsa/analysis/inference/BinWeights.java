package dsa.analysis.inference;

/** The normalization weights 1/(K m_b) as whole numbers of a small unit. */
final class BinWeights {

  private BinWeights() {}

  static int[] counts(int[] bin, int bins) {
    int[] counts = new int[bins];
    for (int b : bin) {
      counts[b]++;
    }
    return counts;
  }

  /**
   * Writes the weight of one model of each bin, where K is the number of occupied bins and empty
   * ones get 0; returns the number of empty bins.
   */
  static int fill(long[] weights, int[] counts, double unitsInOne) {
    int occupied = 0;
    for (int count : counts) {
      occupied += count > 0 ? 1 : 0;
    }
    for (int b = 0; b < counts.length; b++) {
      weights[b] = counts[b] == 0 ? 0 : Math.round(unitsInOne / ((double) occupied * counts[b]));
    }
    return counts.length - occupied;
  }
}
