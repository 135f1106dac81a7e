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

No sample is filtered, since the filter drops many of those that have to be memorized. Printed is, as a table of Markdown,
for each score Spearman's rank correlation over all samples, and its mean within classes with the range over them. Intervals of
95 % are those of Fisher's transform with the variance of Bonett and Wright (2000), (1 + rho^2 / 2) / (n - 3). A second table
tells C-scores and counts of the ten samples with the highest and of the ten with the lowest density of each class. The
picture shows these samples for five classes.

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
        if way == PERSISTENCE[0]:
            right = logits.argmax(axis=1) == data.labels
            found["density"] = density
            found["density, of samples that the network gets right"] = np.where(right, density, np.nan)
            found["density + persistence, the score of `prune`"] = both
        found[f"persistence, {way}"] = persistence
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
    """Correlation of the ranks of all, and half its interval, the larger half."""
    rho = correlation(a, b)
    half = norm.ppf(0.975) * np.sqrt((1 + rho ** 2 / 2) / (len(a) - 3))
    return rho, max(abs(np.tanh(np.arctanh(rho) + side * half) - rho) for side in (-1, 1))


def within_classes(a, b, labels):
    """Mean over the classes of the correlation of the ranks, half its interval, least and largest. The interval is that of
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
    """Over all / within classes (range), for each network and measure."""
    columns = [(depth, measure) for depth in scores for measure in measures]
    lines = ["| score | " + " | ".join(f"ResNet-{depth}, {measure}" for depth, measure in columns) + " |",
             "|---" * (1 + len(columns)) + "|"]
    halves = []
    for name in next(iter(scores.values())):
        cells = []
        for depth, measure in columns:
            there = np.isfinite(scores[depth][name])
            a, b, labels = scores[depth][name][there], measures[measure][there], data.labels[there]
            rho, half = overall(a, b)
            mean, half_within, least, largest = within_classes(a, b, labels)
            halves.append((half, half_within))
            cells.append(f"{signed(rho)} / {signed(mean)} ({signed(least)} .. {signed(largest)})")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    widest = np.max(halves, axis=0)
    note = (f"Half an interval of 95 % is at most {widest[0]:.3f} over all samples and {widest[1]:.3f} for the mean of the "
            "classes.")
    return "\n".join(lines) + "\n\n" + note.replace("0.", ".")


def extremes(density, labels, c):
    """Row numbers of the most typical and the most atypical ten of a class, the most extreme first."""
    members = np.flatnonzero(labels == c)
    order = members[np.argsort(density[members], kind="stable")]
    return order[::-1][:TEN], order[:TEN]


def tens_table(data, scores, measures):
    """Of every network, means over its classes: the measures of the extreme tens, in how many classes a mean is beyond
    that of 95 % of random tens of the class, and how many of the ten the network gets wrong."""
    random = np.random.default_rng(20)
    lines = ["| network | samples of each class | " +
             " | ".join(f"{m}, mean (range over classes) | classes beyond random" for m in measures) +
             " | the network is wrong |", "|---" * (3 + 2 * len(measures)) + "|"]
    classes = np.unique(data.labels)
    for depth, of_network in scores.items():
        wrong = data.logits(depth).argmax(axis=1) != data.labels
        for place, title in enumerate(("ten densest", "ten least dense")):
            tens = [extremes(of_network["density"], data.labels, c)[place] for c in classes]
            cells = []
            for name, measure in measures.items():
                # Typical is a high C-score and few times forgotten; of the least dense the other way about is meant.
                sign = 1 if (name == "C-score") == (place == 0) else -1
                means = np.array([measure[rows].mean() for rows in tens])
                beyond = 0
                for c, mean in zip(classes, means):
                    members = np.flatnonzero(data.labels == c)
                    draws = [measure[random.choice(members, TEN, replace=False)].mean() for _ in range(1000)]
                    beyond += np.mean(sign * np.array(draws) < sign * mean) > 0.95
                cells.append(f"{means.mean():.2f} ({means.min():.2f} .. {means.max():.2f}) | {beyond} of {len(classes)}")
            lines.append(f"| ResNet-{depth} | {title} | " + " | ".join(cells) +
                         f" | {100 * wrong[np.concatenate(tens)].mean():.0f} % |")
        lines.append(f"| ResNet-{depth} | all | " + " | ".join(f"{m.mean():.2f} | " for m in measures.values()) +
                     f"| {100 * wrong.mean():.0f} % |")
    return "\n".join(lines)


def draw_picture(path, data, density, consistency):
    plot = pyplot()
    images = data.images()
    figure, axes = plot.subplots(SHOWN_CLASSES, 2, figsize=(9, 3.4), layout="constrained")
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
