/**
 * What a network costs. Start with {@link dsa.core.complexity.Complexity} (exact, counted from a
 * plan) and {@link dsa.core.complexity.RecordedComplexity} (what a published record says). How
 * costs are counted stands in the operations of {@code dsa.core.arch}.
 */
package dsa.core.complexity;
