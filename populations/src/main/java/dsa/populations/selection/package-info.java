/**
 * Which models of a population are looked at: {@link dsa.populations.selection.Selection}, made of
 * {@link dsa.populations.selection.Condition}s on their columns and of the columns that are
 * averaged over.
 */
package dsa.populations.selection;
