/**
 * Spaces of RegNets, whose widths are a quantized line. Start with {@link
 * dsa.sampler.regnet.RegNetSpace}; the networks and their costs are those of {@code
 * dsa.sampler.stages}.
 */
package dsa.sampler.regnet;
