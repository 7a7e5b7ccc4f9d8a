package dsa.analysis.inference;

import java.util.OptionalInt;

/**
 * What a Kolmogorov-Smirnov test found. A large p-value is no evidence that the spaces are equal.
 *
 * @param distance D (or D⁺, D⁻ if the test was one-sided), in [0, 1]
 * @param atError where it is reached, percent
 * @param sign 1 if A has the larger share of models there, −1 if B has, 0 if D is 0
 * @param pValue in (0, 1]; 0 only if it is below the smallest double
 * @param method how the p-value came about
 * @param permutations how many were drawn, if any were
 */
public record KsResult(
    double distance,
    double atError,
    int sign,
    double pValue,
    PValueMethod method,
    OptionalInt permutations) {}
