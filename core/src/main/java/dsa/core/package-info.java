/**
 * The vocabulary every module shares: architectures, their complexity, runs and populations,
 * addresses of randomness, and the files that hold them. Nothing here draws, trains or compares.
 */
package dsa.core;
