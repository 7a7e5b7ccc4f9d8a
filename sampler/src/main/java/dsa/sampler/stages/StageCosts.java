package dsa.sampler.stages;

import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The costs of the stages of a space, each worked out when first asked for: a space may have more
 * kinds of stages than a population ever meets. Safe for many threads; two may work out the same
 * cost, and find the same.
 */
public final class StageCosts {

  private static final int MOST = 1 << 22;

  /** Makes stages from a kind's number. */
  @FunctionalInterface
  public interface Kinds {
    /** The stage of {@code kind} with one block. */
    StageSpec stage(int kind, int stride);
  }

  private final NetworkFrame frame;
  private final List<Shape> images;
  private final Kinds kinds;
  private final int count;
  private final AtomicReferenceArray<StageCost> costs;
  private final Complexity ends;
  private final Complexity perChannel;

  /**
   * Works out none yet.
   *
   * @param count how many kinds of stages there are
   * @throws IllegalArgumentException if that is too many
   */
  public StageCosts(NetworkFrame frame, Task task, long count, Kinds kinds) {
    if (count * frame.stages() > MOST) {
      throw new IllegalArgumentException(
          "its exact tables would have "
              + count * frame.stages()
              + " rows, "
              + MOST
              + " are allowed; use fewer widths, ratios or group widths");
    }
    this.frame = frame;
    this.images = frame.images(task);
    this.kinds = kinds;
    this.count = (int) count;
    costs = new AtomicReferenceArray<>((int) count * frame.stages());
    Complexity stem = Op.costOf(frame.stem().ops(frame.stemWidth()), task.input());
    perChannel = head(task, 2).minus(head(task, 1));
    ends = stem.plus(head(task, 1).minus(perChannel));
  }

  private static Complexity head(Task task, int channels) {
    return Op.costOf(StagedSpec.headOps(task), new Shape(channels, 1, 1));
  }

  /** The cost of {@code kind} as stage {@code s}. */
  public StageCost of(int s, int kind) {
    StageCost cost = costs.get(s * count + kind);
    if (cost == null) {
      StageSpec stage = kinds.stage(kind, frame.strides().get(s));
      cost = new StageCost(frame.block(), stage, images.get(s));
      costs.set(s * count + kind, cost);
    }
    return cost;
  }

  /** Adds the costs of the stem and of the classifier over {@code channels} to {@code sum}. */
  public void addEnds(Complexity.Sum sum, int channels) {
    sum.add(ends);
    sum.add(perChannel, channels);
  }
}
