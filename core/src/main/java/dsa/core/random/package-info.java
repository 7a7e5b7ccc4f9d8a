/** Randomness with addresses. Start with {@link dsa.core.random.SeedPath}. */
package dsa.core.random;
