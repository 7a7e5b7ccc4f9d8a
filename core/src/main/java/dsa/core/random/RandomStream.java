package dsa.core.random;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers that is the same on every platform and in every Java release, which
 * the JDK promises for none of its generators' bounded draws. SplitMix64 (Steele, Lea, Flood,
 * <i>Fast Splittable Pseudorandom Number Generators</i>, OOPSLA 2014) with bounded integers by
 * multiplication (Lemire, <i>Fast Random Integer Generation in an Interval</i>, ACM TOMACS 2019).
 * Not for cryptography. Not thread-safe: one stream belongs to one draw.
 */
public final class RandomStream implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  RandomStream(long state) {
    this.state = state;
  }

  static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * A uniform integer from 0 to {@code bound - 1}, without modulo bias.
   *
   * @throws IllegalArgumentException if {@code bound} is below 1
   */
  @Override
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound=" + bound + " < 1");
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xffffffffL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xffffffffL;
      }
    }
    return (int) (product >>> 32);
  }

  /** A uniform double in [0, 1), a multiple of 2^-53. */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
