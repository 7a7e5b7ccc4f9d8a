package dsa.analysis.randomsearch;

import java.util.HashSet;
import java.util.Set;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * CPython's random module, as far as the NDS notebooks call it, so that their seeded figures can be
 * replayed.
 */
final class PythonRandom {

  private final MersenneTwister twister;

  /** As after {@code random.seed(seed)} with a small non-negative int. */
  PythonRandom(int seed) {
    twister = new MersenneTwister(new int[] {seed});
  }

  double random() {
    int a = twister.nextInt() >>> 5;
    int b = twister.nextInt() >>> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
  }

  /** {@code random.sample(range(n), k)}. */
  int[] sample(int n, int k) {
    int[] result = new int[k];
    double setSize = 21;
    if (k > 5) {
      setSize += Math.pow(4, Math.ceil(Math.log(k * 3.0) / Math.log(4)));
    }
    if (n <= setSize) {
      int[] pool = new int[n];
      for (int i = 0; i < n; i++) {
        pool[i] = i;
      }
      for (int i = 0; i < k; i++) {
        int j = below(n - i);
        result[i] = pool[j];
        pool[j] = pool[n - i - 1];
      }
    } else {
      Set<Integer> selected = new HashSet<>();
      for (int i = 0; i < k; i++) {
        int j = below(n);
        while (!selected.add(j)) {
          j = below(n);
        }
        result[i] = j;
      }
    }
    return result;
  }

  /** {@code random.choices(range(n), cum_weights=cumulative, k=k)}. */
  int[] choices(double[] cumulative, int k) {
    double total = cumulative[cumulative.length - 1];
    int[] result = new int[k];
    for (int i = 0; i < k; i++) {
      double x = random() * total;
      int low = 0;
      int high = cumulative.length - 1;
      while (low < high) { // bisect_right
        int middle = (low + high) / 2;
        if (x < cumulative[middle]) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      result[i] = low;
    }
    return result;
  }

  private int below(int n) {
    int bits = 32 - Integer.numberOfLeadingZeros(n);
    int r = twister.nextInt() >>> (32 - bits);
    while (r >= n) {
      r = twister.nextInt() >>> (32 - bits);
    }
    return r;
  }
}
