"""The main comparison as a researcher would write it with numpy, scipy and matplotlib: the peer that docs/performance.md
measures `dsa compare` against. It reads the two published populations, normalizes both for params, and computes the
Kolmogorov-Smirnov distances, areas under the EDF, random-search curves, bootstrap bands, a permutation test within
complexity bins, and one figure.

usage: compare_numpy.py RESNET_CSV RESNEXT_CSV FIGURE.png
"""
import csv
import json
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

LOW, HIGH, BINS = 24_000, 856_000, 10
EPSILON, RESAMPLES, PERMUTATIONS = 20.0, 2000, 2000
GRID = np.linspace(4, 20, 512)
BUDGETS = 2 ** np.arange(10)


def load(path, error_column):
    """Errors ascending and their complexity bins."""
    with open(path, newline="") as lines:
        rows = list(csv.DictReader(lines))
    error = np.array([float(row[error_column]) for row in rows])
    params = np.array([float(row["params"]) for row in rows])
    keep = (params > LOW) & (params < HIGH)
    error, params = error[keep], params[keep]
    order = np.argsort(error, kind="stable")
    edges = np.linspace(LOW, HIGH, BINS + 1)
    return error[order], np.digitize(params[order], edges) - 1


def weights_of(bins):
    counts = np.bincount(bins, minlength=BINS)
    assert (counts > 0).all()
    return 1 / (BINS * counts[bins])


def expected_best(error, weights):
    survival = 1 - np.concatenate([[0], np.cumsum(weights)])
    survival[-1] = 0
    return [float((error * (survival[:-1] ** m - survival[1:] ** m)).sum()) for m in BUDGETS]


def bootstrap(error, bins, random):
    """2.5, 97.5 percentiles of the normalized EDF on the grid, of the area and of the random-search curve."""
    size = len(error)
    cells = np.searchsorted(error, GRID, side="right")
    clipped = np.minimum(1, error / EPSILON)
    bands = np.empty((RESAMPLES, len(GRID)))
    areas = np.empty(RESAMPLES)
    curves = np.empty((RESAMPLES, len(BUDGETS)))
    steps = np.diff(error)
    for r in range(RESAMPLES):
        times = np.bincount(random.integers(0, size, size), minlength=size)
        per_bin = np.bincount(bins, weights=times, minlength=BINS)
        weights = times / (np.count_nonzero(per_bin) * per_bin[bins])
        cumulative = np.concatenate([[0], np.cumsum(weights)])
        bands[r] = cumulative[cells]
        areas[r] = 1 - weights @ clipped
        power = np.clip(1 - cumulative[1:-1], 0, 1)
        for k in range(len(BUDGETS)):
            curves[r, k] = error[0] + steps @ power
            power = power * power
    return np.percentile(bands, [2.5, 97.5], axis=0), np.percentile(areas, [2.5, 97.5]), np.percentile(
        curves, [2.5, 97.5], axis=0
    )


def permutation_test(errors, bins, random):
    """The distance of the weighted EDFs and its p-value under permutation of the labels within each bin."""
    pooled = np.concatenate(errors)
    order = np.argsort(pooled, kind="stable")
    pooled = pooled[order]
    bin_of = np.concatenate(bins)[order]
    label = np.repeat([0, 1], [len(errors[0]), len(errors[1])])[order]
    last = np.append(pooled[1:] != pooled[:-1], True)
    step = [1 / (BINS * np.bincount(b, minlength=BINS)) for b in bins]
    members = [np.flatnonzero(bin_of == b) for b in range(BINS)]

    def distance(label):
        jumps = np.where(label == 0, step[0][bin_of], -step[1][bin_of])
        return np.abs(np.cumsum(jumps)[last]).max()

    observed = distance(label)
    extreme = 0
    for _ in range(PERMUTATIONS):
        shuffled = label.copy()
        for inside in members:
            shuffled[inside] = random.permutation(shuffled[inside])
        extreme += distance(shuffled) >= observed - 1e-12
    return observed, (1 + extreme) / (1 + PERMUTATIONS)


def main(resnet, resnext, figure):
    random = np.random.default_rng(1)
    names = ["resnet", "resnext-a"]
    errors, bins = zip(load(resnet, "mean_min_test_top1_error"), load(resnext, "min_test_top1_error"))
    weights = [weights_of(b) for b in bins]
    plain = stats.ks_2samp(*errors, method="exact")
    distance, p = permutation_test(errors, bins, random)
    report = {"unnormalized": [plain.statistic, plain.pvalue], "normalized": [distance, p], "populations": []}
    axes = plt.figure(figsize=(5, 4)).gca()
    for name, error, b, w in zip(names, errors, bins, weights):
        band, area_interval, curve_band = bootstrap(error, b, random)
        report["populations"].append(
            {
                "name": name,
                "used": len(error),
                "effectiveSampleSize": w.sum() ** 2 / (w**2).sum(),
                "area": [1 - w @ np.minimum(1, error / EPSILON), *area_interval],
                "randomSearch": [expected_best(error, w), curve_band.tolist()],
            }
        )
        axes.step(error, np.cumsum(w), where="post", label=name)
        axes.fill_between(GRID, *band, alpha=0.3)
    axes.set(xlim=(4, 20), xlabel="error | params", ylabel="cumulative probability")
    axes.legend()
    plt.savefig(figure, dpi=150)
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
