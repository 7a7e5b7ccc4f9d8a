package dsa.trainer.engine;

/**
 * The tensors of one batch normalization, each of shape (channels).
 *
 * @param scale trainable, γ
 * @param shift trainable, β
 * @param mean running mean, used outside of training
 * @param variance running variance, unbiased (divided by n − 1), used outside of training
 * @param <T> the engine's tensor
 */
public record Norm<T>(T scale, T shift, T mean, T variance) {}
