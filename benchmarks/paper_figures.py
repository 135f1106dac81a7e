#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws figures 3 to 9 of the TopoCore paper (arXiv:2602.02739) anew, from what the program says of the data at hand.

    python benchmarks/paper_figures.py --program build/examples/topoprune/topoprune --data FOLDER
                                       [--figures 3 4 5 6 7 8 9] [--pictures docs/figures]

    3  distance of the features to the mean of the class, by network
    4  density within the class and persistence, by network
    5  correlation between networks of the distance to the mean of the class, after four projections
    6  accuracy by the weights of density and persistence
    7  accuracy by the number of optimization steps
    8  samples with the highest C-score, and those of the highest density
    9  samples with the lowest C-score, and those of the lowest density

In place of the paper's data: ResNet-20, 32, 44 and 56 on CIFAR-10 for its networks on CIFAR-100 in figures 3, 4, 5, 8
and 9; the C-score for the input curvature in figures 8 and 9; and for ResNet-18 on CIFAR-10 and CIFAR-100 in figures 6
and 7 a support vector machine on the digits of examples/data (two thirds are trained on, a split for each seed), and a
perceptron of 128 units on the first thousand images of each class of Fashion-MNIST, selected by the features of a
perceptron that was trained on them and measured on all 10,000 test images. Selection is that of the paper: the
misclassified are dropped, and of 50 strata of the score samples are drawn at random.

What a picture shows is printed too, in numbers. Finished runs of the program are kept in --out and not repeated. Without
--data it takes ../shared/data. Needs: pip install numpy scipy matplotlib pillow, and for figures 6 and 7 scikit-learn torch.
"""

import argparse
import functools
import itertools
import pathlib
import sys

import numpy as np
from scipy.stats import ks_2samp, pearsonr, spearmanr

from program_runs import (CIFAR10_CLASSES, ROOT, Cifar10, Runs, add_arguments, distance_to_prototype, pyplot, read_columns,
                          read_idx, read_npy, save_small, show_strip)

sys.path.insert(0, str(ROOT / "benchmarks/evaluation"))

NETWORKS = (20, 32, 44, 56)
PROJECTIONS = ("pca", "tsne", "pacmap", "umap")
PRUNED = (0.3, 0.5, 0.7, 0.8, 0.9)
WEIGHTS = (0, 0.25, 0.5, 0.75, 1)
STEPS = (1, 2, 4, 6, 10, 20)
AS_PAPER = ("--preset", "topocore", "--least-budget", "4")
TEN = 10


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.runs = Runs(arguments.program, arguments.out, arguments.threads)
        self.plot = pyplot()

    @functools.cached_property
    def cifar10(self):
        return Cifar10(self.arguments.data, self.arguments.samples)

    @functools.cache
    def columns(self, depth):
        """Persistence and density of every sample of CIFAR-10, none filtered."""
        table = self.runs.prune(self.cifar10.features(depth), self.cifar10.labels, "--filter", "none", "--keep", "0.1",
                                "--seed", 1, "--score", "displacement") / "scores.csv"
        return dict(zip(("persistence", "density"), read_columns(table, "persistence", "density")))

    def save(self, figure, number, **options):
        path = self.arguments.pictures / f"figure_{number}.png"
        save_small(figure, path, **options)
        self.plot.close(figure)
        print(f"{path}: {path.stat().st_size / 1000:.0f} KB\n", flush=True)


# Figures 3, 4: distributions over networks


def draw_distributions(axis, by_network, title):
    """A kernel estimate for each network."""
    from scipy.stats import gaussian_kde

    for depth, values in by_network.items():
        values = np.sort(values)
        places = np.linspace(*np.quantile(values, [0.002, 0.998]), 200)
        axis.plot(places, gaussian_kde(values[::max(1, len(values) // 4000)])(places), label=f"ResNet-{depth}")
    axis.set(title=title, yticks=[])


def within_classes(a, b, labels):
    """Spearman's rank correlation, mean of the classes."""
    return np.mean([spearmanr(a[labels == c], b[labels == c]).statistic for c in np.unique(labels)])


def print_uniformity(name, by_network, labels):
    """How alike the networks are: their distributions, and the order of the samples."""
    pairs = list(itertools.combinations(by_network.values(), 2))
    apart = [ks_2samp(a, b).statistic for a, b in pairs]
    order = [within_classes(a, b, labels) for a, b in pairs]
    print(f"{name}: Kolmogorov-Smirnov distance of two networks, mean {np.mean(apart):.3f}, largest {max(apart):.3f}; rank "
          f"correlation of the samples within classes, mean {np.mean(order):.2f}, {min(order):.2f} to {max(order):.2f}")


def figure_3(bench):
    data = bench.cifar10
    distance = {depth: distance_to_prototype(data.features(depth), data.labels) for depth in NETWORKS}
    scaled = {depth: values / values.mean() for depth, values in distance.items()}
    figure, axes = bench.plot.subplots(1, 2, figsize=(8, 2.8), layout="constrained")
    for axis, values, title in ((axes[0], distance, "distance to the mean of the class"),
                                (axes[1], scaled, "the same, divided by the network's mean")):
        draw_distributions(axis, values, title)
        print_uniformity(title, values, data.labels)
    axes[0].legend(frameon=False)
    bench.save(figure, 3, dpi=110)


def figure_4(bench):
    figure, axes = bench.plot.subplots(1, 2, figsize=(8, 2.8), layout="constrained")
    for axis, column, title in zip(axes, ("density", "persistence"), ("log density within the class", "persistence score")):
        values = {depth: bench.columns(depth)[column] for depth in NETWORKS}
        draw_distributions(axis, values, title)
        print_uniformity(title, values, bench.cifar10.labels)
    axes[0].legend(frameon=False)
    bench.save(figure, 4, dpi=110)


# Figure 5: projections


def figure_5(bench):
    data = Cifar10(bench.arguments.data, bench.arguments.projected)
    ways = ("no projection", *PROJECTIONS)
    figure, axes = bench.plot.subplots(1, len(ways), figsize=(11, 2.6), layout="constrained")
    for axis, way in zip(axes, ways):
        distance = []
        for depth in NETWORKS:
            points = data.features(depth)
            if way in PROJECTIONS:
                points = bench.runs.project(points, "--method", way, "--seed", 1)
            distance.append(distance_to_prototype(points, data.labels))
        table, pearson = np.eye(len(NETWORKS)), []
        for i, j in itertools.combinations(range(len(NETWORKS)), 2):
            table[i, j] = table[j, i] = within_classes(distance[i], distance[j], data.labels)
            pearson.append(pearsonr(distance[i], distance[j]).statistic)
        axis.imshow(table, vmin=0, vmax=1)
        for (i, j), value in np.ndenumerate(table):
            axis.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=8, color="w" if value < 0.6 else "k")
        axis.set(title=way)
        axis.set_xticks(range(len(NETWORKS)), NETWORKS)
        axis.set_yticks(range(len(NETWORKS)), NETWORKS)
        off = table[~np.eye(len(NETWORKS), dtype=bool)]
        print(f"{way}: rank correlation within classes, mean {off.mean():.3f}, {off.min():.2f} to {off.max():.2f}; Pearson's "
              f"over all samples, mean {np.mean(pearson):.3f}", flush=True)
    axes[0].set_ylabel("depth of the ResNet")
    bench.save(figure, 5, dpi=110)


# Figures 6, 7: ablations with training


class Digits:
    """Pixels as features, the logits of examples/data."""
    title, seeds = "digits, support vector machine", range(8)

    def __init__(self, bench):
        folder = ROOT / "examples/data"
        self.x, self.y, self.logits = (read_npy(folder / f"digits_{name}.npy") for name in ("features", "labels", "logits"))
        self.x, self.y = self.x.astype(np.float32) / 16, self.y.astype(np.int64)

    def base(self, seed):
        """Features, logits and labels of what is selected from."""
        from sklearn.model_selection import train_test_split

        self.rows, self.test = train_test_split(np.arange(len(self.y)), test_size=1 / 3, random_state=seed, stratify=self.y)
        return self.x[self.rows], self.logits[self.rows], self.y[self.rows]

    def accuracy(self, kept, seed):
        from sklearn.svm import SVC

        rows = self.rows[kept]
        return SVC(C=10, gamma="scale").fit(self.x[rows], self.y[rows]).score(self.x[self.test], self.y[self.test])


class Fashion:
    """Images of Fashion-MNIST and a perceptron that was trained on them."""
    title, seeds = "Fashion-MNIST, perceptron", range(3)
    of_each_class, base_steps, steps = 1000, 2000, 1000

    def __init__(self, bench):
        import networks
        import torch

        torch.set_num_threads(max(1, bench.arguments.threads))
        folder = bench.arguments.data / "fashion"
        arrays = []
        for part in ("train", "t10k"):
            x = read_idx(folder / f"{part}-images-idx3-ubyte.gz")
            y = read_idx(folder / f"{part}-labels-idx1-ubyte.gz").astype(np.int64)
            rows = np.arange(len(y)) if part == "t10k" else np.sort(np.concatenate(
                [np.flatnonzero(y == c)[:self.of_each_class] for c in np.unique(y)]))
            arrays += [torch.from_numpy(((x[rows] / 255 - 0.286) / 0.353).astype(np.float32).reshape(len(rows), -1)),
                       torch.from_numpy(y[rows])]
        self.x, self.y, self.test_x, self.test_y = arrays
        network = self.trained(np.arange(len(self.y)), 0, self.base_steps)
        self.features, self.logits = networks.outputs(network, self.x)

    def trained(self, rows, seed, steps):
        import networks

        return networks.train(lambda: networks.Perceptron(784, 128, 10), self.x[rows], self.y[rows], seed, steps=steps,
                              batch=64, rate=0.02)[0]

    def base(self, seed):
        del seed
        return self.features, self.logits, self.y.numpy()

    def accuracy(self, kept, seed):
        import networks

        return networks.accuracy(self.trained(kept, 1000 + seed, self.steps), self.test_x, self.test_y)


def print_differences(title, names, differences):
    """A table of means with half the intervals of 95 %; differences are seeds x pruned shares for each name."""
    from summary import interval

    print(f"\n| {title} | " + " | ".join(f"{100 * p:g} % pruned" for p in PRUNED) + " |")
    print("|---" * (1 + len(PRUNED)) + "|")
    for name, of in zip(names, differences):
        cells = [interval(column, 0.95) for column in of.T]
        texts = [f"{m:+.2f} ± {h:.2f}".replace("-0.00", "+0.00") + ("*" if abs(m) > h else "") for m, h in cells]
        print(f"| {name} | " + " | ".join(texts) + " |")


def draw_ablation(bench, number, variants, legend, default):
    """Accuracy of the variants of `prune` against a random draw with the same filter, by the pruned share, and of the
    `default` against the others; variants are names and options. Every variant of a seed has the same random numbers,
    split and initial weights."""
    import methods
    from summary import interval

    figure, axes = bench.plot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for axis, make in zip(axes, (Digits, Fashion)):
        data = make(bench)
        found = {name: [] for name in (None, *variants)}
        for seed in data.seeds:
            features, logits, labels = data.base(seed)
            passes = logits.argmax(axis=1) == labels
            shares = [f"{1 - pruned:g}" for pruned in PRUNED]
            found[None].append([100 * data.accuracy(methods.draw_balanced(labels, round(float(share) * len(labels)), seed,
                                                                          passes), seed) for share in shares])
            for name, options in variants.items():
                out = bench.runs.prune(features, labels, "--logits", logits, "--keep", ",".join(shares), "--seed", seed,
                                       *AS_PAPER, *options)
                found[name].append([100 * data.accuracy(np.load(out / f"kept_{share}.npy"), seed) for share in shares])
        control = np.array(found.pop(None))
        print(f"{data.title}, {len(data.seeds)} seeds; random + filter: " +
              ", ".join(f"{100 * p:g} % {a:.2f}" for p, a in zip(PRUNED, control.mean(axis=0))))
        found = {name: np.array(accuracies) for name, accuracies in found.items()}
        print_differences(f"{legend}, against random + filter", found, [of - control for of in found.values()])
        print_differences(f"{default} against", [name for name in found if name != default],
                          [found[default] - of for name, of in found.items() if name != default])
        for place, (name, of) in enumerate(found.items()):
            means, halves = np.transpose([interval(column, 0.95) for column in (of - control).T])
            axis.errorbar(np.arange(len(PRUNED)) + 0.1 * (place - (len(variants) - 1) / 2), means, halves, fmt="o",
                          markersize=4, linewidth=1, label=name)
        print(flush=True)
        axis.axhline(0, color="0.6", linewidth=0.8)
        axis.set(title=data.title, xlabel="pruned, %")
        axis.set_xticks(range(len(PRUNED)), [f"{100 * p:g}" for p in PRUNED])
    axes[0].set_ylabel("points against random + filter")
    axes[1].legend(title=legend, frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    bench.save(figure, number, dpi=100)


def figure_6(bench):
    draw_ablation(bench, 6, {f"{1 - w:g} / {w:g}": ("--persistence-weight", f"{w:g}", "--density-weight", f"{1 - w:g}")
                             for w in WEIGHTS}, "density / persistence", "0.5 / 0.5")


def figure_7(bench):
    draw_ablation(bench, 7, {str(s): ("--steps", s) for s in STEPS}, "steps", "6")


# Figures 8, 9: samples


def draw_samples(bench, number, end):
    """Of five classes the ten of the highest (end 1) or lowest (end -1) C-score, and those of density."""
    data, depth = bench.cifar10, NETWORKS[-1]
    consistency, density = data.consistency(), bench.columns(depth)["density"]
    images = data.images()
    word = "highest" if end > 0 else "lowest"
    figure, axes = bench.plot.subplots(5, 2, figsize=(9, 3.4), layout="constrained")
    drawn = dict(zip(range(5, 10), axes))
    rows_of = []
    for c in range(len(CIFAR10_CLASSES)):
        members = np.flatnonzero(data.labels == c)
        pair = [members[np.argsort(-end * score[members], kind="stable")][:TEN] for score in (consistency, density)]
        # The rank of each in the other score, as a share of the class: 0 is its lowest, 1 its highest.
        ranks = [np.searchsorted(np.sort(score[members]), score[rows]) / (len(members) - 1)
                 for score, rows in zip((density, consistency), pair)]
        rows_of.append((len(np.intersect1d(*pair)), *(consistency[rows].mean() for rows in pair), *(r.mean() for r in ranks)))
        for axis, rows in zip(drawn.get(c, ()), pair):
            show_strip(axis, images[rows])
            axis.set_xlabel(f"mean C-score {consistency[rows].mean():.2f}", fontsize=6, labelpad=1)
        if c in drawn:
            drawn[c][0].set_yticks([7.5], [CIFAR10_CLASSES[c]], fontsize=8)
    axes[0, 0].set_title(f"{word} C-score of the class", fontsize=9)
    axes[0, 1].set_title(f"{word} density in the class", fontsize=9)
    common, by_score, by_density, density_rank, score_rank = np.transpose(rows_of)
    print(f"{word}, all ten classes, ResNet-{depth}: samples in common {common.astype(int).tolist()}; mean C-score of the tens "
          f"by C-score {by_score.mean():.2f}, by density {by_density.mean():.2f} ({by_density.min():.2f} to "
          f"{by_density.max():.2f}), of all {consistency.mean():.2f}; mean rank of the tens by C-score in density "
          f"{density_rank.mean():.2f} ({density_rank.min():.2f} to {density_rank.max():.2f}), of the tens by density in "
          f"C-score {score_rank.mean():.2f} ({score_rank.min():.2f} to {score_rank.max():.2f})")
    bench.save(figure, number, colors=200, dpi=110)


def figure_8(bench):
    draw_samples(bench, 8, 1)


def figure_9(bench):
    draw_samples(bench, 9, -1)


FIGURES = {3: figure_3, 4: figure_4, 5: figure_5, 6: figure_6, 7: figure_7, 8: figure_8, 9: figure_9}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, "paper_figures")
    parser.add_argument("--figures", nargs="+", type=int, choices=list(FIGURES), default=list(FIGURES))
    parser.add_argument("--pictures", type=pathlib.Path, default=ROOT / "docs/figures", help="where pictures go [docs/figures]")
    parser.add_argument("--samples", type=int, help="of each class of CIFAR-10, in figures 3, 4, 8 and 9 [all]")
    parser.add_argument("--projected", type=int, default=1000, help="samples of each class in figure 5 [1000]")
    arguments = parser.parse_args()
    bench = Bench(arguments)
    for number in arguments.figures:
        print(f"Figure {number}", flush=True)
        FIGURES[number](bench)


if __name__ == "__main__":
    main()
