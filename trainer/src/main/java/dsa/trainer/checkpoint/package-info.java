/**
 * What a training keeps after each epoch, to go on from when it is interrupted. Start with {@link
 * dsa.trainer.checkpoint.Checkpoints}.
 */
package dsa.trainer.checkpoint;
