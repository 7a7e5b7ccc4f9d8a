/**
 * The strategies, one class each, listed in {@link dsa.search.strategy.Strategies}. To add one:
 * write its class with a {@code TYPE} and put that into the list.
 */
package dsa.search.strategy;
