/**
 * Laws that numbers are drawn by, each a distribution over finitely many decimals. Start with
 * {@link dsa.sampler.distribution.SamplingLaw}.
 */
package dsa.sampler.distribution;
