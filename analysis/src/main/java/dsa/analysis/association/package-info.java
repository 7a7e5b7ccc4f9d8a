/**
 * How two columns of a population go together. Start with {@link
 * dsa.analysis.association.RankCorrelation} (complexity against error, run against run) and {@link
 * dsa.analysis.association.ParetoFront} (what is best at each cost).
 */
package dsa.analysis.association;
