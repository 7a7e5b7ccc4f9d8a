package dsa.sampler.stages;

import dsa.core.arch.Op;
import dsa.core.arch.Shape;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The prices of the stages of a space, each worked out when first asked for: a space may have more
 * kinds of stages than a population ever meets. Safe for many threads; two may work out the same
 * price, and find the same.
 */
public final class StagePrices {

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
  private final AtomicReferenceArray<StagePrice> prices;
  private final long[] stem;
  private final long[] headFixed;
  private final long[] headPerChannel;

  /**
   * Prices none yet.
   *
   * @param count how many kinds of stages there are
   * @throws IllegalArgumentException if that is too many
   */
  public StagePrices(NetworkFrame frame, long count, Kinds kinds) {
    if (count * frame.stages() > MOST) {
      throw new IllegalArgumentException(
          "its exact tables would have "
              + count * frame.stages()
              + " rows, "
              + MOST
              + " are allowed; use fewer widths, ratios or group widths");
    }
    this.frame = frame;
    this.images = frame.images();
    this.kinds = kinds;
    this.count = (int) count;
    prices = new AtomicReferenceArray<>((int) count * frame.stages());
    stem =
        StagePrice.counts(
            Op.costOf(StagedSpec.stemOps(frame.stem(), frame.stemWidth()), frame.task().input()));
    headFixed = head(1);
    headPerChannel = head(2);
    for (int i = 0; i < stem.length; i++) {
      headPerChannel[i] -= headFixed[i];
      headFixed[i] -= headPerChannel[i];
    }
  }

  private long[] head(int channels) {
    return StagePrice.counts(
        Op.costOf(StagedSpec.headOps(frame.task()), new Shape(channels, 1, 1)));
  }

  /** The price of {@code kind} as stage {@code s}. */
  public StagePrice of(int s, int kind) {
    StagePrice price = prices.get(s * count + kind);
    if (price == null) {
      StageSpec stage = kinds.stage(kind, frame.strides().get(s));
      price = new StagePrice(frame.block(), stage, images.get(s));
      prices.set(s * count + kind, price);
    }
    return price;
  }

  /** The costs of the stem and of the classifier over {@code channels}. */
  public long[] ends(int channels) {
    long[] sums = new long[stem.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = stem[i] + headFixed[i] + channels * headPerChannel[i];
    }
    return sums;
  }
}
