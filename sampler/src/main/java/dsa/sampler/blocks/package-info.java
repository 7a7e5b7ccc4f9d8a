/**
 * Spaces of networks whose blocks are written as templates. Start with {@link
 * dsa.sampler.blocks.BlockSpace}; the template language is in {@code dsa.sampler.templates}.
 */
package dsa.sampler.blocks;
