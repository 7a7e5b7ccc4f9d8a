/**
 * Search strategies: what proposes networks, what evaluates them, and the budget between the two.
 * Start with {@link dsa.search.SearchStrategy} and {@link dsa.search.Search}; the strategies are in
 * {@code dsa.search.strategy}, tables that stand for training in {@code dsa.search.table}, repeated
 * searches and their statistics in {@code dsa.search.study}. Nothing here trains networks.
 */
package dsa.search;
