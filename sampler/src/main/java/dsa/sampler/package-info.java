/**
 * Design spaces and draws from them. Start with {@link dsa.sampler.DesignSpace} (what can be drawn)
 * and {@link dsa.sampler.PopulationSampler} (drawing it under complexity limits). Space files and
 * the built-in spaces are in {@code dsa.sampler.spaces}; the networks themselves in {@code
 * dsa.core.arch}.
 */
package dsa.sampler;
