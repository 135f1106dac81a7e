#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Are the typical samples of a score those that a network need not memorize? Appendix I of the TopoCore paper.

    python benchmarks/memorization.py --program build/examples/topoprune/topoprune --data FOLDER
                                      [--picture docs/typical_samples.png] [--reliability 0.75]

Every score of the program that needs no training records, of the features and logits of ResNet-20 and ResNet-56 on
the 50,000 samples of CIFAR-10, against two published measures of memorization:

    C-score      how likely a network that was trained on other samples gets this one right (Jiang et al. 2021);
                 high is regular, low is memorized if learned at all
    forgetting   how often a network got the sample right and then wrong again while it learned (Toneva et al. 2019);
                 high is memorized

No sample is filtered, since the filter drops many of those that have to be memorized. Printed is, as a table of Markdown, for each
score Spearman's rank correlation over all samples, and its mean within classes with the range over them; the interval
of 95 % is that of Fisher's transform with the variance of Bonett and Wright (2000), (1 + rho^2 / 2) / (n - 3). A second
table tells the C-scores and counts of the ten samples with the highest and of the ten with the lowest density of each
class, beside the quantile of their mean among those of random tens. The picture shows these samples for five classes.

--reliability R adds the pair persistence measured on as many layouts as its order needs to agree by R with another
run's; this takes minutes for each network. Finished runs of the program are kept in --out and not repeated. Without
--data it takes ../shared/data. Needs: pip install numpy scipy matplotlib pillow.
"""

import argparse
import pathlib

import numpy as np
from scipy.stats import norm, rankdata

from program_runs import CIFAR10_CLASSES, Cifar10, Runs, add_arguments, pyplot, read_columns, save_small, show_strip

OF_LOGITS = ("el2n", "entropy", "margin")
OF_FEATURES = ("center-distance", "prototypicality", "knn-shapley", "zcore", "fdmat")
PERSISTENCE = ("displacement", "gradient-norm", "pair-persistence")
TEN, SHOWN_CLASSES = 10, 5


def scores_of(runs, data, depth, arguments):
    """Name and values of every score, the density first."""
    features, logits = data.features(depth), data.logits(depth)
    found = {}
    for way in PERSISTENCE:
        table = runs.prune(features, data.labels, "--filter", "none", "--keep", "0.1", "--seed", arguments.seed, "--score",
                           way) / "scores.csv"
        persistence, density, both = read_columns(table, "persistence", "density", "score")
        found.setdefault("density", density)
        found[f"persistence, {way}"] = persistence
        if way == PERSISTENCE[0]:
            found["persistence + density"] = both
    if arguments.reliability:
        table = runs.prune(features, data.labels, "--filter", "none", "--keep", "0.1", "--seed", arguments.seed, "--score",
                           "pair-persistence", "--reliability", arguments.reliability) / "scores.csv"
        found[f"persistence, pairs, reliability {arguments.reliability:g}"], = read_columns(table, "persistence")
    for name in (*OF_FEATURES, *OF_LOGITS):
        given = ["--logits", logits] if name in OF_LOGITS else ["--features", features]
        table = runs.call(["score", *given, "--labels", data.labels, "--score", name, "--seed", arguments.seed],
                          "scores.csv") / "scores.csv"
        found[f"`{name}`"], = read_columns(table, name)
    return found


def correlation(a, b):
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def overall(a, b):
    """Correlation of the ranks of all, and its interval."""
    rho = correlation(a, b)
    half = norm.ppf(0.975) * np.sqrt((1 + rho ** 2 / 2) / (len(a) - 3))
    return rho, np.tanh(np.arctanh(rho) - half), np.tanh(np.arctanh(rho) + half)


def within_classes(a, b, labels):
    """Mean over the classes of the correlation of the ranks, its interval, least and largest. The interval is that of
    the mean of independent classes, each with the standard error (1 - rho^2) sqrt((1 + rho^2 / 2) / (n - 3))."""
    members = [labels == c for c in np.unique(labels)]
    rho = np.array([correlation(a[m], b[m]) for m in members])
    variance = [(1 - r ** 2) ** 2 * (1 + r ** 2 / 2) / (m.sum() - 3) for r, m in zip(rho, members)]
    half = norm.ppf(0.975) * np.sqrt(np.sum(variance)) / len(rho)
    return rho.mean(), half, rho.min(), rho.max()


def signed(value):
    """+.31, as the tables of docs write it."""
    text = f"{value:+.2f}"
    return text[0] + text[2:] if text[1] == "0" else text


def correlations_table(data, scores, measures):
    lines = ["| network | score | " + " | ".join(f"{m}, all | {m}, within classes (range)" for m in measures) + " |",
             "|---" * (2 + 2 * len(measures)) + "|"]
    for depth, of_network in scores.items():
        for name, values in of_network.items():
            cells = []
            for measure in measures.values():
                rho, low, high = overall(values, measure)
                cells.append(f"{signed(rho)} ({signed(low)} .. {signed(high)})")
                mean, half, least, largest = within_classes(values, measure, data.labels)
                cells.append(f"{signed(mean)} ± {half:.3f} ({signed(least)} .. {signed(largest)})".replace("± 0.", "± ."))
            lines.append(f"| ResNet-{depth} | {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def extremes(density, labels, c):
    """Row numbers of the most typical and the most atypical ten of a class, the most extreme first."""
    members = np.flatnonzero(labels == c)
    order = members[np.argsort(density[members], kind="stable")]
    return order[::-1][:TEN], order[:TEN]


def tens_table(data, scores, measures):
    """Means of the measures over the extreme tens, of every network over its classes."""
    random = np.random.default_rng(20)
    lines = ["| network | samples | " + " | ".join(f"{m}, mean of the classes (range) | classes beyond 95 % of random tens"
                                                   for m in measures) + " |", "|---" * (2 + 2 * len(measures)) + "|"]
    classes = np.unique(data.labels)
    for depth, of_network in scores.items():
        for place, title in enumerate(("ten densest of a class", "ten least dense of a class")):
            cells = []
            for measure in measures.values():
                means, beyond = [], 0
                for c in classes:
                    rows = extremes(of_network["density"], data.labels, c)[place]
                    members = np.flatnonzero(data.labels == c)
                    draws = [measure[random.choice(members, TEN, replace=False)].mean() for _ in range(1000)]
                    means.append(measure[rows].mean())
                    # Typical is a high C-score and few times forgotten; for the least dense the other way about.
                    turned = (measure is measures["C-score"]) == (place == 0)
                    beyond += np.mean(np.array(draws) < means[-1]) > 0.95 if turned else np.mean(
                        np.array(draws) > means[-1]) > 0.95
                cells.append(f"{np.mean(means):.2f} ({min(means):.2f} .. {max(means):.2f}) | {beyond} of {len(classes)}")
            lines.append(f"| ResNet-{depth} | {title} | " + " | ".join(cells) + " |")
    lines.append("| | all samples | " + " | ".join(f"{m.mean():.2f} | " for m in measures.values()) + "|")
    return "\n".join(lines)


def draw_picture(path, data, density, consistency):
    plot = pyplot()
    images = data.images()
    figure, axes = plot.subplots(SHOWN_CLASSES, 2, figsize=(9, 2.75), layout="constrained")
    for c, pair in zip(range(SHOWN_CLASSES), axes):
        tens = extremes(density, data.labels, c)
        for rows, axis in zip(tens, pair):
            show_strip(axis, images[rows])
        pair[0].set_yticks([7.5], [CIFAR10_CLASSES[c]], fontsize=8)
        for rows, axis in zip(tens, pair):
            axis.set_xlabel(f"mean C-score {consistency[rows].mean():.2f}", fontsize=6, labelpad=1)
    axes[0, 0].set_title("highest density in the class", fontsize=9)
    axes[0, 1].set_title("lowest density in the class", fontsize=9)
    save_small(figure, path, colors=200, dpi=110)
    plot.close(figure)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, "memorization")
    parser.add_argument("--networks", nargs="+", type=int, default=[20, 56], help="depths of ResNets; the last is drawn")
    parser.add_argument("--samples", type=int, help="of each class, for a short check [all]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reliability", type=float, help="of a stable persistence score, as 0.75 [none]")
    parser.add_argument("--picture", type=pathlib.Path, help="[typical_samples.png in --out]")
    arguments = parser.parse_args()
    data = Cifar10(arguments.data, arguments.samples)
    runs = Runs(arguments.program, arguments.out, arguments.threads)
    measures = {"C-score": data.consistency(), "forgetting": data.forgetting()}
    print(f"The two measures: {signed(correlation(*measures.values()))} between them.\n")
    scores = {depth: scores_of(runs, data, depth, arguments) for depth in arguments.networks}
    tables = (correlations_table(data, scores, measures), tens_table(data, scores, measures))
    print("\n\n".join(tables))
    (arguments.out / "memorization.md").write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    draw_picture(arguments.picture or arguments.out / "typical_samples.png", data,
                 scores[arguments.networks[-1]]["density"], measures["C-score"])


if __name__ == "__main__":
    main()
