package dsa.sampler.stages;

import dsa.core.arch.StageSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the encodings of a network in a space of stages, where a stage of stride 1 may {@linkplain
 * StageSpec#continues go on} with the blocks of the one before: the stages of the space share out
 * the blocks of the network's.
 */
final class StageSplits {

  /** Up to so many encodings a space is gone through to count its networks. */
  static final int MOST_LISTED = 1 << 16;

  /** The options of the stages of a space. */
  interface Options {

    int stages();

    int stride(int s);

    /** The options of stage {@code s} with the width, bottleneck and groups of {@code stage}. */
    int[] like(int s, StageSpec stage);

    int depth(int s, int option);

    /** What the stage behind {@code s} can tell of an option of it. */
    int seen(int s, int option);

    /** Whether {@code option} may stand at stage {@code s}, above 0, behind what it sees. */
    boolean holds(int s, int seen, int option);
  }

  private record State(int s, int stage, int taken, int seen) {}

  private final Options options;
  private final List<StageSpec> network;
  private final Map<State, Long> known = new HashMap<>();
  private final int[][][] like;

  private StageSplits(Options options, List<StageSpec> network) {
    this.options = options;
    this.network = network;
    like = new int[options.stages()][network.size()][];
  }

  /**
   * How many encodings come to a network of these stages, as its canonical form has them; 2^63 - 1
   * if they are more.
   */
  static long encodings(Options options, List<StageSpec> canonical) {
    return new StageSplits(options, canonical).ways(new State(0, 0, 0, -1));
  }

  /** What to throw where the encodings of a network are too many to be counted. */
  static IllegalArgumentException tooManyEncodings(String space) {
    return new IllegalArgumentException(
        space
            + " has stages of stride 1 that may be one with the stage before, and too many"
            + " encodings to count those of a network, so that its networks cannot be made"
            + " equally likely; use smaller grids or other strides");
  }

  /** The ways on where earlier stages have {@code taken} blocks of the network's stage. */
  private long ways(State state) {
    int s = state.s();
    if (s == options.stages() || state.stage() == network.size()) {
      return s == options.stages() && state.stage() == network.size() ? 1 : 0;
    }
    StageSpec stage = network.get(state.stage());
    if (options.stride(s) != (state.taken() == 0 ? stage.stride() : 1)) {
      return 0;
    }
    Long before = known.get(state);
    if (before != null) {
      return before;
    }
    if (like[s][state.stage()] == null) {
      like[s][state.stage()] = options.like(s, stage);
    }
    long ways = 0;
    for (int option : like[s][state.stage()]) {
      int taken = state.taken() + options.depth(s, option);
      if (taken > stage.depth() || (s > 0 && !options.holds(s, state.seen(), option))) {
        continue;
      }
      boolean whole = taken == stage.depth();
      long on =
          ways(
              new State(
                  s + 1,
                  state.stage() + (whole ? 1 : 0),
                  whole ? 0 : taken,
                  options.seen(s, option)));
      ways += Math.min(on, Long.MAX_VALUE - ways);
    }
    known.put(state, ways);
    return ways;
  }
}
