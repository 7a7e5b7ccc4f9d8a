/**
 * Spaces of staged networks. Start with {@link dsa.sampler.stages.StagedSpace} (a grid per stage,
 * constraints between stages) and {@link dsa.sampler.stages.AnyNetSpace} (four grids for all
 * stages, as in RegNet's paper).
 */
package dsa.sampler.stages;
