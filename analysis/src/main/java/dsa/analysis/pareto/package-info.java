/**
 * Fronts of error against a cost: what a whole space offers, not one network. Start with {@link
 * dsa.analysis.pareto.Attainment}; the front itself is {@link
 * dsa.analysis.association.ParetoFront}.
 */
package dsa.analysis.pareto;
