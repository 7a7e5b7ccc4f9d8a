/**
 * What random search finds in a space, read off a population. Start with {@link
 * dsa.analysis.randomsearch.RandomSearchCurve} (the best of m models), {@link
 * dsa.analysis.randomsearch.PointComparison} (how often more models of the same space win) and
 * {@link dsa.analysis.randomsearch.BestRange} (which parameters the winners have). Search
 * strategies are not here: they propose models, this package only reads them.
 */
package dsa.analysis.randomsearch;
