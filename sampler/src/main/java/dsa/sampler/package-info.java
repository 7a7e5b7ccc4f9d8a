/**
 * Design spaces and draws from them. Start with {@link dsa.sampler.DesignSpace} (what can be
 * drawn), {@link dsa.sampler.SpaceCensus} (what is known of all its networks) and {@link
 * dsa.sampler.PopulationSampler} (drawing under complexity limits). A name or a file becomes a
 * space in {@code dsa.sampler.spaces}; the kinds of spaces have packages of their own; the networks
 * themselves are in {@code dsa.core.arch}.
 */
package dsa.sampler;
