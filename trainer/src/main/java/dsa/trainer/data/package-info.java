/**
 * Labelled images on disk and in memory. Start with {@link dsa.trainer.data.Cifar10} and {@link
 * dsa.trainer.data.ImageSet}.
 */
package dsa.trainer.data;
