"""Bootstrap and within-bin permutations of two normalized populations, as numpy does them best: the peer that
BootstrapBenchmark and PermutationBenchmark are measured against. Everything that does not change from one resample to
the next is computed once; the loop over resamples calls vectorized functions only.

usage: inference_numpy.py [MODELS_A_SIDE [REPETITIONS]]      prints milliseconds, the best of the repetitions
"""
import sys
import time

import numpy as np

LOW, HIGH, BINS, EPSILON, POINTS = 23_000, 856_001, 10, 20.0, 200


def population(size, shift, decimals, random):
    """Errors ascending and bins of models of uneven complexity whose error falls with it."""
    params = np.floor(24_000 + 832_000 * np.sqrt(random.random(size)))
    error = 5 + shift - 1.2 * np.log(params / 856_000) - 0.7 * np.log(1 - random.random(size))
    error = np.minimum(np.round(error, decimals), 90)
    order = np.argsort(error, kind="stable")
    return error[order], np.digitize(params[order], np.linspace(LOW, HIGH, BINS + 1)) - 1


def bootstrap(spaces, resamples, random):
    """EDF bands (pointwise and sup-t) of both spaces and of their difference, and percentile intervals of area, mean,
    area difference and P(A better), all from the same resamples."""
    grid = np.linspace(
        min(e[0] for e, _ in spaces), max(np.quantile(e, 0.995) for e, _ in spaces), POINTS
    )
    cells = [np.searchsorted(e, grid, side="right") for e, _ in spaces]
    clipped = [np.minimum(1, e / EPSILON) for e, _ in spaces]
    below = np.searchsorted(spaces[1][0], spaces[0][0], side="left")
    up_to = np.searchsorted(spaces[1][0], spaces[0][0], side="right")
    curves = np.empty((2, resamples, POINTS))
    areas, means = np.empty((2, resamples)), np.empty((2, resamples))
    better = np.empty(resamples)
    for r in range(resamples):
        drawn = []
        for p, (error, bins) in enumerate(spaces):
            size = len(error)
            times = np.bincount(random.integers(0, size, size), minlength=size)
            per_bin = np.bincount(bins, weights=times, minlength=BINS)
            with np.errstate(divide="ignore"):
                weights = times * (1 / (np.count_nonzero(per_bin) * per_bin))[bins]
            cumulative = np.empty(size + 1)
            cumulative[0] = 0
            np.cumsum(weights, out=cumulative[1:])
            curves[p, r] = cumulative[cells[p]]
            areas[p, r] = 1 - weights @ clipped[p]
            means[p, r] = weights @ error
            drawn.append((weights, cumulative))
        other = drawn[1][1]
        better[r] = 1 - drawn[0][0] @ (other[below] + other[up_to]) / 2
    bands = []
    for rows in (curves[0], curves[1], curves[0] - curves[1]):
        deviation = rows.std(axis=0, ddof=1)
        scale = np.divide(1, deviation, out=np.zeros(POINTS), where=deviation > 1e-12)
        factor = np.quantile(np.abs((rows - rows.mean(axis=0)) * scale).max(axis=1), 0.95)
        bands.append((np.quantile(rows, [0.025, 0.975], axis=0), factor * deviation))
    return bands, [np.quantile(x, [0.025, 0.975]) for x in (*areas, *means, areas[0] - areas[1], better)]


def permutations(spaces, count, random):
    """P-values of the weighted distance and of the area difference."""
    pooled = np.concatenate([e for e, _ in spaces])
    order = np.argsort(pooled, kind="stable")
    error, bins = pooled[order], np.concatenate([b for _, b in spaces])[order]
    in_a = np.repeat([True, False], [len(e) for e, _ in spaces])[order]
    last = np.flatnonzero(np.append(error[1:] != error[:-1], True))
    gap = np.diff(np.append(np.minimum(error[last], EPSILON), EPSILON)) / EPSILON
    weight = [1 / (BINS * np.bincount(b, minlength=BINS)) for _, b in spaces]
    swing, base = (weight[0] + weight[1])[bins], np.cumsum(-weight[1][bins])[last]
    members = [np.flatnonzero(bins == b) for b in range(BINS)]

    def statistics(label):
        difference = base + np.cumsum(swing * label)[last]
        return np.abs(difference).max(), abs(difference @ gap)

    observed = statistics(in_a)
    hits = np.zeros(2)
    label = in_a.copy()
    for _ in range(count):
        for inside in members:
            label[inside] = random.permutation(label[inside])
        hits += np.array(statistics(label)) >= np.array(observed) - 1e-12
    return observed, (1 + hits) / (1 + count)


def main(size=25_000, repetitions=3):
    for decimals in (2, 6):
        random = np.random.default_rng(1)
        spaces = [population(size, 0, decimals, random), population(size, 0.05, decimals, random)]
        for work, name in ((bootstrap, "resamples"), (permutations, "permutations")):
            best = float("inf")
            for _ in range(repetitions):
                start = time.perf_counter()
                work(spaces, 2000, random)
                best = min(best, time.perf_counter() - start)
            print(f"{decimals} decimals, {size} models a side, 2000 {name}: {best * 1000:.0f} ms", flush=True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
