package dsa.core.random;

import java.nio.charset.StandardCharsets;

/**
 * An address of randomness: {@code SeedPath.root(42).child("draw").child(17).generator()}. What is
 * drawn there depends on the address alone, not on threads, order or restarts (decision 0004).
 */
public final class SeedPath {

  private final long key;

  private SeedPath(long key) {
    this.key = key;
  }

  /** The address all others of one study descend from. */
  public static SeedPath root(long seed) {
    return new SeedPath(RandomStream.mix(seed ^ 0x6473612d726f6f74L));
  }

  /** The address of the {@code index}-th thing here. */
  public SeedPath child(long index) {
    return new SeedPath(RandomStream.mix(RandomStream.mix(key + 0x9e3779b97f4a7c15L) ^ index));
  }

  /** The address of the thing called {@code name} here. */
  public SeedPath child(String name) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return new SeedPath(RandomStream.mix(RandomStream.mix(key + 0xd1b54a32d192ed03L) ^ hash));
  }

  /** A new stream that starts at this address. */
  public RandomStream generator() {
    return new RandomStream(key);
  }
}
