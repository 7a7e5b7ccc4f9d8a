/**
 * Labelled images on disk and in memory. Start with {@link dsa.trainer.data.Cifar10} and {@link
 * dsa.trainer.data.ImageSet}; {@link dsa.trainer.data.CifarFetch} brings the files here and {@link
 * dsa.trainer.data.CifarCheck} says whether they are right. How images are batched and augmented is
 * in {@link dsa.trainer.data.BatchPlan}.
 */
package dsa.trainer.data;
