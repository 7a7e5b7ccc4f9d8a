/**
 * Whole comparisons. Start with {@link dsa.analysis.report.Comparison} and what it makes, {@link
 * dsa.analysis.report.ComparisonReport}.
 */
package dsa.analysis.report;
