/**
 * Taking complexity out. Start with {@link dsa.analysis.weighting.Normalization} and what it makes,
 * {@link dsa.analysis.weighting.NormalizedPopulation}.
 */
package dsa.analysis.weighting;
