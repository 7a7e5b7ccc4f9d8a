/**
 * Trained networks in place of training: start with {@link dsa.search.table.EnumeratedTable}, which
 * holds every network of a small space and so measures strategies exactly.
 */
package dsa.search.table;
