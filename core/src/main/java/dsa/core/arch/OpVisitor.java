package dsa.core.arch;

/**
 * Does something for each operation there is. Whoever interprets operations does so with one of
 * these, so that the compiler names every place that a new operation is missing from.
 *
 * @param <R> what comes of it
 */
public interface OpVisitor<R> {

  /** For {@link Op.Conv}. */
  R conv(Op.Conv op);

  /** For {@link Op.Depthwise}. */
  R depthwise(Op.Depthwise op);

  /** For {@link Op.BatchNorm}. */
  R batchNorm(Op.BatchNorm op);

  /** For {@link Op.Relu}. */
  R relu(Op.Relu op);

  /** For {@link Op.Swish}. */
  R swish(Op.Swish op);

  /** For {@link Op.Pool}. */
  R pool(Op.Pool op);

  /** For {@link Op.InnerConv}. */
  R innerConv(Op.InnerConv op);

  /** For {@link Op.Shift}. */
  R shift(Op.Shift op);

  /** For {@link Op.Zero}. */
  R zero(Op.Zero op);

  /** For {@link Op.ChannelShuffle}. */
  R channelShuffle(Op.ChannelShuffle op);

  /** For {@link Op.SqueezeExcite}. */
  R squeezeExcite(Op.SqueezeExcite op);

  /** For {@link Op.GlobalAveragePool}. */
  R globalAveragePool(Op.GlobalAveragePool op);

  /** For {@link Op.Linear}. */
  R linear(Op.Linear op);

  /** For {@link Op.Residual}. */
  R residual(Op.Residual op);

  /** For {@link Op.Concat}. */
  R concat(Op.Concat op);

  /** For {@link Op.Split}. */
  R split(Op.Split op);
}
