/**
 * What a population says about searching its space. Start with {@link
 * dsa.analysis.search.RandomSearchCurve} (the best of m models) and {@link
 * dsa.analysis.search.BestRange} (which parameters good models have). {@link
 * dsa.analysis.search.PointComparison}, {@link dsa.analysis.search.SampleSizeStudy} and {@link
 * dsa.analysis.search.AreaPower} tell how many models a claim needs. Search strategies are not
 * here: they propose models, this package only reads them.
 */
package dsa.analysis.search;
