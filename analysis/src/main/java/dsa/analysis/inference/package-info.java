/**
 * How sure a comparison may be. Start with {@link dsa.analysis.inference.Bootstrap} (bands and
 * intervals) and {@link dsa.analysis.inference.PermutationWithinBins} (the p-value of a normalized
 * comparison); {@link dsa.analysis.inference.Verdict} turns them into words. Everywhere A is the
 * first population and B the second, and a smaller error is better. Sample sizes and random-search
 * curves are elsewhere.
 */
package dsa.analysis.inference;
