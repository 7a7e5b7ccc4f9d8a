/**
 * Spaces as data. Start with {@link dsa.sampler.spaces.Spaces} (a built-in name or a file becomes a
 * space) and {@link dsa.sampler.spaces.StagedSpace} (grids per stage, constraints between stages).
 * {@link dsa.sampler.spaces.AnyNetSpace} and {@link dsa.sampler.spaces.RegNetSpace} are those of
 * RegNet's paper.
 */
package dsa.sampler.spaces;
