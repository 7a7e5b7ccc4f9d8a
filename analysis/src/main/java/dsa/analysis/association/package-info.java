/**
 * How columns of a population, or of several, go together. Start with {@link
 * dsa.analysis.association.RankCorrelation} (complexity against error) and {@link
 * dsa.analysis.association.ParetoFront} (what is best at each cost); for the same networks trained
 * several times, {@link dsa.analysis.association.MatchedModels}, {@link
 * dsa.analysis.association.Agreement} and {@link dsa.analysis.association.ReplicateNoise}.
 */
package dsa.analysis.association;
