/**
 * Distributions over finitely many decimals, by which numbers are drawn. Start with {@link
 * dsa.sampler.distribution.DiscreteDistribution}.
 */
package dsa.sampler.distribution;
